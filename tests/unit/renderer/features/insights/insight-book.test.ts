import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDecimals, compareDecimals, formatUnits } from '../../../../../contract/money.ts';
import type { Order } from '../../../../../contract/order.ts';
import { wallTime } from '../../../../../contract/zoned-time.ts';
import { InsightBook } from '../../../../../renderer/features/insights/count/insight-book.ts';
import type { Insights } from '../../../../../renderer/features/insights/count/insights.ts';
import { assetOf } from '../../../../../renderer/features/insights/count/order-facts.ts';
import { resolved } from '../../../../../renderer/features/insights/count/span-count.ts';
import { sampleOrder, samplePayment } from '../../../../support/fake-bridge/sample-orders.ts';
import { anyOrder, AROUND } from './sample-book.ts';

const zones = new Map([
  ['main', 'Europe/Lisbon'],
  ['annex', 'America/New_York'],
]);
const range = { from: '2026-10-24', to: '2026-10-26' };
const own = new Set(['USD']);
const query = { range, unit: 'day' as const, zones, own };

const two = (number: number) => String(number).padStart(2, '0');
function dayOf(order: Order, at: number): string {
  const { year, month, day } = wallTime(at, zones.get(order.store) ?? 'UTC');
  return `${year}-${two(month)}-${two(day)}`;
}
const within = (order: Order, at: number) => dayOf(order, at) >= range.from && dayOf(order, at) <= range.to;
const sum = (orders: readonly Order[]) => ({
  orders: orders.length,
  amount: addDecimals(orders.map(({ price }) => price.amount)),
});
const grouped = (orders: readonly Order[], of: (order: Order) => string) =>
  [...Map.groupBy(orders, of)].map(([key, group]) => [key, sum(group)] as const);
function ranked(spans: readonly number[], share: number): number | null {
  const sorted = spans.toSorted((a, b) => a - b);
  return sorted[Math.ceil(share * sorted.length) - 1] ?? null;
}
function spansOf(spans: readonly number[]) {
  const cut = spans.map(resolved);
  return { count: cut.length, p50: ranked(cut, 0.5), p95: ranked(cut, 0.95) };
}

/** The same figures by looking at every order, with none of the code that is tested. */
function naive(orders: readonly Order[]) {
  const counted = orders.filter((order) => order.live && order.provisional !== true && zones.has(order.store));
  const created = counted.filter((order) => within(order, order.createdAt));
  const taken = counted.filter((order) => order.status === 'paid' && within(order, order.paidAt ?? order.updatedAt));
  const ends = ['expired', 'failed', 'cancelled', 'refunding', 'refunded'];
  const kinds = created.flatMap(({ flags, status }) => [...flags, ...(ends.includes(status) ? [status] : [])]);
  const seen = ({ payments }: Order) =>
    Math.min(
      ...payments.filter(({ state }) => ['seen', 'confirming', 'settled'].includes(state)).map(({ seenAt }) => seenAt),
    );
  const isSeen = (order: Order) => seen(order) !== Infinity;
  const settled = counted.filter((order) => isSeen(order) && order.paidAt !== undefined && within(order, order.paidAt));
  return {
    created: created.length,
    troubled: created.filter(({ flags, status }) => flags.length > 0 || ends.includes(status)).length,
    paid: taken.length,
    taken: Map.groupBy(taken, ({ price }) => price.currency),
    exceptions: [...Map.groupBy(kinds, (kind) => kind)].map(([kind, all]) => [kind, all.length] as const),
    sight: spansOf(created.filter(isSeen).map((order) => Math.max(0, seen(order) - order.createdAt))),
    settlement: spansOf(settled.map((order) => Math.max(0, (order.paidAt ?? 0) - seen(order)))),
  };
}

const byKey = <T>(entries: readonly (readonly [string, T])[]) => Object.fromEntries(entries);
const bare = ({ orders, amount }: { orders: number; amount: string }) => ({ orders, amount });

