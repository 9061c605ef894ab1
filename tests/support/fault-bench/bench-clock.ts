/** Time in which bounds are counted: what a stalled machine takes away from everybody does not count. */
export interface BenchClock {
  /** Milliseconds since the start during which this process was able to run. */
  now(): number;
  /** Resolves with true once `holds` is true, with false when it was not within `mostMs` of this clock. */
  until(holds: () => boolean, mostMs: number): Promise<boolean>;
  /** Resolves after `ms` of this clock. */
  pass(ms: number): Promise<void>;
  /** How much of the time since the start this process was kept from running, 0 to 1. */
  lost(): number;
  /** The longest it was kept from running in one go, milliseconds. */
  worstStall(): number;
  close(): void;
}

const TICK_MS = 5;
/** A tick that took longer was a stall, and counts as this much. */
const COUNTED_MOST_MS = 15;

interface Waiting {
  readonly holds: () => boolean;
  readonly until: number;
  readonly done: (held: boolean) => void;
}

export function startBenchClock(): BenchClock {
  const waiting = new Set<Waiting>();
  let counted = 0;
  const began = performance.now();
  let last = began;
  let worst = 0;
  const timer = setInterval(() => {
    const now = performance.now();
    counted += Math.min(now - last, COUNTED_MOST_MS);
    worst = Math.max(worst, now - last - TICK_MS);
    last = now;
    for (const each of waiting) look(each);
  }, TICK_MS);

  function look(each: Waiting): void {
    const held = each.holds();
    if (!held && counted < each.until) return;
    waiting.delete(each);
    each.done(held);
  }

  const until = (holds: () => boolean, mostMs: number): Promise<boolean> =>
    new Promise((done) => waiting.add({ holds, until: counted + mostMs, done }));
  return {
    now: () => counted,
    until,
    pass: async (ms) => {
      await until(() => false, ms);
    },
    lost: () => 1 - counted / Math.max(1, last - began),
    worstStall: () => worst,
    close: () => {
      clearInterval(timer);
      for (const { done } of waiting) done(false);
      waiting.clear();
    },
  };
}
