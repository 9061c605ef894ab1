import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDecimals } from '../../../../contract/money.ts';
import { needsEyes } from '../../../../contract/needs-eyes.ts';
import { orderStatuses } from '../../../../contract/order.ts';
import type { Order } from '../../../../contract/order.ts';
import { orderKey } from '../../../../renderer/store/order-key.ts';
import { createStoreDay } from '../../../../renderer/store/store-day.ts';
import { TallyBook } from '../../../../renderer/store/tally.ts';
import type { TallyView } from '../../../../renderer/store/tally.ts';
import { MINUTE, sampleOrder } from '../../../support/fake-bridge/sample-orders.ts';

/** 00:30 in Lisbon (winter, UTC), 19:30 of the day before in New York. */
const NOW = Date.UTC(2026, 10, 21, 0, 30);
const storeDay = createStoreDay();
const paid = (minutesAgo: number, changes: Partial<Order> = {}): Order =>
  sampleOrder(1, NOW, {
    status: 'paid',
    paidAt: NOW - minutesAgo * MINUTE,
    price: { currency: 'USD', amount: '10.10' },
    ...changes,
  });
const bookOf = (orders: readonly Order[]): TallyBook => {
  const book = new TallyBook();
  orders.forEach((order, n) => book.replace(orderKey({ store: order.store, id: `${n}` }), undefined, order));
  return book;
};
const view = (zone: string, own: readonly string[] = []): TallyView => ({
  ...{ now: NOW, store: null, zoneOf: () => zone, storeDay, own: new Set(own) },
});
const tally = (orders: Order[], zone: string, ...own: string[]) => bookOf(orders).read(view(zone, own));

describe('figures of the day', () => {
  it('counts today by the time zone of the store, not of the device', () => {
    const orders = [paid(10), paid(40), paid(20 * 60)];
    expect(tally(orders, 'Europe/Lisbon').paidToday).toBe(1);
    expect(tally(orders, 'America/New_York').paidToday).toBe(2);
    expect(tally(orders, 'Pacific/Kiritimati').paidToday).toBe(2);
    expect(tally(orders, 'Not/AZone').paidToday).toBe(1);
  });

  it('gives each order the day of its own store', () => {
    const orders = [paid(40, { store: 'lisbon' }), paid(40, { store: 'york' })];
    const zones: Record<string, string> = { lisbon: 'Europe/Lisbon', york: 'America/New_York' };
    const book = bookOf(orders);
    const both = { ...view('UTC'), zoneOf: (store: string) => zones[store] ?? 'UTC' };
    expect(book.read(both).paidToday).toBe(1);
    expect(book.read({ ...both, store: 'york' }).paidToday).toBe(1);
    expect(book.read({ ...both, store: 'lisbon' }).paidToday).toBe(0);
  });

  it('puts the currency of the store first, whatever else was paid more often', () => {
    const often = Array.from({ length: 3 }, () => paid(1, { price: { currency: 'EUR', amount: '5' } }));
    const { taken } = tally([...often, paid(1)], 'UTC', 'USD');
    expect(taken.map(({ currency }) => currency)).toEqual(['USD', 'EUR']);
  });

  it('sums exactly, by currency, without test orders and without what only a refund told of', () => {
    const cents = Array.from({ length: 3 }, () => paid(1, { price: { currency: 'USD', amount: '0.10' } }));
    const euro = paid(1, { price: { currency: 'EUR', amount: '5' } });
    const { taken, paidToday } = tally(
      [...cents, euro, paid(1, { live: false }), paid(1, { provisional: true })],
      'UTC',
    );
    expect(paidToday).toBe(4);
    expect(taken).toEqual([
      { currency: 'USD', amount: '0.3', orders: 3 },
      { currency: 'EUR', amount: '5', orders: 1 },
    ]);
  });

  it('counts what waits, confirms and needs eyes', () => {
    const orders = [
      sampleOrder(1, NOW),
      sampleOrder(2, NOW, { expiresAt: NOW }),
      sampleOrder(3, NOW, { status: 'detected' }),
      sampleOrder(4, NOW, { status: 'confirming', verdict: 'hold' }),
    ];
    expect(tally(orders, 'UTC')).toMatchObject({ waiting: 1, confirming: 2, needsEyes: 1, paidToday: 0, taken: [] });
  });
});

