/** How often the same is said at most, milliseconds. */
const EVERY_MS = 10_000;

interface Said {
  readonly at: number;
  readonly unsaid: number;
}

/** Says the same once in a while, however often it happens: what strangers cause must not fill the disk with its log. */
export class SparingLog {
  readonly #said = new Map<string, Said>();

  /**
   * @param what names one of few things: each is remembered
   * @param now epoch milliseconds; a clock that was set back silences nothing
   * @returns how often it has happened unsaid since it was said last, null when it is not to be said now
   */
  turn(what: string, now: number): number | null {
    const last = this.#said.get(what);
    const isEarly = last !== undefined && now >= last.at && now - last.at < EVERY_MS;
    this.#said.set(what, isEarly ? { at: last.at, unsaid: last.unsaid + 1 } : { at: now, unsaid: 0 });
    return isEarly ? null : (last?.unsaid ?? 0);
  }
}
