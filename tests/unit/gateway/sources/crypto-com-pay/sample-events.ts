import { createHmac } from 'node:crypto';
import type { CryptoComPayOptions } from '../../../../../gateway/sources/crypto-com-pay/options.ts';
import type { RawDelivery } from '../../../../../gateway/sources/source.ts';

export const SECRET = 'whsec_one';
/** 2026-03-01T10:00:00Z in seconds. */
export const T0 = 1_772_359_200;
export const PAYMENT = '7f3c9a52-4c5e-4b0a-9a83-0d6a3f1f5b11';
export const HASH = `0x${'a1'.repeat(32)}`;

export const options: CryptoComPayOptions = {
  id: 'cdc',
  store: 'main',
  webhookSecrets: [SECRET],
  lateGraceMinutes: 60,
  chains: [],
};

/** A field's value as JSON text, so that numbers of any size stay as written. */
type Fields = Readonly<Record<string, unknown>>;

/** JSON text of exactly these digits. */
export class Digits {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

export function json(value: unknown): string {
  if (value instanceof Digits) return value.text;
  if (Array.isArray(value)) return `[${value.map(json).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).filter(([, each]) => each !== undefined);
  return `{${fields.map(([key, each]) => `${JSON.stringify(key)}:${json(each)}`).join(',')}}`;
}

export function payment(fields: Fields = {}): Fields {
  return {
    id: PAYMENT,
    amount: 2500,
    currency: 'USD',
    status: 'pending',
    captured: false,
    refunded: false,
    expired: false,
    live_mode: true,
    order_id: 'A-1041',
    created: T0,
    expired_at: T0 + 600,
    time_window: 600,
    crypto_currency: 'CRO',
    crypto_amount: '250.0',
    deposit_address: `0x${'d0'.repeat(20)}`,
    ...fields,
  };
}

export function fund(fields: Fields = {}): Fields {
  return {
    txn_id: HASH,
    from_address: `0x${'f0'.repeat(20)}`,
    currency: 'CRO',
    amount: '250.0',
    status: 'pending',
    confirmed: false,
    txn_created_at: new Date((T0 + 120) * 1000).toISOString(),
    ...fields,
  };
}

export function refund(fields: Fields = {}): Fields {
  return {
    id: 'rf_1',
    payment_id: PAYMENT,
    amount: 2500,
    currency: 'USD',
    status: 'pending',
    created: T0 + 900,
    ...fields,
  };
}

export function envelope(type: string, object: Fields, created = T0, id = `evt_${type}_${created}`): Fields {
  const object_type = type.includes('refund') ? 'refund' : 'payment';
  return { id, object_type, type, created, data: { object } };
}

export function signature(body: string | Uint8Array, seconds: number, secret = SECRET): string {
  return createHmac('sha256', secret).update(`${seconds}.`).update(body).digest('hex');
}

/** A delivery as it comes, signed now. */
export function delivery(event: Fields | string, at = T0): RawDelivery {
  const body = typeof event === 'string' ? event : json(event);
  return {
    headers: { 'pay-signature': `t=${at},v1=${signature(body, at)}` },
    body: Buffer.from(body),
    receivedAt: at * 1000,
  };
}