function expectSame(insights: Insights, orders: readonly Order[]): void {
  const plain = naive(orders);
  expect(insights.created).toBe(plain.created);
  expect(insights.troubled).toBe(plain.troubled);
  expect(insights.paid).toBe(plain.paid);
  expect(byKey(insights.exceptions.map(({ kind, orders: count }) => [kind, count]))).toEqual(byKey(plain.exceptions));
  expect(insights.sight).toMatchObject(plain.sight);
  expect(insights.settlement).toMatchObject(plain.settlement);
  expect(insights.takings.map(({ currency }) => currency).sort()).toEqual([...plain.taken.keys()].sort());
  for (const takings of insights.takings) {
    const group = plain.taken.get(takings.currency) ?? [];
    const at = (order: Order) => order.paidAt ?? order.updatedAt;
    const zoneOf = ({ store }: Order) => zones.get(store) ?? 'UTC';
    expect(bare(takings)).toEqual(sum(group));
    const buckets = takings.perBucket.flatMap((each) =>
      each.orders > 0 ? [[each.bucket.key, bare(each)] as const] : [],
    );
    expect(byKey(buckets)).toEqual(byKey(grouped(group, (order) => dayOf(order, at(order)))));
    const hours = takings.perHour.flatMap((each, hour) => (each.orders > 0 ? [[String(hour), each] as const] : []));
    expect(byKey(hours)).toEqual(byKey(grouped(group, (order) => String(wallTime(at(order), zoneOf(order)).hour))));
    expect(byKey(takings.perSource.map((each) => [each.source, bare(each)]))).toEqual(
      byKey(grouped(group, ({ source }) => source)),
    );
    expect(byKey(takings.perAsset.map((each) => [each.asset, bare(each)]))).toEqual(byKey(grouped(group, assetOf)));
  }
}

describe('insights', () => {
  it('are what a naive count of every order gives, over a day of 25 hours and stores of several zones', () => {
    fc.assert(
      fc.property(fc.array(anyOrder(['main', 'annex', 'elsewhere']), { maxLength: 40 }), (orders) => {
        const book = new InsightBook(query);
        for (const order of orders) book.count(order, 1);
        expectSame(book.read(null), orders);
      }),
      { numRuns: 150 },
    );
  });

  it('are the same when orders changed and went as when only what is left was counted', () => {
    const orders = fc.array(anyOrder(['main', 'annex']), { maxLength: 20 });
    fc.assert(
      fc.property(orders, orders, (gone, left) => {
        const changed = new InsightBook(query);
        for (const order of [...gone, ...left]) changed.count(order, 1);
        for (const order of gone) changed.count(order, -1);
        const fresh = new InsightBook(query);
        for (const order of left) fresh.count(order, 1);
        const withoutOrder = (insights: Insights) => ({ ...insights, exceptions: new Set(insights.exceptions) });
        expect(withoutOrder(changed.read(null))).toEqual(withoutOrder(fresh.read(null)));
      }),
      { numRuns: 100 },
    );
  });

  it('add what came of each asset, and put the store’s own currency first', () => {
    const book = new InsightBook(query);
    const paid = (n: number, currency: string) => {
      const order = sampleOrder(n, AROUND, { price: { currency, amount: '10' } });
      const payment = samplePayment(order, n, { state: 'settled', amount: '9007199254740993' });
      const { chain, asset, symbol, decimals, amount } = payment;
      const received = [{ chain, asset, symbol, decimals, amount }];
      return { ...order, status: 'paid' as const, paidAt: AROUND, payments: [payment], received };
    };
    for (const [n, currency] of ['EUR', 'EUR', 'EUR', 'USD', 'USD'].entries()) book.count(paid(n * 2, currency), 1);
    const [usd, eur] = book.read(null).takings;
    expect([usd?.currency, eur?.currency]).toEqual(['USD', 'EUR']);
    expect(usd?.perAsset).toHaveLength(1);
    expect(usd?.perAsset[0]?.received).toEqual({
      ...{ chain: 'eip155:1', symbol: 'USDC', decimals: 6 },
      units: (2n * 9007199254740993n).toString(),
    });
    expect(compareDecimals(formatUnits(2n * 9007199254740993n, 6), '18014398509.481986')).toBe(0);
  });
});
