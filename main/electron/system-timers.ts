/** Timers of the shell; none keeps the process alive. */
export interface Timers {
  /** Monotonic milliseconds. */
  readonly monotonic: () => number;
  /** @returns a function that cancels */
  readonly after: (ms: number, run: () => void) => () => void;
  readonly every: (ms: number, run: () => void) => () => void;
}

export const systemTimers: Timers = {
  monotonic: () => performance.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms).unref();
    return () => clearTimeout(timer);
  },
  every(ms, run) {
    const timer = setInterval(run, ms).unref();
    return () => clearInterval(timer);
  },
};
