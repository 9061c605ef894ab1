/** A limit on requests as processors have it: so many in a window, then 429 until the window is over. */
import type { AnswerApi } from './api-server.ts';

export interface RateLimit {
  readonly requests: number;
  readonly windowMs: number;
}

/** @param now epoch milliseconds */
export function rateLimited(answer: AnswerApi, { requests, windowMs }: RateLimit, now: () => number): AnswerApi {
  let since = Number.NEGATIVE_INFINITY;
  let count = 0;
  return (request) => {
    const at = now();
    if (at - since >= windowMs) [since, count] = [at, 0];
    count += 1;
    if (count <= requests) return answer(request);
    const seconds = Math.max(1, Math.ceil((since + windowMs - at) / 1000));
    return { status: 429, body: { message: 'Too many requests' }, headers: { 'retry-after': String(seconds) } };
  };
}
