import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Order } from '../../../../../contract/order.ts';
import { savedFileSchema } from '../../../../../contract/saved-file.ts';
import { addDecimals } from '../../../../../contract/money.ts';
import { durationMarks } from '../../../../../renderer/features/insights/charts/duration-marks.ts';
import { InsightBook } from '../../../../../renderer/features/insights/count/insight-book.ts';
import { ordersInRange, SLICE_ORDERS } from '../../../../../renderer/features/insights/csv/orders-in-range.ts';
import { averageOf } from '../../../../../renderer/features/insights/figures.tsx';
import { fileName } from '../../../../../renderer/features/insights/file-name.ts';
import { base64Parts, PART_BYTES } from '../../../../../renderer/features/insights/png/base64-parts.ts';
import { takenAt } from '../../../../../renderer/store/taken-at.ts';
import { doneOrders } from '../../../../support/fake-bridge/sample-orders.ts';
import { anyOrder, AROUND } from './sample-book.ts';

const range = { from: '2026-10-24', to: '2026-10-26' };
const zones = new Map([
  ['main', 'Europe/Lisbon'],
  ['annex', 'America/New_York'],
]);

describe('what is exported', () => {
  it('adds up to what the charts show', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyOrder(['main', 'annex', 'elsewhere']), { maxLength: 40 }), async (sample) => {
        const held = new Map(sample.map((order) => [order.id, order]));
        const orders = [...held.values()];
        const book = new InsightBook({ range, unit: 'day', zones, own: new Set() });
        for (const order of orders) book.count(order, 1);
        const { takings, created } = book.read(null);
        const { signal } = new AbortController();
        const exported = await ordersInRange(
          { orders: held, range, zones },
          { pause: () => Promise.resolve(), signal },
        );
        const only = new InsightBook({ range, unit: 'day', zones, own: new Set() });
        for (const order of exported) only.count(order, 1);
        expect(only.read(null).takings).toEqual(takings);
        expect(only.read(null).created).toBe(created);
        expect(exported.every((order) => zones.has(order.store))).toBe(true);
        expect(exported.every(({ createdAt }, n) => createdAt >= (exported[n - 1]?.createdAt ?? 0))).toBe(true);
        const usd = takings.find(({ currency }) => currency === 'USD');
        const inFile = exported.filter((order) => order.price.currency === 'USD' && takenAt(order) !== null);
        if (usd) expect(inFile.length).toBeGreaterThanOrEqual(usd.orders);
      }),
      { numRuns: 100 },
    );
  });

  it('is gathered from 100,000 orders in slices, and no more once it is not wanted', async () => {
    const [sample] = doneOrders(1, AROUND);
    if (!sample) throw new Error('there is a sample');
    const made = Array.from({ length: 100_000 }, (_, n) => ({
      ...{ ...sample, id: `ord_${n}`, createdAt: AROUND - ((n * 7919) % 100_000) * 60_000 },
    }));
    const orders = new Map(made.map((order) => [order.id, order]));
    const control = new AbortController();
    let [pauses, looked] = [0, 0];
    const counting = {
      *values() {
        for (const order of orders.values()) {
          looked += 1;
          yield order;
        }
      },
    } as unknown as ReadonlyMap<string, Order>;
    const slices: number[] = [];
    const pause = () => {
      slices.push(looked);
      pauses += 1;
      return Promise.resolve();
    };
    const all = { from: '2026-01-01', to: '2026-10-26' };
    const found = await ordersInRange({ orders: counting, range: all, zones }, { pause, signal: control.signal });
    expect(found).toHaveLength(100_000);
    expect(found.every(({ createdAt }, n) => createdAt >= (found[n - 1]?.createdAt ?? 0))).toBe(true);
    expect(Math.max(...slices.map((at, n) => at - (slices[n - 1] ?? 0)))).toBeLessThanOrEqual(SLICE_ORDERS);
    control.abort();
    const before = pauses;
    const ended = ordersInRange({ orders, range: all, zones }, { pause, signal: control.signal });
    await expect(ended).rejects.toThrow(/abort/i);
    expect(pauses).toBe(before + 1);
  });

  it('has a name that every system takes', () => {
    expect(fileName('main', 'orders', range, 'csv')).toBe('tillwatch-main-orders-2026-10-24-2026-10-26.csv');
    expect(fileName(null, 'takings', { from: '2026-10-24', to: '2026-10-24' }, 'png')).toBe(
      'tillwatch-takings-2026-10-24.png',
    );
    const odd = fileName(`A:b.c_${'x'.repeat(50)}`, 'orders', range, 'csv');
    expect(savedFileSchema.safeParse({ suggestedName: odd, mediaType: 'text/csv', parts: [] }).error).toBeUndefined();
  });

  it('is base64 in parts that are whole by themselves', () => {
    const bytes = Uint8Array.from({ length: PART_BYTES * 2 + 5 }, (_, n) => (n * 31) % 256);
    const parts = base64Parts(bytes);
    expect(parts).toHaveLength(3);
    expect(Buffer.concat(parts.map((part) => Buffer.from(part, 'base64'))).equals(bytes)).toBe(true);
    const file = { suggestedName: 'a.png', mediaType: 'image/png', encoding: 'base64', parts };
    expect(savedFileSchema.safeParse(file).error).toBeUndefined();
    expect(base64Parts(new Uint8Array())).toEqual([]);
  });
});

describe('figures', () => {
  it('cut an average to the currency’s decimals, never up', () => {
    const of = (amount: string, orders: number) => ({
      ...{ currency: 'USD', amount, orders, perBucket: [], perHour: [], perSource: [], perAsset: [] },
    });
    expect(averageOf(of('10', 3), 2)).toBe('3.33');
    expect(averageOf(of('20', 3), 0)).toBe('6');
    expect(averageOf(of('0', 0), 2)).toBe('0');
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 24n }), fc.integer({ min: 1, max: 1000 }), (cents, orders) => {
        const each = averageOf(of((cents / 100n).toString(), orders), 2);
        const all = addDecimals(Array.from({ length: orders }, () => each));
        expect(Number(all)).toBeLessThanOrEqual(Number(cents / 100n));
      }),
      { numRuns: 50 },
    );
  });
});

describe('the marks of an axis of time', () => {
  it('are few, even, in steps that people know, and no value is above them', () => {
    expect(durationMarks(90_000)).toEqual([0, 30_000, 60_000, 90_000]);
    expect(durationMarks(0)).toEqual([0, 100]);
    expect(durationMarks(7_000)).toEqual([0, 2000, 4000, 6000, 8000]);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40 * 86_400_000 }), (most) => {
        const marks = durationMarks(most);
        expect(marks.at(-1)).toBeGreaterThanOrEqual(most);
        expect(marks.length).toBeGreaterThan(1);
        expect(marks.length).toBeLessThanOrEqual(6);
        expect(new Set(marks.slice(1).map((mark, n) => mark - (marks[n] ?? 0))).size).toBe(1);
      }),
    );
  });
});
