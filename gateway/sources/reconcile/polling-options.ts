/** How politely a processor is asked; the same settings for every kind of source. */
import { setTimeout as after } from 'node:timers/promises';

/** Times in milliseconds. */
export interface PollingOptions {
  /** Between two looks at the same open order while it is young; also how often the line is proven; 15 s by default. */
  readonly intervalMs?: number | undefined;
  /** Least time between two requests: the budget towards the processor; 200 ms by default. */
  readonly spacingMs?: number | undefined;
  /** After which an unanswered request has failed; 10 s by default. */
  readonly timeoutMs?: number | undefined;
  /** Longest wait after failures in a row; 5 min by default. Each failure doubles the wait, from `intervalMs` on. */
  readonly longestBackoffMs?: number | undefined;
  /** Between two readings of the processor's list; 60 s by default, and at least `intervalMs`. */
  readonly sweepMs?: number | undefined;
  /** Between two readings of the list that go back `deepWindowMs`; 15 min by default. */
  readonly deepSweepMs?: number | undefined;
  /** How far back a deep reading goes; 48 h by default. */
  readonly deepWindowMs?: number | undefined;
  /** Waits, and rejects when aborted; a timer by default. */
  readonly sleep?: ((ms: number, signal: AbortSignal) => Promise<void>) | undefined;
  /** 0 to 1, `Math.random` by default. */
  readonly random?: (() => number) | undefined;
  readonly fetch?: typeof fetch | undefined;
}

export type PollSettings = { readonly [K in keyof PollingOptions]-?: NonNullable<PollingOptions[K]> };

export const DEFAULT_POLL_INTERVAL_MS = 15_000;

export function pollSettings(polling: PollingOptions = {}): PollSettings {
  const intervalMs = polling.intervalMs ?? DEFAULT_POLL_INTERVAL_MS;
  return {
    intervalMs,
    spacingMs: polling.spacingMs ?? 200,
    timeoutMs: polling.timeoutMs ?? 10_000,
    longestBackoffMs: polling.longestBackoffMs ?? 300_000,
    sweepMs: Math.max(intervalMs, polling.sweepMs ?? 60_000),
    deepSweepMs: polling.deepSweepMs ?? 15 * 60_000,
    deepWindowMs: polling.deepWindowMs ?? 48 * 3_600_000,
    random: polling.random ?? Math.random,
    fetch: polling.fetch ?? fetch,
    sleep: polling.sleep ?? ((ms, signal) => after(ms, undefined, { signal })),
  };
}
