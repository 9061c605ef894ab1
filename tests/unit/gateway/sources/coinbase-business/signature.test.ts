import { describe, expect, it } from 'vitest';
import { createCoinbaseBusiness } from '../../../../../gateway/sources/coinbase-business/source.ts';
import { event, HEADER_NAMES, headers, options, SECRET, T0, v0, v1 } from './sample-checkouts.ts';

const source = createCoinbaseBusiness({ ...options, webhookSecrets: [SECRET, 'whsec_two'] });
const body = event('checkout.payment.success', { status: 'COMPLETED' });
const h = `h=${HEADER_NAMES}`;
const good = `t=${T0},${h},v1=${v1(body, T0)}`;

function verify(
  header: string | undefined,
  sent: string | Uint8Array = body,
  receivedAt = T0 * 1000,
  others: Record<string, string> = headers,
) {
  const all = header === undefined ? others : { ...others, 'x-hook0-signature': header };
  return source.verify({ headers: all, body: Buffer.from(sent), receivedAt });
}

describe('the age of a signature', () => {
  it.each([
    { age: -301, result: { ok: false, reason: 'in-the-future' } },
    { age: -300, result: { ok: true, sentAt: T0 * 1000 } },
    { age: -299, result: { ok: true, sentAt: T0 * 1000 } },
    { age: 299, result: { ok: true, sentAt: T0 * 1000 } },
    { age: 300, result: { ok: true, sentAt: T0 * 1000 } },
    { age: 301, result: { ok: false, reason: 'too-old' } },
  ])('$age s gives $result, whichever way it was signed', ({ age, result }) => {
    expect(verify(good, body, (T0 + age) * 1000)).toEqual(result);
    expect(verify(`t=${T0},v0=${v0(body, T0)}`, body, (T0 + age) * 1000)).toEqual(result);
  });

  it('is configurable', () => {
    const strict = createCoinbaseBusiness({ ...options, toleranceSeconds: 10 });
    const raw = { headers: { ...headers, 'x-hook0-signature': good }, body: Buffer.from(body) };
    const check = (age: number) => strict.verify({ ...raw, receivedAt: (T0 + age) * 1000 }).ok;
    expect([check(10), check(11), check(-10), check(-11)]).toEqual([true, false, true, false]);
  });
});

describe('the header', () => {
  it.each([
    ['v1 over headers and body', good],
    ['v0 over the body', `t=${T0},v0=${v0(body, T0)}`],
    ['both', `t=${T0},v0=${v0(body, T0)},${h},v1=${v1(body, T0)}`],
    ['a wrong v1 beside a right v0', `t=${T0},v0=${v0(body, T0)},${h},v1=${'0'.repeat(64)}`],
    ['spaces', `t=${T0}, ${h}, v1=${v1(body, T0)}`],
    ['the second secret', `t=${T0},${h},v1=${v1(body, T0, 'whsec_two')}`],
    ['the second secret, v0', `t=${T0},v0=${v0(body, T0, 'whsec_two')}`],
    ['several v1', `t=${T0},${h},v1=${'0'.repeat(64)},v1=${v1(body, T0)}`],
  ])('with %s is accepted', (_, header) => {
    expect(verify(header)).toEqual({ ok: true, sentAt: T0 * 1000 });
  });

  it.each([
    ['nothing', ''],
    ['no time', `${h},v1=${v1(body, T0)}`],
    ['two times', `t=${T0},t=${T0},${h},v1=${v1(body, T0)}`],
    ['another time', `t=${T0 + 1},${h},v1=${v1(body, T0)}`],
    ['a time that is no number', `t=now,${h},v1=${v1(body, T0)}`],
    ['v1 without its header names', `t=${T0},v1=${v1(body, T0)}`],
    ['other header names', `t=${T0},h=content-type,v1=${v1(body, T0)}`],
    ['two lists of header names', `t=${T0},${h},h=host,v1=${v1(body, T0)}`],
    ['v1 given as v0', `t=${T0},${h},v0=${v1(body, T0)}`],
    ['v0 given as v1', `t=${T0},${h},v1=${v0(body, T0)}`],
    ['no value', `t=${T0},${h}`],
    ['a short value', `t=${T0},${h},v1=${v1(body, T0).slice(2)}`],
    ['another secret', `t=${T0},${h},v1=${v1(body, T0, 'guess')}`],
    ['an empty secret', `t=${T0},v0=${v0(body, T0, '')}`],
    ['separators only', ',,=,=,'],
  ])('with %s is refused', (_, header) => {
    expect(verify(header)).toEqual({ ok: false, reason: 'bad-signature' });
  });

  it('covers the headers it names', () => {
    expect(verify(good, body, T0 * 1000, { ...headers, 'x-event-type': 'checkout.refund.success' }).ok).toBe(false);
    expect(verify(good, body, T0 * 1000, { 'content-type': 'application/json' }).ok).toBe(false);
  });

  it('must be there, under its own name', () => {
    expect(verify(undefined)).toEqual({ ok: false, reason: 'missing-signature' });
    expect(verify(undefined, body, T0 * 1000, { ...headers, 'x-cc-webhook-signature': v0(body, T0) }).ok).toBe(false);
  });
});

describe('the body', () => {
  it('is refused with any single byte altered', () => {
    const bytes = Buffer.from(body);
    for (let at = 0; at < bytes.length; at += 1) {
      const altered = Buffer.from(bytes);
      altered[at] = (bytes[at] ?? 0) ^ 1;
      expect(verify(good, altered).ok).toBe(false);
    }
  });

  it.each([
    ['re-encoded', JSON.stringify(JSON.parse(body), null, 1)],
    ['with a line end', `${body}\n`],
    ['empty', ''],
  ])('is refused %s', (_, sent) => {
    expect(verify(good, sent).ok).toBe(false);
    expect(verify(`t=${T0},v0=${v0(body, T0)}`, sent).ok).toBe(false);
  });
});

it('a replay within the tolerance verifies and is told by its body', () => {
  const first = { headers: { ...headers, 'x-hook0-signature': good }, body: Buffer.from(body), receivedAt: T0 * 1000 };
  const again = `t=${T0 + 60},${h},v1=${v1(body, T0 + 60)}`;
  const replay = { ...first, headers: { ...headers, 'x-hook0-signature': again }, receivedAt: (T0 + 60) * 1000 };
  expect(source.verify(replay).ok).toBe(true);
  expect(source.read(replay).dedupeKey).toBe(source.read(first).dedupeKey);
});

it('is not created without a secret, or with an empty one', () => {
  expect(() => createCoinbaseBusiness({ ...options, webhookSecrets: [] })).toThrow(RangeError);
  expect(() => createCoinbaseBusiness({ ...options, webhookSecrets: ['x', ''] })).toThrow(RangeError);
});
