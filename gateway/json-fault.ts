/** Deeper than this nothing is read: no shop's data is, and what reads it may call itself for each level. */
const DEPTH_MOST = 16;

/**
 * What of a parsed JSON value could not be kept as it was written. Looks no deeper than it has to.
 * @returns a fault in words, null when there is none
 */
export function jsonFault(value: unknown, depth = 0): string | null {
  if (typeof value === 'number') {
    const isKept = Number.isInteger(value) ? Number.isSafeInteger(value) : Number.isFinite(value);
    return isKept ? null : 'holds a number beyond 2^53, which loses digits: send it as text';
  }
  if (typeof value !== 'object' || value === null) return null;
  if (depth >= DEPTH_MOST) return `is nested deeper than ${DEPTH_MOST}`;
  for (const each of Object.values(value)) {
    const fault = jsonFault(each, depth + 1);
    if (fault !== null) return fault;
  }
  return null;
}
