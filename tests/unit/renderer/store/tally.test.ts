import { describe, expect, it } from 'vitest';
import type { Order } from '../../../../contract/order.ts';
import { createStoreDay } from '../../../../renderer/store/store-day.ts';
import { tallyOf } from '../../../../renderer/store/tally.ts';
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
const tally = (orders: Order[], zone: string, ...own: string[]) =>
  tallyOf(orders, NOW, () => zone, storeDay, new Set(own));

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
    expect(tallyOf(orders, NOW, (store) => zones[store] ?? 'UTC', storeDay, new Set()).paidToday).toBe(1);
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
