/** The age of a signature that carries its time. */
import type { Verification } from './source.ts';

export const DEFAULT_TOLERANCE_SECONDS = 300;

/**
 * In whole seconds of the gateway's clock: `toleranceSeconds` is still accepted, one more is not, in both directions.
 * @param sentSeconds unix seconds as signed
 * @param receivedAt epoch milliseconds
 */
export function signedInTime(sentSeconds: number, receivedAt: number, toleranceSeconds: number): Verification {
  const age = Math.floor(receivedAt / 1000) - sentSeconds;
  if (age > toleranceSeconds) return { ok: false, reason: 'too-old' };
  if (age < -toleranceSeconds) return { ok: false, reason: 'in-the-future' };
  return { ok: true, sentAt: sentSeconds * 1000 };
}
