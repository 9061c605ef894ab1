/** When which order is polled next, and how long trouble is waited out: pure, with time and randomness as arguments. */

export interface PollTimes {
  readonly intervalMs: number;
  readonly longestBackoffMs: number;
}

/** An order is looked at more rarely the longer nothing came of it, up to this multiple of the interval. */
const RAREST = 20;
/** For this long after its creation an order is looked at in every round. */
const YOUNG_MS = 30 * 60_000;

/**
 * Time to the next look at an order, spread by ±15 % so that orders created together are not polled together.
 * @param ageMs since the order was created
 * @param unknown looks in a row at which the processor knew no such payment
 * @param random 0 to 1
 */
export function nextLookMs(times: PollTimes, ageMs: number, unknown: number, random: number): number {
  const byAge = Math.max(1, Math.min(RAREST, ageMs / YOUNG_MS));
  const byAbsence = Math.min(RAREST, 2 ** unknown);
  return jittered(times.intervalMs * Math.max(byAge, byAbsence), random);
}

/**
 * Wait after the nth failure in a row: doubling from the interval to the longest, full jitter in its upper half.
 * A `Retry-After` is never undercut.
 */
export function backoffMs(times: PollTimes, failures: number, retryAfterMs: number | null, random: number): number {
  const doubled = times.intervalMs * 2 ** Math.min(failures, 30);
  const wait = Math.min(times.longestBackoffMs, doubled) * (0.5 + random / 2);
  return Math.max(wait, retryAfterMs ?? 0);
}

export function jittered(ms: number, random: number): number {
  return ms * (0.85 + 0.3 * random);
}
