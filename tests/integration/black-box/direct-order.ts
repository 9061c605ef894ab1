/** The shop's side: orders as it places them at the gateway. */
import { call } from './http.ts';
import type { Answer, Json } from './http.ts';

export const ORDERS = '/v1/stores/main/orders';

export const bearer = (key: string): { authorization: string } => ({ authorization: `Bearer ${key}` });

/** An order that is right in everything, with an address of its own for each n. */
export function order(n: number, changes: Json = {}): Json {
  const pay = { chain: 'eip155:1', asset: 'native', address: addressOf(n), amount: '8000000000000000' };
  return { reference: `REF-${n}`, price: { currency: 'USD', amount: '19.99' }, pay: [pay], ...changes };
}

export function addressOf(n: number): string {
  return `0x${n.toString(16).padStart(40, 'a')}`;
}

let keys = 0;

/** @param idempotencyKey a fresh one where it is left out */
export function place<T = Json>(
  url: string,
  key: string,
  body: unknown,
  idempotencyKey = `key-${(keys += 1)}`,
): Promise<Answer<T>> {
  return call<T>(url, ORDERS, { method: 'POST', body, headers: { ...bearer(key), 'idempotency-key': idempotencyKey } });
}
