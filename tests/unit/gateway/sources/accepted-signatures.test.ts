/** What each processor's signature proves and does not, in one table: the same attacks on every source that is signed. */
import { describe, expect, it } from 'vitest';
import { btcPayHabits } from '../../../../demo/processors/btcpay/api.ts';
import { hook0Headers } from '../../../../demo/processors/coinbase/api.ts';
import { seededRandom } from '../../../../demo/clock/random.ts';
import { paySignature } from '../../../../demo/processors/crypto-com-pay/webhook-signature.ts';
import { createBtcPay } from '../../../../gateway/sources/btcpay/source.ts';
import { createCoinbaseBusiness } from '../../../../gateway/sources/coinbase-business/source.ts';
import { createCryptoComPay } from '../../../../gateway/sources/crypto-com-pay/source.ts';
import type { Source } from '../../../../gateway/sources/source.ts';

const NOW = Date.UTC(2026, 2, 1, 10);
const [FIRST, SECOND] = ['whsec_first', 'whsec_second'];
const common = { id: 's', store: 'main', webhookSecrets: [FIRST, SECOND], lateGraceMinutes: 60, chains: [] };
const api = { apiKey: 'key', apiBase: 'https://btcpay.example', storeId: 'shop' };

interface Signed {
  readonly source: Source;
  /** As the processor writes it. */
  readonly body: string;
  /** As the processor signs, at a time in epoch milliseconds. */
  readonly sign: (secret: string, body: string, at: number) => Readonly<Record<string, string>>;
  /** False where the signature carries no time, so that a delivery's own id alone tells a replay. */
  readonly timed: boolean;
}

const signed: Readonly<Record<string, Signed>> = {
  'crypto-com-pay': {
    source: createCryptoComPay(common),
    body: '{"id":"e1","object_type":"payment","type":"payment.created","data":{"object":{"id":"p1","amount":100000000000000000000,"currency":"CRO","status":"pending"}}}',
    sign: (secret, body, at) => ({ 'pay-signature': paySignature(secret, body, at) }),
    timed: true,
  },
  btcpay: {
    source: createBtcPay({ ...common, ...api }),
    body: '{"deliveryId":"d1","originalDeliveryId":"d1","type":"InvoiceCreated","timestamp":1772359200,"storeId":"shop","invoiceId":"i1","metadata":{}}',
    sign: (secret, body, at) => btcPayHabits(secret, seededRandom('s')).sign(body, at),
    timed: false,
  },
  'coinbase-business': {
    source: createCoinbaseBusiness(common),
    body: '{"id":"c1","status":"COMPLETED","amount":"1.00","currency":"USDC","createdAt":"2026-03-01T10:00:00Z","eventType":"checkout.payment.success"}',
    sign: hook0Headers,
    timed: true,
  },
};

interface Attempt {
  /** Seconds between the signature and its arrival; negative where it comes from the future. */
  readonly age?: number;
  readonly secret?: string;
  /** What arrives in place of what was signed. */
  readonly sent?: (body: string) => string | Uint8Array;
  readonly strip?: true;
}

/** By name: what arrives, and whether it is taken by sources whose signatures carry their time, and by the others. */
const attempts: readonly (readonly [name: string, attempt: Attempt, timed: boolean, untimed: boolean])[] = [
  ['as it was signed', {}, true, true],
  ['299 s old', { age: 299 }, true, true],
  ['301 s old', { age: 301 }, false, true],
  ['299 s ahead', { age: -299 }, true, true],
  ['301 s ahead', { age: -301 }, false, true],
  ['signed with the second secret', { secret: SECOND }, true, true],
  ['signed with another secret', { secret: 'whsec_guess' }, false, false],
  ['signed with no secret', { secret: '' }, false, false],
  ['without its signature', { strip: true }, false, false],
  ['with its first byte altered', { sent: (body) => altered(body, 0) }, false, false],
  ['with its last byte altered', { sent: (body) => altered(body, body.length - 1) }, false, false],
  ['with one digit altered', { sent: (body) => body.replace('1', '7') }, false, false],
  ['parsed and written again', { sent: (body) => JSON.stringify(JSON.parse(body), null, 1) }, false, false],
  ['with a line end more', { sent: (body) => `${body}\n` }, false, false],
  ['in another encoding', { sent: (body) => Buffer.from(body, 'utf16le') }, false, false],
  ['empty', { sent: () => '' }, false, false],
];

function altered(body: string, at: number): Uint8Array {
  const bytes = Buffer.from(body);
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  return bytes;
}

function delivered({ body, sign }: Signed, { age = 0, secret = FIRST, sent = (text) => text, strip }: Attempt) {
  const headers = { 'content-type': 'application/json', ...sign(secret, body, NOW - age * 1000) };
  const bare = { 'content-type': 'application/json' };
  return { headers: strip ? bare : headers, body: Buffer.from(sent(body)), receivedAt: NOW };
}

describe.each(Object.entries(signed))('a delivery of %s', (_, each) => {
  it.each(attempts)('%s', (_name, attempt, timed, untimed) => {
    expect(each.source.verify(delivered(each, attempt)).ok).toBe(each.timed ? timed : untimed);
  });

  it('with any bit of any byte altered is refused', () => {
    for (let at = 0; at < each.body.length; at += 1) {
      const delivery = delivered(each, { sent: (body) => altered(body, at) });
      expect(each.source.verify(delivery).ok, `byte ${at}`).toBe(false);
    }
  });

  it('sent once more, with a signature of its own, is known by its id', () => {
    const first = delivered(each, {});
    const replay = { ...delivered(each, { age: 200, secret: SECOND }), receivedAt: NOW };
    expect(each.source.verify(replay).ok).toBe(true);
    expect(each.source.read(replay).dedupeKey).toBe(each.source.read(first).dedupeKey);
  });
});
