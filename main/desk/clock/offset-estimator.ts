/** Gateway time from round trips: the sample with the least delay tells most [CK1]. Pure. */

/** One question and answer: monotonic device times around the gateway's own times, all in milliseconds. */
export interface ClockSample {
  readonly askedAt: number;
  readonly answeredAt: number;
  readonly gatewayReceivedAt: number;
  readonly gatewaySentAt: number;
}

/** What one sample says: gateway time = monotonic time + offset, wrong by at most half the round trip. */
export interface Offset {
  readonly offset: number;
  readonly roundTrip: number;
}

export const SAMPLES_KEPT = 8;

/** Rounding and drift explain at most this much between two samples, in milliseconds; more means that a clock was set. */
const DRIFT_MOST_MS = 100;

/** @returns null for a sample that cannot be: an answer before its question */
export function offsetOf(sample: ClockSample): Offset | null {
  const away = sample.answeredAt - sample.askedAt;
  const inside = Math.max(0, sample.gatewaySentAt - sample.gatewayReceivedAt);
  if (!Number.isFinite(away) || away < 0) return null;
  const offset = (sample.gatewayReceivedAt - sample.askedAt + sample.gatewaySentAt - sample.answeredAt) / 2;
  // The gateway's times are whole milliseconds, so the round trip may come out slightly negative.
  return { offset, roundTrip: Math.max(0, away - inside) };
}

/**
 * The last samples, newest last, with one more. Those that cannot be true beside it are dropped: the gateway's clock was
 * set since, and however short their round trip was, they tell a time that is no more.
 */
export function withSample(offsets: readonly Offset[], next: Offset): Offset[] {
  return [...offsets.filter((each) => agree(each, next)), next].slice(-SAMPLES_KEPT);
}

/** Each says that the truth lies within half its round trip. */
function agree(a: Offset, b: Offset): boolean {
  return Math.abs(a.offset - b.offset) <= (a.roundTrip + b.roundTrip) / 2 + DRIFT_MOST_MS;
}

/** The best of the samples kept, null without any. A later one wins between equals: clocks drift. */
export function bestOffset(offsets: readonly Offset[]): Offset | null {
  return offsets.reduce<Offset | null>((best, each) => (!best || each.roundTrip <= best.roundTrip ? each : best), null);
}
