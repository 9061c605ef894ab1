import { createHash } from 'node:crypto';

/**
 * An order's id, derived from where it comes from, so that whichever webhook comes first creates the same order.
 * 26 characters of base32 (128 bits of SHA-256) behind `ord_`.
 */
export function orderId(store: string, source: string, sourceRef: string): string {
  const digest = createHash('sha256')
    .update(JSON.stringify([store, source, sourceRef]))
    .digest();
  return `ord_${base32(digest.subarray(0, 16))}`;
}

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';

function base32(bytes: Uint8Array): string {
  let bits = 0n;
  for (const byte of bytes) bits = (bits << 8n) | BigInt(byte);
  let text = '';
  for (let n = 0; n < 26; n += 1) {
    text = (ALPHABET[Number(bits & 31n)] ?? '') + text;
    bits >>= 5n;
  }
  return text;
}
