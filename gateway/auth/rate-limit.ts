/** How often somebody may do something: a burst, and then at a steady rate. Pure but for its memory: time is an argument. */
export interface Rate {
  /** So many at once. */
  readonly burst: number;
  /** And then so many a second. */
  readonly perSecond: number;
}

/** More than this many remembered at once and the oldest go: memory stays bounded whoever knocks. */
const MOST_REMEMBERED = 50_000;

export class RateLimit {
  readonly #intervalMs: number;
  readonly #burstMs: number;
  /** When the burst of each will be whole again, milliseconds. */
  readonly #wholeAt = new Map<string, number>();

  constructor({ burst, perSecond }: Rate) {
    this.#intervalMs = 1000 / perSecond;
    this.#burstMs = burst * this.#intervalMs;
  }

  /**
   * Takes one, if there is one.
   * @param now milliseconds; whoever knocked before the clock was set back is as one who never came
   * @returns milliseconds until there is one, 0 when it was taken
   */
  take(who: string, now: number): number {
    const kept = this.#wholeAt.get(who) ?? 0;
    const wholeAt = kept > now + this.#burstMs ? now : Math.max(kept, now);
    const wait = wholeAt + this.#intervalMs - (now + this.#burstMs);
    // A hair of floating point is no reason to refuse.
    const isTaken = wait <= 1e-6;
    this.#wholeAt.delete(who);
    this.#wholeAt.set(who, isTaken ? wholeAt + this.#intervalMs : wholeAt);
    this.#forget(now);
    return isTaken ? 0 : wait;
  }

  /** Whoever was quiet for long is as one who never came. */
  #forget(now: number): void {
    for (const [who, wholeAt] of this.#wholeAt) {
      if (wholeAt > now && this.#wholeAt.size <= MOST_REMEMBERED) return;
      this.#wholeAt.delete(who);
    }
  }
}
