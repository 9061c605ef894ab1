import type { TimerSource } from '../../../../demo/clock/timers.ts';

export interface ManualTimers extends TimerSource {
  /** Lets time pass, running what comes due in its order; promises settle in between. */
  pass(ms: number): Promise<void>;
  /** How many timers are set. */
  pending(): number;
}

/** Time that stands still until it is told to pass. */
export function manualTimers(start: number): ManualTimers {
  let now = start;
  let last = 0;
  const timers = new Map<number, { at: number; run: () => void }>();
  const settle = async () => {
    for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  };
  const nextDue = (until: number) =>
    [...timers].filter(([, { at }]) => at <= until).sort(([a, x], [b, y]) => x.at - y.at || a - b)[0];
  return {
    now: () => now,
    set(ms, run) {
      timers.set((last += 1), { at: now + Math.max(0, ms), run });
      return last;
    },
    clear: (timer) => void timers.delete(timer as number),
    pending: () => timers.size,
    async pass(ms) {
      const until = now + ms;
      await settle();
      for (let due = nextDue(until); due; due = nextDue(until)) {
        timers.delete(due[0]);
        now = Math.max(now, due[1].at);
        due[1].run();
        await settle();
      }
      now = until;
    },
  };
}
