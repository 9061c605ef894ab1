import type { DeskNotice } from '../../../contract/ipc.ts';

/** What came while the screen was not current, counted from the moment it was lost until it is back [FR3]. */
export class Absence {
  #away: { readonly from: number | null; events: number } | null = null;

  /** @param from gateway time up to which the screen was current; null when it never was */
  left(from: number | null): void {
    this.#away ??= { from, events: 0 };
  }

  missed(events: number): void {
    if (this.#away) this.#away.events += events;
  }

  /** True while away after having been current once: what comes now is told as missed. */
  get counting(): boolean {
    return this.#away !== null && this.#away.from !== null;
  }

  /** @returns what to tell, null when nothing was missed */
  back(to: number): DeskNotice | null {
    const away = this.#away;
    this.#away = null;
    if (!away || away.from === null || away.events === 0) return null;
    return { kind: 'caught-up', events: away.events, from: away.from, to };
  }
}
