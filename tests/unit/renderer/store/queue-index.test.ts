import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Order } from '../../../../contract/order.ts';
import type { OrderKey } from '../../../../renderer/store/order-key.ts';
import { QueueIndex } from '../../../../renderer/store/queue-index.ts';
import { columns } from '../../../../contract/settings.ts';
import { arrangedRank, byUrgency, comparisonOf } from '../../../../renderer/store/arrangement.ts';
import type { Arrangement } from '../../../../renderer/store/arrangement.ts';
import { MINUTE, sampleOrder } from '../../../support/fake-bridge/sample-orders.ts';

const NOW = 1_795_000_000_000;
const keyOf = (n: number): OrderKey => `main/${n}`;

/** The order that sorting everything from scratch would give. */
function sortedAnew(orders: ReadonlyMap<OrderKey, Order>, now: number, arrangement = byUrgency): OrderKey[] {
  return [...orders]
    .map(([key, order]) => arrangedRank(order, key, now, arrangement))
    .sort(comparisonOf(arrangement))
    .map(({ key }) => key);
}

const change = fc.record({
  n: fc.integer({ min: 0, max: 60 }),
  gone: fc.boolean(),
  status: fc.constantFrom<Order['status']>('awaiting', 'confirming', 'paid', 'expired', 'cancelled'),
  expiresIn: fc.integer({ min: -10, max: 20 }),
  verdict: fc.constantFrom<Order['verdict']>('wait', 'hold', 'release'),
});

const someArrangement: fc.Arbitrary<Arrangement> = fc.record({
  grouping: fc.constantFrom<Arrangement['grouping']>('none', 'urgency', 'store'),
  by: fc.constantFrom<Arrangement['by']>('urgency', ...columns),
  descending: fc.boolean(),
});

describe('queue index', () => {
  it('is arranged by any column and group, and stays so whatever changes and however late it is', () => {
    fc.assert(
      fc.property(someArrangement, fc.array(fc.array(change, { maxLength: 8 }), { maxLength: 8 }), (how, batches) => {
        const index = new QueueIndex();
        const held = new Map<OrderKey, Order>();
        let now = NOW;
        for (const [turn, batch] of batches.entries()) {
          const changes = new Map<OrderKey, Order | null>();
          for (const { n, gone, status, expiresIn, verdict } of batch) {
            const key: OrderKey = `${n % 2 === 0 ? 'main' : 'annex'}/${n}`;
            const order = sampleOrder(n, NOW, { status, verdict, expiresAt: NOW + expiresIn * MINUTE, paidAt: NOW });
            changes.set(key, gone ? null : order);
          }
          for (const [key, order] of changes) {
            if (order) held.set(key, order);
            else held.delete(key);
          }
          index.apply(changes, now);
          if (turn === 1) index.arrange(how, held, now);
          index.retime((now += 2 * MINUTE));
          const arrangement = turn >= 1 ? how : byUrgency;
          expect(index.sorted.map(({ key }) => key)).toEqual(sortedAnew(held, now, arrangement));
        }
      }),
      { numRuns: 120 },
    );
  });

  it('stays as sorting anew would have it, whatever changes, few or many at a time', () => {
    fc.assert(
      fc.property(fc.array(fc.array(change, { maxLength: 30 }), { maxLength: 12 }), (batches) => {
        const index = new QueueIndex();
        const held = new Map<OrderKey, Order>();
        for (const batch of batches) {
          const changes = new Map<OrderKey, Order | null>();
          for (const { n, gone, status, expiresIn, verdict } of batch) {
            const order = sampleOrder(n, NOW, { status, verdict, expiresAt: NOW + expiresIn * MINUTE, paidAt: NOW });
            changes.set(keyOf(n), gone ? null : order);
          }
          for (const [key, order] of changes) {
            if (order) held.set(key, order);
            else held.delete(key);
          }
          index.apply(changes, NOW);
          expect(index.sorted.map(({ key }) => key)).toEqual(sortedAnew(held, NOW));
        }
      }),
      { numRuns: 60 },
    );
  });

  it('stays the same list while orders change without moving, so that no row but theirs is drawn', () => {
    const index = new QueueIndex();
    const orders = Array.from({ length: 40 }, (_, n) => sampleOrder(n, NOW, { status: 'confirming' }));
    index.apply(new Map(orders.map((order, n) => [keyOf(n), order])), NOW);
    const before = index.sorted;
    const [first] = orders;
    index.apply(new Map([[keyOf(0), { ...first!, updatedSeq: 99, updatedAt: NOW + 1 }]]), NOW);
    expect(index.sorted).toBe(before);
    index.apply(new Map([[keyOf(0), { ...first!, status: 'paid', paidAt: NOW }]]), NOW);
    expect(index.sorted).not.toBe(before);
    expect(index.sorted.at(-1)?.key).toBe(keyOf(0));
  });

  it('moves what time alone moves, and nothing while nothing does', () => {
    const index = new QueueIndex();
    const orders = new Map<OrderKey, Order>([
      ['main/soon', sampleOrder(1, NOW, { expiresAt: NOW + 3 * MINUTE, graceUntil: NOW + 10 * MINUTE })],
      ['main/later', sampleOrder(2, NOW, { expiresAt: NOW + 30 * MINUTE, graceUntil: NOW + 60 * MINUTE })],
      ['main/paid', sampleOrder(3, NOW, { status: 'paid', paidAt: NOW })],
    ]);
    index.apply(orders, NOW);
    const before = index.sorted;
    expect(index.retime(NOW + 1000)).toBe(false);
    expect(index.sorted).toBe(before);
    for (const minutes of [1, 2.5, 4, 9, 11, 16, 40, 70]) {
      const now = NOW + minutes * MINUTE;
      index.retime(now);
      expect(index.sorted.map(({ key }) => key)).toEqual(sortedAnew(orders, now));
    }
  });
});
