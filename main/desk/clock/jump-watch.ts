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

/**
 * Looks at the clocks regularly [CN5].
 * @param onJump called with the time that the monotonic clock did not see, in milliseconds
 * @returns a function that ends it
 */
export function watchForJumps(time: TimePort, timing: Timing, onJump: (unseenMs: number) => void): () => void {
  let wall = time.now();
  let monotonic = time.monotonic();
  let cancel = time.after(timing.jumpCheckEvery, look);

  function look(): void {
    const step = { wallMs: time.now() - wall, monotonicMs: time.monotonic() - monotonic };
    wall += step.wallMs;
    monotonic += step.monotonicMs;
    cancel = time.after(timing.jumpCheckEvery, look);
    if (isJump(step, timing.jumpCheckEvery, timing.jumpLeast)) onJump(Math.max(0, step.wallMs - step.monotonicMs));
  }

  return () => cancel();
}
