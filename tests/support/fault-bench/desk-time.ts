import { systemTime } from '../../../main/desk/clock/system-time.ts';
import type { TimePort } from '../../../main/desk/desk.ts';

/** Who waits for longer than this waits for the hour, not for an answer; milliseconds of real time. */
const LONG_MS = 120_000;

/** A desk's clocks, which a fault can set; waiting takes real time. */
export class DeskTime implements TimePort {
  readonly random: () => number;
  #wallAhead = 0;
  #monotonicAhead = 0;
  #asleep = false;
  #late: (() => void)[] = [];
  readonly #longMs: number;
  readonly #long = new Set<() => void>();

  /** @param random uniform in [0, 1). @param scale 1 in real time */
  constructor(random: () => number, scale: number) {
    this.random = random;
    this.#longMs = LONG_MS * scale;
  }

  now(): number {
    return systemTime.now() + this.#wallAhead;
  }

  monotonic(): number {
    return systemTime.monotonic() + this.#monotonicAhead;
  }

  /** Fires all that waits for long, as if that time had passed; no clock moves. */
  hasten(): void {
    for (const run of [...this.#long]) run();
  }

  /** Timers do not fire while the machine sleeps, and all that are overdue do as it wakes. */
  after(delayMs: number, run: () => void): () => void {
    let over = false;
    const fire = (): void => {
      if (over) return;
      end();
      run();
    };
    const cancel = systemTime.after(delayMs, () => {
      if (this.#asleep) this.#late.push(fire);
      else fire();
    });
    const end = (): void => {
      over = true;
      cancel();
      this.#long.delete(fire);
    };
    if (delayMs >= this.#longMs) this.#long.add(fire);
    return end;
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
