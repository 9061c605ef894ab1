/** Comparing HMACs without telling by the time it takes which secret or which digest fits. */
import { createHmac, timingSafeEqual } from 'node:crypto';

/** The bytes of 64 hex digits, null for anything else. */
export function sha256Hex(text: string): Buffer | null {
  return /^[0-9a-f]{64}$/i.test(text) ? Buffer.from(text, 'hex') : null;
}

/** True when any of the digests is the HMAC-SHA256 of the parts under any of the secrets. */
export function hmacMatches(
  digests: readonly Buffer[],
  secrets: readonly string[],
  parts: readonly (string | Uint8Array)[],
): boolean {
  let matched = false;
  for (const secret of secrets) {
    const hmac = createHmac('sha256', secret);
    for (const part of parts) hmac.update(part);
    const expected = hmac.digest();
    for (const digest of digests) {
      matched = (digest.length === expected.length && timingSafeEqual(expected, digest)) || matched;
    }
  }
  return matched;
}

/** @throws RangeError without a secret, or with an empty one, because then anybody could sign */
export function assertSecrets(source: string, secrets: readonly string[]): void {
  if (secrets.length > 0 && !secrets.includes('')) return;
  throw new RangeError(`source ${source}: webhookSecrets must hold at least one secret, and no empty one`);
}
