/**
 * An id for a delivery: a UUID of version 7, which begins with its time. Ids in the order in which they come stand side by
 * side in the index, so that a commit of many deliveries writes a page or two of it, and not one for each.
 * Source: RFC 9562, section 5.7.
 */
import { randomBytes } from 'node:crypto';

/** @param at when it was received, epoch milliseconds */
export function deliveryId(at: number): string {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(at, 0, 6);
  bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
