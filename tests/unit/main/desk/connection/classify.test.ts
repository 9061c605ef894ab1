import { describe, expect, test } from 'vitest';
import { classify } from '../../../../../main/desk/connection/classify.ts';
import type { NextStep } from '../../../../../main/desk/connection/classify.ts';
import { networkFailure } from '../../../../../main/desk/connection/failure.ts';
import type { Failure } from '../../../../../main/desk/connection/failure.ts';

const answer = (status: number, code: string | null = null, retryAfterMs: number | null = null): Failure => ({
  kind: 'answer',
  status,
  error: code === null ? null : { code, message: 'what to do' },
  retryAfterMs,
});
const retry = (reason: string, more: object = {}): object => ({ step: 'retry', reason, ...more });

describe('[CN4] the gateway in its own words', () => {
  test.each(['revoked', 'unauthorized', 'protocol-unsupported'])('%s needs a person', (code) => {
    expect(classify(answer(401, code))).toEqual({ step: 'refuse', code, detail: 'what to do' });
    expect(classify({ kind: 'refusal', code, retryAfterMs: null })).toEqual({ step: 'refuse', code });
    expect(classify({ kind: 'ack', code, message: 'no' })).toEqual({ step: 'refuse', code, detail: 'no' });
  });

  test('a key the gateway does not know needs a person', () => {
    expect(classify(answer(401, 'bad-signature'))).toMatchObject({ step: 'refuse', code: 'unauthorized' });
  });

  test.each(['ticket-used', 'ticket-expired', 'session-expired', 'challenge-expired'])('%s: a fresh ticket', (code) => {
    expect(classify(answer(401, code))).toEqual({ step: 'renew' });
    expect(classify({ kind: 'refusal', code, retryAfterMs: null })).toEqual({ step: 'renew' });
  });

  test.each<[Failure, object]>([
    [
      { kind: 'refusal', code: 'draining', retryAfterMs: 700 },
      { step: 'drain', retryAfterMs: 700 },
    ],
    [{ kind: 'refusal', code: 'draining', retryAfterMs: null }, { step: 'drain' }],
    [{ kind: 'refusal', code: 'rate-limited', retryAfterMs: 9 }, retry('rate-limited', { retryAfterMs: 9 })],
    [answer(503, 'not-ready', 5), retry('gateway-trouble', { retryAfterMs: 5, detail: 'what to do' })],
    [answer(429, 'locked-out', 5), retry('rate-limited', { retryAfterMs: 5, detail: 'what to do' })],
    [{ kind: 'notice', notice: 'draining', retryAfterMs: null }, { step: 'drain' }],
    [
      { kind: 'notice', notice: 'revoked', retryAfterMs: null },
      { step: 'refuse', code: 'revoked' },
    ],
    [{ kind: 'notice', notice: 'superseded', retryAfterMs: null }, { step: 'stand-back' }],
  ])('%o', (failure, next) => expect(classify(failure)).toEqual(next));
});

describe('[CN4][CN10] others on the way', () => {
  test.each<[number, string]>([
    [301, 'captive-portal'],
    [302, 'captive-portal'],
    [307, 'captive-portal'],
    [511, 'captive-portal'],
    [401, 'intermediary'],
    [403, 'intermediary'],
    [404, 'intermediary'],
    [407, 'intermediary'],
    [429, 'rate-limited'],
    [500, 'gateway-trouble'],
    [502, 'gateway-trouble'],
    [503, 'gateway-trouble'],
    [504, 'gateway-trouble'],
  ])('a bare %i is %s', (status, reason) => {
    expect(classify(answer(status, null, 4))).toEqual(retry(reason, { detail: `HTTP ${status}`, retryAfterMs: 4 }));
  });

  test('[CN10] a page instead of data is a portal, a stranger’s data an intermediary’s; the gateway’s own is unexpected', () => {
    const stranger = { kind: 'unreadable', html: false, foreign: true, what: 'fields x' } as const;
    expect(classify(stranger)).toMatchObject(retry('intermediary'));
    expect(classify({ kind: 'unreadable', html: true, what: 'a web page' })).toMatchObject(retry('captive-portal'));
    expect(classify({ kind: 'unreadable', html: false, what: 'fields x' })).toMatchObject(retry('unexpected'));
  });
});

describe('the line', () => {
  test.each([
    ['ENOTFOUND', 'name-not-found'],
    ['EAI_AGAIN', 'name-not-found'],
    ['ECONNREFUSED', 'refused-connection'],
    ['ETIMEDOUT', 'timeout'],
    ['ECONNRESET', 'unreachable'],
    ['EHOSTUNREACH', 'unreachable'],
    ['CERT_HAS_EXPIRED', 'certificate'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'certificate'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'certificate'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'certificate'],
    ['HPE_INVALID_CONSTANT', 'intermediary'],
    ['ERR_PROXY_TUNNEL', 'intermediary'],
    ['UNKNOWN', 'unreachable'],
  ])('%s is %s', (code, reason) =>
    expect(classify({ kind: 'network', code })).toEqual(retry(reason, { detail: code })),
  );

  test.each([
    ['io server disconnect', 'closed-by-gateway'],
    ['ping timeout', 'heartbeat-lost'],
    ['parse error', 'intermediary'],
    ['transport close', 'unreachable'],
    ['transport error', 'unreachable'],
  ])('the end `%s` is %s', (reason, named) => {
    expect(classify({ kind: 'disconnected', reason })).toEqual(retry(named, { detail: reason }));
  });

  test.each<[Failure, NextStep['step'], string]>([
    [{ kind: 'timeout', what: 'socket' }, 'retry', 'timeout'],
    [{ kind: 'gap' }, 'retry', 'gap'],
    [{ kind: 'heartbeat' }, 'retry', 'heartbeat-lost'],
    [{ kind: 'fault', message: 'bug' }, 'retry', 'unexpected'],
  ])('%o', (failure, step, reason) => expect(classify(failure)).toMatchObject({ step, reason }));

  test('a code is found in causes and in the several tries of one connection', () => {
    const refused = Object.assign(new Error('x'), { code: 'ECONNREFUSED' });
    expect(networkFailure(new Error('y', { cause: refused }))).toEqual({ kind: 'network', code: 'ECONNREFUSED' });
    expect(networkFailure(new AggregateError([refused]))).toEqual({ kind: 'network', code: 'ECONNREFUSED' });
    expect(networkFailure(null)).toEqual({ kind: 'network', code: 'UNKNOWN' });
  });
});
