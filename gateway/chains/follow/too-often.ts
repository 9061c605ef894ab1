import { NodeFailure } from './node-failure.ts';

const TOO_MANY_REQUESTS = 429;

/**
 * An answer that says no more than that the endpoint was asked too often, and for how long it wants to be left alone.
 * @returns undefined for every other answer. Source: RFC 9110, Retry-After; seconds alone, as rented nodes give it
 */
export function tooOften({ headers, status }: Pick<Response, 'headers' | 'status'>): NodeFailure | undefined {
  if (status !== TOO_MANY_REQUESTS) return undefined;
  const seconds = Number(headers.get('retry-after') ?? 0);
  return new NodeFailure('answered with HTTP 429', false, Number.isFinite(seconds) ? Math.max(0, seconds) * 1000 : 0);
}
