import type { TimePort } from '../desk.ts';
import type { Timing } from '../timing.ts';

/** What one look at the clocks since the last one says. Pure. */
export interface ClockStep {
  readonly wallMs: number;
  readonly monotonicMs: number;
}

/** True when more time went by than a living process notices: the machine slept, or the wall clock was set forward. */
export function isJump(step: ClockStep, expectedMs: number, leastMs: number): boolean {
  return Math.max(step.wallMs, step.monotonicMs) - expectedMs > leastMs;
}

/** True when the wall clock was set back: no time is missing, but this device's offset is another now [CK3]. */
export function isSetBack(step: ClockStep, leastMs: number): boolean {
  return step.monotonicMs - step.wallMs > leastMs;
}

export interface JumpListener {
  /** @param unseenMs the time that the monotonic clock did not see, in milliseconds */
  readonly jumped: (unseenMs: number) => void;
  readonly setBack: () => void;
}

/** Looks at the clocks regularly [CN5]. @returns a function that ends it */
export function watchForJumps(time: TimePort, timing: Timing, { jumped, setBack }: JumpListener): () => void {
  let wall = time.now();
  let monotonic = time.monotonic();
  let cancel = time.after(timing.jumpCheckEvery, look);

  function look(): void {
    const step = { wallMs: time.now() - wall, monotonicMs: time.monotonic() - monotonic };
    wall += step.wallMs;
    monotonic += step.monotonicMs;
    cancel = time.after(timing.jumpCheckEvery, look);
    if (isJump(step, timing.jumpCheckEvery, timing.jumpLeast)) jumped(Math.max(0, step.wallMs - step.monotonicMs));
    else if (isSetBack(step, timing.jumpLeast)) setBack();
  }

  return () => cancel();
}
