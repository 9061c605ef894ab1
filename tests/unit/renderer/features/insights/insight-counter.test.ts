import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Order } from '../../../../../contract/order.ts';
import { InsightBook } from '../../../../../renderer/features/insights/count/insight-book.ts';
import {
  COUNT_WORK,
  countInsights,
  DRAW_EVERY_MS,
  SLICE_MS,
  SLICE_WORK,
} from '../../../../../renderer/features/insights/count/insight-counter.ts';
import type { Insights } from '../../../../../renderer/features/insights/count/insights.ts';
import { orderKey } from '../../../../../renderer/store/order-key.ts';
import type { OrderKey } from '../../../../../renderer/store/order-key.ts';
import { sampleOrder } from '../../../../support/fake-bridge/sample-orders.ts';
import { anyOrder, AROUND } from './sample-book.ts';

const query = {
  range: { from: '2026-10-24', to: '2026-10-26' },
  unit: 'day' as const,
  zones: new Map([['main', 'Europe/Lisbon']]),
  own: new Set(['USD']),
};

/** A map that tells how many of its orders were looked at. */
class WatchedOrders extends Map<OrderKey, Order> {
  looks = 0;
  override *[Symbol.iterator](): MapIterator<[OrderKey, Order]> {
    for (const entry of super.entries()) {
      this.looks += 1;
      yield entry;
    }
  }
}

/** @param lookMs how long the machine takes for one order, in milliseconds */
function stage(orders: readonly Order[], lookMs = 0) {
  const held = new WatchedOrders(orders.map((order) => [orderKey(order), order]));
  const state = { version: 1, now: 0, shown: [] as { at: number; insights: Insights }[], progress: [] as number[] };
  const listeners = new Set<() => void>();
  const waiting: { at: number; run: () => void }[] = [];
  const end = countInsights(query, {
    orders: held,
    version: () => state.version,
    monotonic: () => held.looks * lookMs,
    watch: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    after: (delayMs, run) => {
      const entry = { at: state.now + delayMs, run };
      waiting.push(entry);
      return () => void waiting.splice(waiting.indexOf(entry), 1);
    },
    show: (insights) => state.shown.push({ at: state.now, insights }),
    progress: (share) => state.progress.push(share),
  });
  return {
    ...{ held, state, listeners, waiting, end },
    /** Runs the next thing that waits. @returns how many orders it looked at; null when nothing waits */
    step(): number | null {
      const next = waiting.shift();
      if (!next) return null;
      state.now = Math.max(state.now, next.at);
      const before = held.looks;
      next.run();
      return held.looks - before;
    },
    settle(): number[] {
      const steps: number[] = [];
      for (let looked = this.step(); looked !== null; looked = this.step()) steps.push(looked);
      return steps;
    },
    change(...changed: readonly Order[]): void {
      for (const order of changed) held.set(orderKey(order), order);
      state.version += 1;
      for (const listener of listeners) listener();
    },
    newest: () => state.shown.at(-1)?.insights,
  };
}

const orders = (count: number) =>
  Array.from({ length: count }, (_, n) => sampleOrder(n, AROUND, { id: `ord_${n}`, createdAt: AROUND - n * 1000 }));
const fresh = (held: Iterable<Order>, heldSince: number | null) => {
  const book = new InsightBook(query);
  for (const order of held) book.count(order, 1);
  return book.read(heldSince);
};

describe('counting insights', () => {
  it('takes 100,000 orders in slices of bounded work, and tells how far it is', () => {
    const { settle, state, newest } = bound(stage(orders(100_000)));
    const slices = settle();
    expect(slices.length).toBeGreaterThanOrEqual((100_000 * COUNT_WORK) / SLICE_WORK);
    expect(Math.max(...slices)).toBeLessThanOrEqual(SLICE_WORK / COUNT_WORK + 1);
    expect(state.progress.every((share, n) => share >= (state.progress[n - 1] ?? 0))).toBe(true);
    expect(state.progress.at(-1)).toBeGreaterThan(0.95);
    expect(newest()?.created).toBe(100_000);
    expect(newest()?.heldSince).toBe(AROUND - 99_999 * 1000);
  });

  it.each([0.5, 3, 40])('ends a slice by the clock on a machine that takes %d ms an order', (lookMs) => {
    const many = orders(600);
    const { settle, newest } = bound(stage(many, lookMs));
    const slices = settle();
    // The clock is looked at after every few orders, not after each.
    expect(Math.max(...slices) * lookMs).toBeLessThanOrEqual(SLICE_MS + 5 * lookMs);
    expect(slices.filter((looked) => looked > 0).length).toBeGreaterThan(10);
    expect(newest()).toEqual(fresh(many, AROUND - 599 * 1000));
  });

  it('looks only once more at what is the same, and counts only what changed', () => {
    const { settle, change, state, newest } = bound(stage(orders(20_000)));
    settle();
    change(sampleOrder(7, AROUND, { id: 'ord_7', createdAt: AROUND, flags: ['late'] }));
    const slices = settle();
    expect(slices.reduce((sum, looked) => sum + looked, 0)).toBe(20_000);
    expect(slices.filter((looked) => looked > 0).length).toBeLessThanOrEqual(Math.ceil(20_000 / SLICE_WORK) + 1);
    expect(newest()?.exceptions).toEqual([{ kind: 'late', orders: 1 }]);
    expect(state.shown).toHaveLength(2);
  });

  it('draws at most once a second, however often something changes', () => {
    const { step, change, state, settle } = bound(stage(orders(10)));
    for (let n = 0; n < 200; n += 1) {
      change(sampleOrder(n, AROUND, { id: `ord_${n % 10}`, createdAt: AROUND }));
      if (n % 3 === 0) step();
    }
    settle();
    const gaps = state.shown.slice(1).map(({ at }, n) => at - (state.shown[n]?.at ?? 0));
    expect(state.shown.length).toBeGreaterThan(2);
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(DRAW_EVERY_MS);
  });

  it('ends up with what a fresh count gives, whatever came and went between its slices', () => {
    const many = fc.array(anyOrder(['main']), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(many, many, fc.array(fc.nat({ max: 29 }), { maxLength: 15 }), (first, second, removed) => {
        const { held, change, settle, step, newest } = bound(stage(first));
        step();
        change(...second);
        step();
        for (const n of removed) {
          const order = first[n];
          if (order) held.delete(orderKey(order));
        }
        change();
        settle();
        const since = Math.min(...[...held.values()].map(({ createdAt }) => createdAt));
        const expected = fresh(held.values(), Number.isFinite(since) ? since : null);
        expect({ ...newest(), exceptions: null }).toEqual({ ...expected, exceptions: null });
        expect(new Set(newest()?.exceptions)).toEqual(new Set(expected.exceptions));
      }),
      { numRuns: 80 },
    );
  });

  it('leaves nothing waiting and nothing listening once it is closed', () => {
    const { step, end, waiting, listeners, state } = bound(stage(orders(5000)));
    step();
    end();
    expect(waiting).toHaveLength(0);
    expect(listeners.size).toBe(0);
    expect(state.shown).toHaveLength(0);
  });
});

/** The stage's functions, usable by name alone. */
function bound(of: ReturnType<typeof stage>) {
  return { ...of, settle: () => of.settle(), step: () => of.step() };
}
