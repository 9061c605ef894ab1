import { describe, expect, it } from 'vitest';
import { createBtcPay } from '../../../../../gateway/sources/btcpay/source.ts';
import { options, SECRET, signature, webhook } from './sample-invoices.ts';

const source = createBtcPay({ ...options, webhookSecrets: [SECRET, 'whsec_two'] });
const body = JSON.stringify(webhook('InvoiceCreated'));
const good = `sha256=${signature(body)}`;

function verify(header: string | undefined, sent: string | Uint8Array = body, receivedAt = 0) {
  const headers: Record<string, string> = header === undefined ? {} : { 'btcpay-sig': header };
  return source.verify({ headers, body: Buffer.from(sent), receivedAt });
}

describe('the header', () => {
  it.each([
    ['the right value', good],
    ['spaces around it', ` ${good} `],
    ['upper-case digits', `sha256=${signature(body).toUpperCase()}`],
    ['the second secret', `sha256=${signature(body, 'whsec_two')}`],
  ])('with %s is accepted', (_, header) => {
    expect(verify(header)).toEqual({ ok: true, sentAt: null });
  });

  it.each([
    ['nothing', ''],
    ['no scheme', signature(body)],
    ['another scheme', `sha1=${signature(body)}`],
    ['an empty value', 'sha256='],
    ['a short value', good.slice(0, -2)],
    ['a long value', `${good}00`],
    ['no hex', `sha256=${'z'.repeat(64)}`],
    ['two values', `${good},${good}`],
    ['another secret', `sha256=${signature(body, 'guess')}`],
    ['an empty secret', `sha256=${signature(body, '')}`],
  ])('with %s is refused', (_, header) => {
    expect(verify(header)).toEqual({ ok: false, reason: 'bad-signature' });
  });

  it('must be there, under its own name', () => {
    expect(verify(undefined)).toEqual({ ok: false, reason: 'missing-signature' });
    const headers = { 'pay-signature': good };
    expect(source.verify({ headers, body: Buffer.from(body), receivedAt: 0 }).ok).toBe(false);
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
    ['with a byte order mark', `\uFEFF${body}`],
    ['empty', ''],
  ])('is refused %s', (_, sent) => {
    expect(verify(good, sent).ok).toBe(false);
  });
});

it('carries no time, so a replay verifies and is told by its id', () => {
  const first = { headers: { 'btcpay-sig': good }, body: Buffer.from(body), receivedAt: 0 };
  const replay = { ...first, receivedAt: 30 * 86_400_000 };
  expect(source.verify(replay).ok).toBe(true);
  expect(source.read(replay).dedupeKey).toBe(source.read(first).dedupeKey);
});

it('is not created without a secret, or with an empty one', () => {
  expect(() => createBtcPay({ ...options, webhookSecrets: [] })).toThrow(RangeError);
  expect(() => createBtcPay({ ...options, webhookSecrets: ['x', ''] })).toThrow(RangeError);
});
