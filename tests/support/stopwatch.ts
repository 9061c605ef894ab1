/**
 * How long something took, less what the machine kept from it. A promise like "within a second" is about the product; a
 * machine that does ten other things lets every step of it queue for a processor, and that time is not the product's.
 * On a machine with nothing else to do this is a clock.
 */
import { descendants, procFile } from './processes.ts';

export interface Stopwatch {
  /** Milliseconds since the start in which nobody concerned stood in the queue for a processor. */
  ms(): number;
}

/** Concerned are this thread and the processes that it started, and theirs, as far as they still run. */
export function startStopwatch(): Stopwatch {
  const from = performance.now();
  const before = queued();
  return {
    ms: () => {
      const elapsed = performance.now() - from;
      const waits = [...queued()].map(([who, ms]) => ms - (before.get(who) ?? 0));
      return Math.max(0, elapsed - waits.reduce((sum, ms) => sum + ms, 0));
    },
  };
}

/** Milliseconds that each one concerned has stood in the queue so far; none where the system does not tell. */
function queued(): ReadonlyMap<string, number> {
  if (process.platform !== 'linux') return new Map();
  const all = ['thread-self', ...descendants(process.pid).map(String)];
  return new Map(all.map((who) => [who, queuedMs(who)]));
}

/** The second figure is the time spent waiting on a run queue, in ns. Source: docs.kernel.org, scheduler/sched-stats. */
function queuedMs(who: string): number {
  return Number((procFile(who, 'schedstat') ?? '').split(' ')[1] ?? 0) / 1e6;
}
