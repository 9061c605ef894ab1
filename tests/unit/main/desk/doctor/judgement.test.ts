import { describe, expect, test } from 'vitest';
import { doctorEnglish } from '../../../../../contract/doctor-english.ts';
import { doctorFindings, doctorResult } from '../../../../../contract/doctor.ts';
import type { DoctorResult } from '../../../../../contract/doctor.ts';
import { found } from '../../../../../main/desk/doctor/found.ts';
import { judgeCertificate, judgeHandshake } from '../../../../../main/desk/doctor/judge-certificate.ts';
import { judgeClock } from '../../../../../main/desk/doctor/judge-clock.ts';
import { judgeFailure } from '../../../../../main/desk/doctor/judge-failure.ts';
import { judgeName, judgeReach } from '../../../../../main/desk/doctor/judge-reach.ts';
import type { Failure } from '../../../../../main/desk/connection/failure.ts';

const V4 = '192.0.2.7';
const V6 = '2001:db8::7';
const NOW = 1_800_000_000_000;
const DAY_MS = 86_400_000;

describe('reaching addresses', () => {
  const tried = (...codes: (string | null)[]) => codes.map((code, n) => ({ address: n === 0 ? V4 : V6, code }));
  test.each([
    ['both answer', tried(null, null), 'tcp-open'],
    ['IPv6 hangs', tried(null, 'ETIMEDOUT'), 'tcp-partly'],
    ['IPv6 is refused', tried(null, 'ECONNREFUSED'), 'tcp-partly'],
    ['IPv4 hangs', tried('ETIMEDOUT', null), 'tcp-partly'],
    ['this network has no IPv6, which costs nothing', tried(null, 'ENETUNREACH'), 'tcp-open'],
    ['refused on one, silent on the other', tried('ETIMEDOUT', 'ECONNREFUSED'), 'tcp-refused'],
    ['silent, and no IPv6', tried('ETIMEDOUT', 'ENETUNREACH'), 'tcp-silent'],
    ['no network at all', tried('ENETUNREACH', 'ENETUNREACH'), 'tcp-unreachable'],
    ['nothing to try', [], 'tcp-unreachable'],
  ])('%s', (_what, tries, finding) => expect(judgeReach(tries, 443, 8).finding).toBe(finding));

  test('names the addresses that answer and those that do not', () => {
    expect(judgeReach(tried(null, 'ETIMEDOUT'), 443, 8).params).toEqual({
      ...{ port: '443', addresses: V4, silent: V6, code: 'ETIMEDOUT' },
    });
  });

  test.each([
    ['ENOTFOUND', 'name-unknown'],
    ['EAI_AGAIN', 'name-silent'],
    ['ETIMEDOUT', 'name-silent'],
  ])('a name that ends in %s', (code, finding) => expect(judgeName('shop.example', code).finding).toBe(finding));
});

describe('certificates', () => {
  const seen = { code: null, names: ['shop.example'], issuer: 'Authority', validFrom: NOW - DAY_MS, validTo: NOW };
  const at = { host: 'shop.example', port: 443 };
  const judge = (changes: object) => judgeCertificate({ ...seen, ...changes }, at, NOW);

  test.each([
    [14, 'tls-trusted'],
    [13.9, 'tls-ends-soon'],
    [0.5, 'tls-ends-soon'],
  ])('good for %s more days', (days, finding) => {
    expect(judge({ validTo: NOW + days * DAY_MS }).finding).toBe(finding);
  });

  test('say by day until when they are good, and name few of many names', () => {
    const names = ['a.example', 'b.example', 'c.example', 'd.example', 'e.example'];
    const { params } = judge({ names, validTo: Date.UTC(2027, 5, 1) });
    expect(params).toMatchObject({ until: '2027-06-01', names: 'a.example, b.example, c.example, d.example, …' });
  });

  test('without dates or names are told all the same', () => {
    expect(judge({ code: 'CERT_HAS_EXPIRED', validTo: Number.NaN }).params).toEqual({ until: '?' });
    expect(judge({ code: 'ERR_TLS_CERT_ALTNAME_INVALID', names: [] }).params['names']).toBe('?');
    expect(judge({ code: 'CERT_REVOKED' })).toEqual(found('tls-untrusted', { code: 'CERT_REVOKED' }));
  });

  test.each([
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'tls-not-spoken'],
    ['EPROTO', 'tls-not-spoken'],
    ['ECONNRESET', 'tls-broken'],
  ])('a handshake that ends in %s', (code, finding) => expect(judgeHandshake(code, at).finding).toBe(finding));
});

