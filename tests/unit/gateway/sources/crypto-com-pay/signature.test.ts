import { describe, expect, it } from 'vitest';
import { createCryptoComPay } from '../../../../../gateway/sources/crypto-com-pay/source.ts';
import { envelope, json, options, payment, SECRET, signature, T0 } from './sample-events.ts';

const body = json(envelope('payment.created', payment()));
const source = createCryptoComPay({ ...options, webhookSecrets: [SECRET, 'whsec_two'] });

function verify(header: string | undefined, sent: string | Uint8Array = body, receivedAt = T0 * 1000) {
  const headers: Record<string, string> = header === undefined ? {} : { 'pay-signature': header };
  return source.verify({ headers, body: Buffer.from(sent), receivedAt });
}

const good = signature(body, T0);
const other = signature(body, T0, 'whsec_two');

describe('the age of a signature', () => {
  it.each([
    { age: -301, result: { ok: false, reason: 'in-the-future' } },
    { age: -300, result: { ok: true, sentAt: T0 * 1000 } },
    { age: -299, result: { ok: true, sentAt: T0 * 1000 } },
    { age: 0, result: { ok: true, sentAt: T0 * 1000 } },
    { age: 299, result: { ok: true, sentAt: T0 * 1000 } },
    { age: 300, result: { ok: true, sentAt: T0 * 1000 } },
    { age: 301, result: { ok: false, reason: 'too-old' } },
  ])('$age s gives $result', ({ age, result }) => {
    expect(verify(`t=${T0},v1=${good}`, body, (T0 + age) * 1000)).toEqual(result);
  });

  it('is counted in whole seconds of the gateway', () => {
    expect(verify(`t=${T0},v1=${good}`, body, (T0 + 300) * 1000 + 999)).toMatchObject({ ok: true });
  });

  it('is configurable', () => {
    const strict = createCryptoComPay({ ...options, toleranceSeconds: 10 });
    const headers = { 'pay-signature': `t=${T0},v1=${good}` };
    const check = (age: number) =>
      strict.verify({ headers, body: Buffer.from(body), receivedAt: (T0 + age) * 1000 }).ok;
    expect([check(10), check(11), check(-10), check(-11)]).toEqual([true, false, true, false]);
  });
});

describe('the header', () => {
  it.each([
    ['one value', `t=${T0},v1=${good}`],
    ['spaces', `t=${T0}, v1=${good} `],
    ['upper case', `t=${T0},v1=${good.toUpperCase()}`],
    ['several values, the right one last', `t=${T0},v1=${'0'.repeat(64)},v1=${other},v1=${good}`],
    ['the second secret', `t=${T0},v1=${other}`],
    ['an unknown scheme beside', `t=${T0},v0=abc,v1=${good}`],
  ])('with %s is accepted', (_, header) => {
    expect(verify(header)).toEqual({ ok: true, sentAt: T0 * 1000 });
  });

  it.each([
    ['nothing', ''],
    ['no time', `v1=${good}`],
    ['two times', `t=${T0},t=${T0},v1=${good}`],
    ['a time that is no number', `t=now,v1=${good}`],
    ['a negative time', `t=-5,v1=${good}`],
    ['a huge time', `t=${'9'.repeat(40)},v1=${good}`],
    ['no value', `t=${T0}`],
    ['an empty value', `t=${T0},v1=`],
    ['a short value', `t=${T0},v1=${good.slice(0, 62)}`],
    ['a long value', `t=${T0},v1=${good}00`],
    ['no hex', `t=${T0},v1=${'z'.repeat(64)}`],
    ['the value under another scheme', `t=${T0},v0=${good}`],
    ['another secret', `t=${T0},v1=${signature(body, T0, 'guess')}`],
    ['an empty secret', `t=${T0},v1=${signature(body, T0, '')}`],
    ['another time', `t=${T0 + 1},v1=${good}`],
    ['a time written otherwise', `t=0${T0},v1=${good}`],
    ['separators only', ',,=,=,'],
  ])('with %s is refused', (_, header) => {
    expect(verify(header)).toEqual({ ok: false, reason: 'bad-signature' });
  });

  it('must be there', () => {
    expect(verify(undefined)).toEqual({ ok: false, reason: 'missing-signature' });
  });
});

describe('the body', () => {
  it('is refused with any single byte altered', () => {
    const bytes = Buffer.from(body);
    for (let at = 0; at < bytes.length; at += 1) {
      const altered = Buffer.from(bytes);
      altered[at] = (bytes[at] ?? 0) ^ 1;
      expect(verify(`t=${T0},v1=${good}`, altered).ok).toBe(false);
    }
  });

  it.each([
    ['re-encoded', JSON.stringify(JSON.parse(body), null, 1)],
    ['with a line end', `${body}\n`],
    ['with a byte order mark', `\uFEFF${body}`],
    ['empty', ''],
  ])('is refused %s', (_, sent) => {
    expect(verify(`t=${T0},v1=${good}`, sent)).toEqual({ ok: false, reason: 'bad-signature' });
  });

  it('is verified as bytes, whatever they are', () => {
    const bytes = Uint8Array.from([0xff, 0xfe, 0x00, 0x80]);
    expect(verify(`t=${T0},v1=${signature(bytes, T0)}`, bytes).ok).toBe(true);
  });
});

it('is not created without a secret, or with an empty one', () => {
  expect(() => createCryptoComPay({ ...options, webhookSecrets: [] })).toThrow(RangeError);
  expect(() => createCryptoComPay({ ...options, webhookSecrets: ['x', ''] })).toThrow(RangeError);
});