/** The same by looking at every order each time. */
function counted(orders: Iterable<Order>, { now, store, zoneOf }: TallyView) {
  const all = [...orders].filter((order) => store === null || order.store === store);
  const paid = all.filter(
    ({ status, live, provisional, paidAt, updatedAt, store: id }) =>
      status === 'paid' &&
      live &&
      !provisional &&
      storeDay(paidAt ?? updatedAt, zoneOf(id)) === storeDay(now, zoneOf(id)),
  );
  const currencies = [...new Set(paid.map(({ price }) => price.currency))];
  const amounts = (currency: string) =>
    paid.filter(({ price }) => price.currency === currency).map(({ price }) => price.amount);
  return {
    waiting: all.filter(({ status, expiresAt }) => status === 'awaiting' && expiresAt > now).length,
    confirming: all.filter(({ status }) => status === 'detected' || status === 'confirming').length,
    needsEyes: all.filter(needsEyes).length,
    paidToday: paid.length,
    taken: new Map(currencies.map((currency) => [currency, addDecimals(amounts(currency))])),
  };
}

const someOrder: fc.Arbitrary<Order> = fc
  .record({
    n: fc.integer({ min: 0, max: 7 }),
    store: fc.constantFrom('lisbon', 'york', 'kathmandu'),
    status: fc.constantFrom(...orderStatuses),
    verdict: fc.constantFrom('wait' as const, 'hold' as const),
    live: fc.boolean(),
    expiresAt: fc.integer({ min: NOW - 40 * MINUTE, max: NOW + 40 * MINUTE }),
    updatedAt: fc.integer({ min: NOW - 50 * 60 * MINUTE, max: NOW + 60 * MINUTE }),
    paidAt: fc.option(fc.integer({ min: NOW - 50 * 60 * MINUTE, max: NOW + 60 * MINUTE }), { nil: undefined }),
    provisional: fc.option(fc.boolean(), { nil: undefined }),
    currency: fc.constantFrom('USD', 'EUR', 'ETH'),
    amount: fc.constantFrom('0', '19.99', '0.1', '0.10', '1234567890.123456789012345678', '5'),
  })
  .map(({ n, currency, amount, paidAt, provisional, ...changes }) => {
    const known = { ...(paidAt !== undefined && { paidAt }), ...(provisional !== undefined && { provisional }) };
    return sampleOrder(n, NOW, { ...changes, ...known, price: { currency, amount } });
  });

describe('figures kept up with every change', () => {
  const zones: Record<string, string> = {
    lisbon: 'Europe/Lisbon',
    york: 'America/New_York',
    kathmandu: 'Asia/Kathmandu',
  };
  const change = fc.record({
    order: someOrder,
    gone: fc.boolean(),
    later: fc.integer({ min: 0, max: 20 * 60 * MINUTE }),
    store: fc.constantFrom(null, ...Object.keys(zones)),
  });

  it('are what counting every order anew would give, at any time, for any store', () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 60 }), (changes) => {
        const book = new TallyBook();
        const held = new Map<string, Order>();
        for (const { order, gone, later, store } of changes) {
          const key = orderKey(order);
          book.replace(key, held.get(key), gone ? undefined : order);
          if (gone) held.delete(key);
          else held.set(key, order);
          const seen: TallyView = { ...view('UTC'), now: NOW + later, store, zoneOf: (id) => zones[id] ?? 'UTC' };
          const { taken, ...counts } = book.read(seen);
          const amounts = new Map(taken.map(({ currency, amount }) => [currency, amount]));
          expect({ ...counts, taken: amounts }).toEqual(counted(held.values(), seen));
        }
      }),
    );
  });
});
