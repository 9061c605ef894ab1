/** A day, for a desk's connection: an hour in a few seconds of real time, and the day before the run is over. */
import type { Timing } from '../../../main/desk/timing.ts';

export type BenchDay = Pick<Timing, 'refreshAfter' | 'refreshRetry' | 'connectionMost'>;

/** Milliseconds of real time. */
const HOUR_MS = 12_000;
const RETRY_MS = 2_000;
const DAY_MS = 16_000;

/** @param scale 1 in real time */
export function benchDay(scale: number): BenchDay {
  return { refreshAfter: HOUR_MS * scale, refreshRetry: RETRY_MS * scale, connectionMost: DAY_MS * scale };
}
