/** Where sources and chains say how they are heard; `source.state` events and health are made from it [FR1]. */
export interface FreshnessReporter {
  /**
   * An authenticated webhook, a successful poll or a new head.
   * @param sourceTime epoch milliseconds by the source's own clock, null where it gives none
   */
  heard(sourceTime: number | null): void;
  /** An attempt failed; `note` says what and is shown to people. Over with this reporter's next `heard`. */
  failed(note: string): void;
}
