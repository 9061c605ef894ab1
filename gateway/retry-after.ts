/** Longer than anybody means: some write the time itself, in seconds since 1970, where a span belongs. */
const LONGEST_RETRY_AFTER_MS = 24 * 3_600_000;

/**
 * `Retry-After` of an answer, in seconds or as a date → milliseconds from now. A date is held against the answer's own
 * `Date`, where it has one. A header that came twice reads as its first value; one that cannot be meant counts as none.
 * Source: RFC 9110, 10.2.3.
 * @param now by our clock, for an answer that does not say its own
 */
export function retryAfter(headers: Headers, now: number): number | null {
  const header = headers.get('retry-after');
  if (header === null) return null;
  const [, seconds] = /^\s*(\d+)\s*(?:,|$)/.exec(header) ?? [];
  const wait = seconds === undefined ? untilDate(header, headers.get('date'), now) : Number(seconds) * 1000;
  return wait <= LONGEST_RETRY_AFTER_MS ? Math.max(0, wait) : null;
}

function untilDate(header: string, answered: string | null, now: number): number {
  if (!/^\s*[A-Za-z]{3}/.test(header)) return Number.NaN;
  const answeredAt = Date.parse(answered ?? '');
  return Date.parse(header) - (Number.isNaN(answeredAt) ? now : answeredAt);
}