describe('[CK3] clocks', () => {
  const sample = (offset: number, delay = 20) => ({
    ...{ askedAt: NOW, answeredAt: NOW + delay },
    ...{ gatewayReceivedAt: NOW + delay / 2 + offset, gatewaySentAt: NOW + delay / 2 + offset },
  });
  test.each([
    [30_000, 'clock-right'],
    [30_001, 'clock-behind'],
    [-30_001, 'clock-ahead'],
  ])('the gateway %s ms ahead', (offset, finding) => expect(judgeClock([sample(offset)]).finding).toBe(finding));

  test('the sample with the least delay counts', () => {
    expect(judgeClock([sample(40_000, 90_000), sample(5, 10)])).toEqual(found('clock-right', { error: 10 }));
  });

  test('samples across a clock that was set back say nothing', () => {
    expect(judgeClock([sample(0, -5)]).finding).toBe('way-trouble');
  });
});

describe('[CN4] failures', () => {
  const answer = (status: number, code?: string): Failure => ({
    ...{ kind: 'answer', status, retryAfterMs: null },
    error: code === undefined ? null : { code, message: 'quoted: secret' },
  });
  test.each<[string, Failure, string]>([
    ['revoked', answer(401, 'revoked'), 'ticket-revoked'],
    ['unknown key', answer(401, 'bad-signature'), 'ticket-unknown'],
    ['late', answer(401, 'challenge-expired'), 'ticket-late'],
    ['patience', answer(429, 'rate-limited'), 'way-patience'],
    ['portal', answer(302), 'way-sign-in'],
    ['another server', answer(404), 'way-stranger'],
    ['between', answer(403), 'way-between'],
    ['trouble', answer(503), 'way-trouble'],
    ['our own not-found', answer(404, 'not-found'), 'way-trouble'],
    ['HTML', { kind: 'unreadable', html: true, what: 'a web page' }, 'way-sign-in'],
    ['other JSON', { kind: 'unreadable', html: false, what: 'fields version' }, 'way-stranger'],
    ['silence', { kind: 'timeout', what: '/healthz' }, 'way-silent'],
    ['a cut', { kind: 'network', code: 'ECONNRESET' }, 'way-broken'],
    ['not HTTP', { kind: 'network', code: 'HPE_INVALID_CONSTANT' }, 'way-between'],
    ['drain', { kind: 'refusal', code: 'draining', retryAfterMs: 1 }, 'way-draining'],
    ['hung up', { kind: 'disconnected', reason: 'io server disconnect' }, 'way-trouble'],
    ['superseded', { kind: 'notice', notice: 'superseded', retryAfterMs: null }, 'way-trouble'],
  ])('%s', (_what, failure, finding) => expect(judgeFailure(failure, 8).finding).toBe(finding));

  test('[AU4] quote nothing that was written in an answer', () => {
    expect(judgeFailure(answer(500, 'internal'), 8).params).toEqual({ what: 'HTTP 500, internal' });
  });
});

describe('texts', () => {
  test('every finding has its words, and something to try exactly where it is bad', () => {
    const keys = new Set(Object.keys(doctorEnglish));
    for (const [finding, result] of Object.entries(doctorFindings)) {
      expect(keys.has(`doctor.found.${finding}`), finding).toBe(true);
      expect(keys.has(`doctor.try.${finding}`), finding).toBe(result === 'failed' || result === 'warning');
    }
  });

  test('of others are cut', () => {
    expect(String(found('tls-untrusted', { code: 'x'.repeat(9_999) }).params['code'])).toHaveLength(300);
  });

  test.each<[DoctorResult[], string]>([
    [['ok', 'skipped'], 'ok'],
    [['ok', 'warning', 'skipped'], 'warning'],
    [['warning', 'failed', 'skipped'], 'failed'],
  ])('%j together are %s', (results, whole) => {
    const steps = results.map(
      (result) => ({ step: 'http', finding: 'http-gateway', result, params: {}, ms: 1 }) as const,
    );
    expect(doctorResult({ gateway: 'g', startedAt: 0, running: null, steps })).toBe(whole);
  });
});
