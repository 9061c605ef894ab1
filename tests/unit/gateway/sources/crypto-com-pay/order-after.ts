/** What became of an order after deliveries, and the deliveries that most tests begin with. */
import { expect } from 'vitest';
import { orderSchema } from '../../../../../contract/order.ts';
import type { Order } from '../../../../../contract/order.ts';
import type { CryptoComPayOptions } from '../../../../../gateway/sources/crypto-com-pay/options.ts';
import { readDelivery } from '../../../../../gateway/sources/crypto-com-pay/read.ts';
import { MemoryLedger } from '../memory-ledger.ts';
import { delivery, envelope, fund, options, payment, T0 } from './sample-events.ts';

export type Event = Parameters<typeof delivery>[0];

/** @returns the ledger, ten seconds after it all began */
export function after(events: readonly Event[], configured: CryptoComPayOptions = options): MemoryLedger {
  const ledger = new MemoryLedger(() => (T0 + 10_000) * 1000);
  for (const event of events) ledger.add('main', readDelivery(configured, delivery(event)).reports);
  return ledger;
}

export function orderAfter(...events: Event[]): Order {
  const { only } = after(events);
  expect(orderSchema.safeParse(only).error).toBeUndefined();
  return only;
}

export const created = envelope('payment.created', payment());
export const captured = (fields = {}, at = T0 + 200) =>
  envelope('payment.captured', payment({ status: 'succeeded', captured: true, settled_at: at, ...fields }), at);
export const withFund = (fields = {}, of = {}) =>
  envelope('payment.created', payment({ current_inbound_fund: fund(fields), ...of }), T0 + 130);
