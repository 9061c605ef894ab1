/** What the application does until its window is seen, in the order in which it does it. */
export type StartMark =
  | 'entry begins'
  | 'entry evaluated'
  | 'ready'
  | 'key store asked'
  | 'desk open, page read'
  | 'window opened'
  | 'page painted'
  | 'window shown';

export interface Mark {
  readonly mark: StartMark;
  /** Milliseconds since the entry began. */
  readonly at: number;
  /** Milliseconds of processor time of the main process since then. */
  readonly cpu: number;
}

/** Notes when each step is first reached, as the calls into Electron show it. */
export class StartTrace {
  readonly marks: Mark[] = [];
  #begun = 0;
  #cpu = process.cpuUsage();

  note(mark: StartMark): void {
    if (this.marks.some((each) => each.mark === mark)) return;
    if (this.marks.length === 0) {
      this.#begun = performance.now();
      this.#cpu = process.cpuUsage();
    }
    const { user, system } = process.cpuUsage(this.#cpu);
    this.marks.push({ mark, at: performance.now() - this.#begun, cpu: (user + system) / 1_000 });
  }
}
