/**
 * An id for a delivery: a UUID of version 7, which begins with its time. Ids in the order in which they come stand side by
 * side in the index, so that a commit of many deliveries writes a page or two of it, and not one for each.
 * Source: RFC 9562, section 5.7.
 */
import { randomUUID } from 'node:crypto';

/** @param at when it was received, epoch milliseconds */
export function deliveryId(at: number): string {
  const time = Math.floor(at).toString(16).padStart(12, '0');
  // What is random of a UUID of version 4, whose variant is the same, stands behind its version.
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(15)}`;
}
