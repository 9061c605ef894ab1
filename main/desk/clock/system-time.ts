import type { TimePort } from '../desk.ts';

/** setTimeout holds at most 2^31 − 1 ms; a longer delay would fire at once. */
const LONGEST_MS = 2_147_483_647;

/** The machine's own time and chance: the one place the desk core takes them from. */
export const systemTime: TimePort = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after: (delayMs, run) => {
    const timer = setTimeout(run, Math.min(Math.max(0, delayMs), LONGEST_MS));
    timer.unref();
    return () => clearTimeout(timer);
  },
  random: () => Math.random(),
};
