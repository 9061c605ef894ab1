import { createHmac } from 'node:crypto';
import type { CoinbaseBusinessOptions } from '../../../../../gateway/sources/coinbase-business/options.ts';
import type { RawDelivery } from '../../../../../gateway/sources/source.ts';

export const SECRET = 'whsec_coinbase';
/** 2026-03-01T10:00:00Z in seconds. */
export const T0 = 1_772_359_200;
export const CHECKOUT = '68f7a946db0529ea9b6d3a12';
export const HASH = `0x${'3a'.repeat(32)}`;
export const HEADER_NAMES = 'content-type x-event-type';

export const options: CoinbaseBusinessOptions = {
  id: 'coinbase',
  store: 'main',
  webhookSecrets: [SECRET],
  lateGraceMinutes: 60,
  chains: [],
};

type Fields = Readonly<Record<string, unknown>>;

export function iso(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}

export function checkout(fields: Fields = {}): Fields {
  return {
    id: CHECKOUT,
    amount: '100.50',
    currency: 'USDC',
    network: 'base',
    address: `0x${'74'.repeat(20)}`,
    status: 'ACTIVE',
    metadata: { orderId: 'A-1041' },
    createdAt: iso(T0),
    updatedAt: iso(T0 + 120),
    expiresAt: iso(T0 + 1800),
    ...fields,
  };
}

export function refund(fields: Fields = {}): Fields {
  return {
    id: 'rf_1',
    checkoutId: CHECKOUT,
    amount: '100.50',
    currency: 'USDC',
    status: 'PENDING',
    createdAt: iso(T0 + 900),
    ...fields,
  };
}

export function event(eventType: string, fields: Fields = {}): string {
  return JSON.stringify({ ...checkout(fields), eventType });
}

export const headers = { 'content-type': 'application/json', 'x-event-type': 'checkout.payment.success' };

export function v1(body: string | Uint8Array, at: number, secret = SECRET): string {
  const values = Object.values(headers);
  return createHmac('sha256', secret)
    .update(`${at}.${HEADER_NAMES}.${values.join('.')}.`)
    .update(body)
    .digest('hex');
}

export function v0(body: string | Uint8Array, at: number, secret = SECRET): string {
  return createHmac('sha256', secret).update(`${at}.`).update(body).digest('hex');
}

/** A delivery as it comes, signed now. */
export function delivery(body: string, at = T0): RawDelivery {
  const signature = `t=${at},h=${HEADER_NAMES},v1=${v1(body, at)}`;
  return { headers: { ...headers, 'x-hook0-signature': signature }, body: Buffer.from(body), receivedAt: at * 1000 };
}
