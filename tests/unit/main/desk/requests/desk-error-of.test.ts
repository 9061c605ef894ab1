import { expect, test } from 'vitest';
import { deskErrorOf } from '../../../../../main/desk/requests/desk-error-of.ts';
import type { Failure } from '../../../../../main/desk/connection/failure.ts';

const answer = (status: number, code: string | null): Failure => ({
  ...{ kind: 'answer', status, retryAfterMs: null },
  error: code === null ? null : { code, message: 'as the gateway says' },
});

test.each<[Failure, string, RegExp]>([
  [answer(401, 'bad-code'), 'bad-code', /new one at the gateway/],
  [answer(403, 'forbidden'), 'forbidden', /role/],
  [answer(404, 'unknown-delivery'), 'unknown-delivery', /as the gateway says/],
  [answer(502, null), 'gateway-trouble', /does not understand/],
  [answer(403, null), 'intermediary', /between/],
  [{ kind: 'network', code: 'ENOTFOUND' }, 'name-not-found', /Check the address/],
  [{ kind: 'network', code: 'ECONNREFUSED' }, 'refused-connection', /Check the port/],
  [{ kind: 'network', code: 'CERT_HAS_EXPIRED' }, 'certificate', /certificate/],
  [{ kind: 'timeout', what: 'x' }, 'timeout', /in time/],
  [{ kind: 'unreadable', html: true, what: 'x' }, 'captive-portal', /sign-in page/],
])('%o is told as %s', (failure, code, message) => {
  const error = deskErrorOf(failure);
  expect(error.code).toBe(code);
  expect(error.message).toMatch(message);
});
