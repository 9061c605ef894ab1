import { hash } from 'node:crypto';

/**
 * An order's id, derived from where it comes from, so that whichever webhook comes first creates the same order.
 * 26 characters of base32 (128 bits of SHA-256) behind `ord_`.
 */
export function orderId(store: string, source: string, sourceRef: string): string {
  const digest = hash('sha256', JSON.stringify([store, source, sourceRef]), 'buffer');
  return `ord_${base32(digest.subarray(0, 16))}`;
}

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';

/** Five bits a character, the lowest last; what is left at the top stands alone in the first. */
function base32(bytes: Uint8Array): string {
  let text = '';
  let [held, bits] = [0, 0];
  for (const byte of bytes.toReversed()) {
    held |= byte << bits;
    for (bits += 8; bits >= 5; bits -= 5) {
      text = (ALPHABET[held & 31] ?? '') + text;
      held >>= 5;
    }
  }
  return bits === 0 ? text : (ALPHABET[held] ?? '') + text;
}
