import type { TimePort } from '../desk.ts';

/** The two clocks part by less than this while nobody sets one, in milliseconds: what was told of a moment stands. */
const WAVER_MS = 50;

/**
 * Moments that no setting of the device's clock moves: monotonic time, counted from the wall clock's at the start. What the
 * connection waits for, and since when something is so, is kept as these; people are told by the clock that they look at.
 */
export class SteadyClock {
  readonly #time: TimePort;
  readonly #origin: number;
  #unseenMs = 0;
  /** Wall clock − this one, as last told. */
  #wallAhead = 0;

  constructor(time: TimePort) {
    this.#time = time;
    this.#origin = time.now() - time.monotonic();
  }

  /** Milliseconds; epoch milliseconds as long as nobody sets the clock. */
  now(): number {
    return this.#origin + this.#time.monotonic() + this.#unseenMs;
  }

  /** Time passed that the monotonic clock did not see: a sleep, probably. */
  slept(unseenMs: number): void {
    this.#unseenMs += Math.max(0, unseenMs);
  }

  /** A moment as the device's wall clock, set as it is now, would have shown it; epoch milliseconds. */
  onTheWall(moment: number): number {
    const ahead = this.#time.now() - this.now();
    if (Math.abs(ahead - this.#wallAhead) > WAVER_MS) this.#wallAhead = ahead;
    return Math.max(0, Math.round(moment + this.#wallAhead));
  }
}
