/** Events of one order for tests of the fold: short to write, numbered and timed in the order they are made. */
import type { Event, EventData, EventKind } from '../../../contract/events.ts';
import { fold } from '../../../contract/fold.ts';
import type { Order, OrderFact, PaymentFact, PayOption } from '../../../contract/order.ts';

export const CREATED = 1_790_000_000_000;
/** A quarter of an hour to pay, an hour of grace. */
export const EXPIRES = CREATED + 900_000;
export const GRACE = EXPIRES + 3_600_000;
export const DUE = '8000000000000000';
export const ETH = { chain: 'eip155:1', asset: 'native', symbol: 'ETH', decimals: 18 } as const;
export const USDC = { chain: 'eip155:1', asset: 'erc20:0xa0', symbol: 'USDC', decimals: 6 } as const;

export function option(extra: Partial<PayOption> = {}): PayOption {
  return { ...ETH, address: '0xaa', amount: DUE, ...extra };
}

export function orderFact(extra: Partial<OrderFact> = {}): OrderFact {
  return {
    sourceRef: 'ref-1',
    reference: 'A-1',
    price: { currency: 'USD', amount: '20.00' },
    pay: [option()],
    createdAt: CREATED,
    expiresAt: EXPIRES,
    graceUntil: GRACE,
    live: true,
    ...extra,
  };
}

export function payment(extra: Partial<PaymentFact> = {}): PaymentFact {
  return { id: 'p1', ...ETH, amount: DUE, txHash: '0x01', required: 12, witness: 'node', ...extra };
}

/** What happened, without what every event has. */
export type Step = {
  [K in EventKind]: { kind: K; data: EventData<K>; at?: number; source?: string; actor?: Event['actor'] };
}[EventKind];

export function step<K extends EventKind>(kind: K, data: EventData<K>, extra: Omit<Step, 'kind' | 'data'> = {}): Step {
  return { kind, data, ...extra } as Step;
}

export const created = (extra: Partial<OrderFact> = {}) => step('order.created', { order: orderFact(extra) });
export const seen = (extra: Partial<PaymentFact> = {}, at = CREATED + 60_000) =>
  step('payment.detected', { payment: payment(extra) }, { at });
export const block = { number: 100, hash: '0xb1' };
export const confirmed = (confirmations = 1, paymentId = 'p1') =>
  step('payment.confirmations', { paymentId, confirmations, required: 12, block });
/** Settled by the chain, unless the order's own source says so. */
export const settled = (source = 'eip155:1', paymentId = 'p1') => step('payment.settled', { paymentId }, { source });

export function eventsOf(steps: readonly Step[]): Event[] {
  return steps.map(({ kind, data, at, source, actor }, index) => ({
    seq: index + 1,
    id: `00000000-0000-4000-8000-${String(index + 1).padStart(12, '0')}`,
    epoch: 'epoch-1',
    store: 'main',
    order: 'ord_1',
    kind,
    source: source ?? 'direct',
    at: { occurred: at ?? null, sent: null, received: CREATED + index },
    data,
    ...(actor && { actor }),
  }));
}

export function orderAfter(...steps: readonly Step[]): Order {
  const order = eventsOf(steps).reduce<Order | undefined>(fold, undefined);
  if (!order) throw new Error('no order came of it');
  return order;
}
