import { describe, expect, it } from 'vitest';
import type { Order } from '../../../../contract/order.ts';
import { counterOrders, FRESH_MS, HANDED_MS, HELD_MS } from '../../../../renderer/features/counter/counter-orders.ts';
import type { Flash } from '../../../../renderer/store/desk-store.ts';
import { orderKey } from '../../../../renderer/store/order-key.ts';
import type { OrderKey } from '../../../../renderer/store/order-key.ts';
import { rankOf } from '../../../../renderer/store/urgency.ts';
import { sampleOrder, samplePayment } from '../../../support/fake-bridge/sample-orders.ts';

const NOW = 1_795_000_000_000;

function named(id: string, n: number, changes: Partial<Order>): Order {
  return sampleOrder(n, NOW, { id, ...changes });
}
function shown(
  orders: readonly Order[],
  flashes: readonly (readonly [string, Flash])[] = [],
  store: string | null = null,
) {
  const held = new Map(orders.map((order) => [orderKey(order), order]));
  const ranks = [...held].map(([key, order]) => rankOf(order, key, NOW));
  const lit = new Map(flashes.map(([id, flash]) => [`main/${id}` as OrderKey, flash]));
  return counterOrders(ranks, held, lit, { store, now: NOW });
}
const ids = (...args: Parameters<typeof shown>) => shown(...args).map(({ order }) => order.id);

describe('the counter', () => {
  it('shows first what to act upon: new money, hold, hand over, then who still has to pay', () => {
    const received = [{ chain: 'eip155:1', asset: 'native', symbol: 'ETH', decimals: 18, amount: '1' }];
    const orders = [
      named('waits', 1, {}),
      named('under way', 2, { status: 'confirming', received }),
      named('give', 3, { status: 'paid', paidAt: NOW, verdict: 'release', received }),
      named('keep', 4, { status: 'paid', paidAt: NOW, verdict: 'hold', received, createdAt: NOW }),
      named('new', 5, { status: 'detected', received }),
    ];
    const flash = { seq: 1, sound: 'money', at: NOW - 1000 } as const;
    expect(ids(orders, [['new', flash]])).toEqual(['new', 'keep', 'give', 'under way', 'waits']);
  });

  it('puts what was held long ago, which is a case by now, behind the customers at the counter', () => {
    const held = (id: string, n: number, seenAt: number) => {
      const order = named(id, n, { status: 'paid', paidAt: NOW, verdict: 'hold', createdAt: NOW - 2 * HELD_MS });
      return { ...order, payments: [samplePayment(order, n, { seenAt })] };
    };
    const orders = [held('case', 1, NOW - HELD_MS), held('now', 2, NOW - HELD_MS + 1), named('waits', 3, {})];
    expect(ids(orders)).toEqual(['now', 'waits', 'case']);
  });

  it('calls money new for a while, and trouble never', () => {
    const order = named('a', 1, { status: 'confirming' });
    const fresh = (flash: Flash) => shown([order], [['a', flash]])[0]?.fresh;
    expect(fresh({ seq: 1, sound: 'paid', at: NOW - FRESH_MS + 1 })).toBe(true);
    expect(fresh({ seq: 1, sound: 'money', at: NOW - FRESH_MS })).toBe(false);
    expect(fresh({ seq: 1, sound: 'trouble', at: NOW })).toBe(false);
  });

  it('lets an order go once it is done, or has been handed over for a while', () => {
    const released = (ago: number) =>
      named('r', 1, { status: 'paid', paidAt: NOW, verdict: 'release', releasedAt: NOW - ago });
    expect(ids([released(HANDED_MS - 1)])).toEqual(['r']);
    expect(ids([released(HANDED_MS)])).toEqual([]);
    expect(
      ids([named('old', 2, { status: 'paid', paidAt: NOW - 3_600_000 }), named('no', 3, { status: 'cancelled' })]),
    ).toEqual([]);
  });

  it('shows the newest money first, and of those who still pay the one who waits longest', () => {
    const paid = (id: string, n: number, seenAt: number) => {
      const order = named(id, n, { status: 'confirming' });
      return { ...order, payments: [samplePayment(order, n, { seenAt })] };
    };
    const orders = [
      paid('earlier', 1, NOW - 60_000),
      paid('later', 2, NOW - 1000),
      named('second', 3, { createdAt: NOW - 1000 }),
      named('first', 4, { createdAt: NOW - 9000 }),
    ];
    expect(ids(orders)).toEqual(['later', 'earlier', 'first', 'second']);
  });

  it('shows the chosen store alone', () => {
    const orders = [named('a', 1, {}), { ...named('b', 2, {}), store: 'annex' }];
    expect(ids(orders, [], 'annex')).toEqual(['b']);
  });
});
