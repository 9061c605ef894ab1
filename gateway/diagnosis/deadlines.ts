/** Moments at which time alone changes what diagnosis says of an order. */
export class Deadlines {
  readonly #now: number;
  #next: number | null = null;

  /** @param now epoch milliseconds */
  constructor(now: number) {
    this.#now = now;
  }

  /** The earliest moment asked about that is still to come; null where there is none. */
  get next(): number | null {
    return this.#next;
  }

  /** True from `at` on; before it the order is to be looked at again then. */
  passed(at: number): boolean {
    if (this.#now >= at) return true;
    this.#next = Math.min(this.#next ?? at, at);
    return false;
  }
}
