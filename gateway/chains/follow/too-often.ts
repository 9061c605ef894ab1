import { retryAfter } from '../../retry-after.ts';
import { NodeFailure } from './node-failure.ts';

const TOO_MANY_REQUESTS = 429;

/**
 * An answer that says no more than that the endpoint was asked too often, and for how long it wants to be left alone.
 * @returns undefined for every other answer
 */
export function tooOften({ headers, status }: Pick<Response, 'headers' | 'status'>): NodeFailure | undefined {
  if (status !== TOO_MANY_REQUESTS) return undefined;
  return new NodeFailure('answered with HTTP 429', false, retryAfter(headers, Date.now()) ?? 0);
}
