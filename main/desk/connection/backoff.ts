import type { Timing } from '../timing.ts';

/** A wait the gateway or a proxy asked for is obeyed up to this; beyond it a person would think the desk dead. */
const RETRY_AFTER_MOST_MS = 15 * 60_000;

/**
 * How long to wait before the next try [CN3].
 * @param tries 0 for the first try after a stable connection, then counting up
 * @param random uniform in [0, 1)
 * @param loopback whether the gateway is on this machine, where waiting helps nobody
 * @returns milliseconds
 */
export function backoff(tries: number, random: number, loopback: boolean, timing: Timing): number {
  const most = loopback ? timing.loopbackMost : Number.POSITIVE_INFINITY;
  if (tries <= 0) return between(timing.firstRetryLeast, Math.min(timing.firstRetryMost, most), random);
  const spread = Math.min(timing.retrySpreadMost, timing.retrySpread * 2 ** Math.min(tries, 30));
  return between(timing.retryBase, Math.min(timing.retryBase + spread, most), random);
}

/** A wait that was asked for, and a little at random on top, so that desks do not come back in step. */
export function obeyed(retryAfterMs: number, random: number, timing: Timing): number {
  return Math.min(Math.max(0, retryAfterMs), RETRY_AFTER_MOST_MS) + timing.retryAfterSpread * random;
}

function between(least: number, most: number, random: number): number {
  return least + (most - least) * random;
}
