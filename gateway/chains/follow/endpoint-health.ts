/** When a failing endpoint may be tried again. Pure. */
export interface EndpointHealth {
  /** Failures in a row. */
  readonly failures: number;
  /** In steady milliseconds; -Infinity where it may be tried at once. */
  readonly retryAt: number;
  /** What it did last, for people; absent while it is well. */
  readonly note?: string;
}

export const WELL: EndpointHealth = { failures: 0, retryAt: -Infinity };

export interface BackOff {
  readonly retryMinMs: number;
  readonly retryMaxMs: number;
  /** For how long the endpoint asked to be left alone; nothing where it did not. */
  readonly askedMs?: number;
}

/** However long an endpoint asks to be left alone, after so long it is tried again. */
const MOST_ASKED_MS = 10 * 60_000;

/** @param random in [0, 1): spreads the waits of many gateways between half and the whole of the back-off */
export function afterFailure(
  health: EndpointHealth,
  note: string,
  now: number,
  random: number,
  { askedMs = 0, retryMinMs, retryMaxMs }: BackOff,
): EndpointHealth {
  const whole = Math.min(retryMaxMs, retryMinMs * 2 ** Math.min(health.failures, 20));
  const wait = Math.max(whole * (0.5 + random / 2), Math.min(askedMs, MOST_ASKED_MS));
  return { failures: health.failures + 1, retryAt: now + wait, note };
}

/** Endpoints before the one in use, or all when none is, that may be tried now, in the order of the configuration. */
export function worthTrying(healths: readonly EndpointHealth[], inUse: number | null, now: number): number[] {
  return healths.flatMap(({ retryAt }, index) => (index < (inUse ?? healths.length) && retryAt <= now ? [index] : []));
}

/** When the first of them may be tried again, in steady milliseconds. */
export function nextTry(healths: readonly EndpointHealth[]): number {
  return Math.min(...healths.map(({ retryAt }) => retryAt));
}
