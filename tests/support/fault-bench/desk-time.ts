import { systemTime } from '../../../main/desk/clock/system-time.ts';
import type { TimePort } from '../../../main/desk/desk.ts';

/** A desk's clocks, which a fault can set; waiting takes real time. */
export class DeskTime implements TimePort {
  readonly random: () => number;
  #wallAhead = 0;
  #monotonicAhead = 0;
  #asleep = false;
  #late: (() => void)[] = [];

  /** @param random uniform in [0, 1) */
  constructor(random: () => number) {
    this.random = random;
  }

  now(): number {
    return systemTime.now() + this.#wallAhead;
  }

  monotonic(): number {
    return systemTime.monotonic() + this.#monotonicAhead;
  }

  /** Timers do not fire while the machine sleeps, and all that are overdue do as it wakes. */
  after(delayMs: number, run: () => void): () => void {
    let cancelled = false;
    const cancel = systemTime.after(delayMs, () => {
      if (this.#asleep) this.#late.push(() => cancelled || run());
      else run();
    });
    return () => {
      cancelled = true;
      cancel();
    };
  }

  /** Somebody sets the wall clock. */
  set(byMs: number): void {
    this.#wallAhead += byMs;
  }

  sleep(): void {
    this.#asleep = true;
  }

  /** @param countsSleep whether the monotonic clock went on meanwhile, which differs between systems */
  wake(sleptMs: number, countsSleep: boolean): void {
    this.#wallAhead += sleptMs;
    if (countsSleep) this.#monotonicAhead += sleptMs;
    this.#asleep = false;
    for (const run of this.#late.splice(0)) run();
  }
}
