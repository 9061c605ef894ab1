/** Counts orders one by one, and uncounts them as they were counted, so that a change costs what one order costs. */
import type { Order } from '../../../../contract/order.ts';
import { takenAt } from '../../../store/taken-at.ts';
import type { DayRange, Unit } from '../../../store/insight-choice.ts';
import type { Insights } from './insights.ts';
import { exceptionsOf, isCounted, settlementSpan, sightSpan } from './order-facts.ts';
import type { ExceptionKind } from './order-facts.ts';
import { SpansCount } from './spans-over-time.ts';
import { TakingsCount } from './takings-count.ts';
import { createHourOfDay, createTimeGrid } from './time-grid.ts';
import type { TimeGrid } from './time-grid.ts';

/** What is asked for. */
export interface InsightQuery {
  readonly range: DayRange;
  readonly unit: Unit;
  /** Time zones of the stores that are counted, by store; orders of other stores are left out. */
  readonly zones: ReadonlyMap<string, string>;
  /** The stores' own currencies. */
  readonly own: ReadonlySet<string>;
}

export class InsightBook {
  readonly #query: InsightQuery;
  readonly #grid: TimeGrid;
  readonly #hourOfDay = createHourOfDay();
  readonly #takings = new Map<string, TakingsCount>();
  readonly #exceptions = new Map<ExceptionKind, number>();
  readonly #sight: SpansCount;
  readonly #settlement: SpansCount;
  #created = 0;
  #troubled = 0;

  constructor(query: InsightQuery) {
    this.#query = query;
    this.#grid = createTimeGrid(query.range, query.unit, [...new Set(query.zones.values())]);
    this.#sight = new SpansCount(this.#grid.buckets.length);
    this.#settlement = new SpansCount(this.#grid.buckets.length);
  }

  /** @param by 1 to count an order, −1 to count no more one that was counted as it is */
  count(order: Order, by: 1 | -1): void {
    const zone = this.#query.zones.get(order.store);
    if (zone === undefined || !isCounted(order)) return;
    const created = this.#grid.indexOf(order.createdAt, zone);
    if (created >= 0) this.#countCreated(order, created, by);
    this.#countTaken(order, zone, by);
    const span = settlementSpan(order);
    const paid = order.paidAt === undefined ? -1 : this.#grid.indexOf(order.paidAt, zone);
    if (span !== null && paid >= 0) this.#settlement.count(span, paid, by);
  }

  /** Readies what is read, in steps, since it may be a lot the first time. Yields what each cost, in durations. */
  *settle(): Generator<number> {
    yield* this.#sight.settle();
    yield* this.#settlement.settle();
  }

  /** @param heldSince when the oldest order held was created, epoch milliseconds */
  read(heldSince: number | null): Insights {
    const { range, unit, own } = this.#query;
    const rank = (currency: string) => (own.has(currency) ? 0 : 1);
    const taken = [...this.#takings].filter(([, { all }]) => all.orders > 0);
    taken.sort(([a, { all: x }], [b, { all: y }]) => rank(a) - rank(b) || y.orders - x.orders || (a < b ? -1 : 1));
    const exceptions = [...this.#exceptions].map(([kind, orders]) => ({ kind, orders }));
    return {
      ...{ range, unit, heldSince, created: this.#created, troubled: this.#troubled },
      paid: taken.reduce((sum, [, { all }]) => sum + all.orders, 0),
      takings: taken.map(([currency, count]) => count.read(currency, this.#grid)),
      exceptions: exceptions
        .filter(({ orders }) => orders > 0)
        .sort((a, b) => b.orders - a.orders || (a.kind < b.kind ? -1 : 1)),
      sight: this.#sight.read(this.#grid),
      settlement: this.#settlement.read(this.#grid),
    };
  }

  #countCreated(order: Order, bucket: number, by: 1 | -1): void {
    this.#created += by;
    const kinds = exceptionsOf(order);
    if (kinds.length > 0) this.#troubled += by;
    for (const kind of kinds) this.#exceptions.set(kind, (this.#exceptions.get(kind) ?? 0) + by);
    const span = sightSpan(order);
    if (span !== null) this.#sight.count(span, bucket, by);
  }

  #countTaken(order: Order, zone: string, by: 1 | -1): void {
    const at = takenAt(order);
    const bucket = at === null ? -1 : this.#grid.indexOf(at, zone);
    if (at === null || bucket < 0) return;
    const { currency } = order.price;
    let takings = this.#takings.get(currency);
    if (!takings) this.#takings.set(currency, (takings = new TakingsCount(this.#grid.buckets.length)));
    takings.count(order, { bucket, hour: this.#hourOfDay(at, zone) }, by);
  }
}
