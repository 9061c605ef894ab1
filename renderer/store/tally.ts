/** The four figures above the queue, and what was taken today by currency; kept up with every order that changes. */
import { formatUnits, parseUnits } from '../../contract/money.ts';
import { needsEyes } from '../../contract/needs-eyes.ts';
import type { Order } from '../../contract/order.ts';
import type { OrderKey } from './order-key.ts';
import type { StoreDay } from './store-day.ts';
import { takenAt } from './taken-at.ts';

export interface Tally {
  readonly waiting: number;
  readonly confirming: number;
  readonly needsEyes: number;
  readonly paidToday: number;
  /** One line per currency: the stores' own first, then the largest number of orders. */
  readonly taken: readonly { readonly currency: string; readonly amount: string; readonly orders: number }[];
}

/** What a tally is read by. "Today" is the day of each order's own store. */
export interface TallyView {
  /** The gateway's time. */
  readonly now: number;
  /** Null for every store. */
  readonly store: string | null;
  /** A store's time zone. */
  readonly zoneOf: (store: string) => string;
  readonly storeDay: StoreDay;
  /** The currencies of the stores' own reports. */
  readonly own: ReadonlySet<string>;
}

/** Every time zone's day begins on a quarter of an hour of UTC, so that one quarter lies within one day. */
const QUARTER_MS = 15 * 60_000;
/** No quarter that is farther away belongs to today: no day is longer than 26 hours. */
const DAY_MOST_MS = 26 * 3_600_000;
/** A decimal amount has no more digits behind its point. */
const DECIMALS_MOST = 30;

/** Money by currency. `units` are of 30 decimals. */
type Takings = Map<string, { orders: number; units: bigint }>;

/**
 * Counts by what changed, not by what is held: among 100,000 orders nothing is looked at but the one that moved, and
 * time only touches quarters of an hour. Test orders are no takings.
 */
export class TallyBook {
  readonly #stores = new Map<string, StoreTally>();

  /** An order that is new, changed or gone; undefined where there was, or is, none. */
  replace(key: OrderKey, before: Order | undefined, after: Order | undefined): void {
    if (before) this.#of(before.store).count(key, before, -1);
    if (after) this.#of(after.store).count(key, after, 1);
  }

  read({ now, store, zoneOf, storeDay, own }: TallyView): Tally {
    const counts = { waiting: 0, confirming: 0, needsEyes: 0, paidToday: 0 };
    const takings: Takings = new Map();
    for (const [id, tally] of this.#stores) {
      if (store !== null && id !== store) continue;
      counts.needsEyes += tally.eyes;
      counts.confirming += tally.confirming;
      counts.waiting += tally.waiting(now);
      counts.paidToday += tally.addToday(takings, now, zoneOf(id), storeDay);
    }
    const taken = [...takings].map(([currency, { orders, units }]) => ({
      currency,
      amount: formatUnits(units, DECIMALS_MOST),
      orders,
    }));
    const rank = (currency: string) => (own.has(currency) ? 0 : 1);
    taken.sort(
      (a, b) => rank(a.currency) - rank(b.currency) || b.orders - a.orders || (a.currency < b.currency ? -1 : 1),
    );
    return { ...counts, taken };
  }

  #of(store: string): StoreTally {
    let tally = this.#stores.get(store);
    if (!tally) this.#stores.set(store, (tally = new StoreTally()));
    return tally;
  }
}

/** One store's figures; those that time moves are kept by the quarter of an hour. */
class StoreTally {
  eyes = 0;
  confirming = 0;
  /** When orders that wait expire. */
  readonly #waiting = new Map<number, Map<OrderKey, number>>();
  readonly #paid = new Map<number, Takings>();
  /** Which quarters are of today, as far as asked. */
  #today = { day: '', zone: '', quarters: new Map<number, boolean>() };

  /** @param by 1 to count an order, −1 to count it no more */
  count(key: OrderKey, order: Order, by: 1 | -1): void {
    if (needsEyes(order)) this.eyes += by;
    if (order.status === 'awaiting') this.#countWaiting(key, order.expiresAt, by);
    else if (order.status === 'detected' || order.status === 'confirming') this.confirming += by;
    else this.#countPaid(order, by);
  }

  waiting(now: number): number {
    let count = 0;
    for (const [quarter, expiries] of this.#waiting) {
      if (quarter * QUARTER_MS > now) count += expiries.size;
      else if ((quarter + 1) * QUARTER_MS > now) for (const at of expiries.values()) if (at > now) count += 1;
    }
    return count;
  }

  /** Adds what was taken today. @returns how many orders that was */
  addToday(takings: Takings, now: number, zone: string, storeDay: StoreDay): number {
    const day = storeDay(now, zone);
    if (this.#today.day !== day || this.#today.zone !== zone) this.#today = { day, zone, quarters: new Map() };
    let count = 0;
    for (const [quarter, paid] of this.#paid) {
      if (Math.abs(quarter * QUARTER_MS - now) > DAY_MOST_MS || !this.#isToday(quarter, storeDay)) continue;
      for (const [currency, { orders, units }] of paid) {
        add(takings, currency, orders, units);
        count += orders;
      }
    }
    return count;
  }

  #isToday(quarter: number, storeDay: StoreDay): boolean {
    const { day, zone, quarters } = this.#today;
    let is = quarters.get(quarter);
    if (is === undefined) quarters.set(quarter, (is = storeDay(quarter * QUARTER_MS, zone) === day));
    return is;
  }

  #countWaiting(key: OrderKey, expiresAt: number, by: 1 | -1): void {
    const quarter = Math.floor(expiresAt / QUARTER_MS);
    const expiries = this.#waiting.get(quarter) ?? new Map<OrderKey, number>();
    if (by === 1) expiries.set(key, expiresAt);
    else expiries.delete(key);
    if (expiries.size > 0) this.#waiting.set(quarter, expiries);
    else this.#waiting.delete(quarter);
  }

  #countPaid(order: Order, by: 1 | -1): void {
    const at = takenAt(order);
    if (at === null) return;
    const { currency, amount } = order.price;
    const quarter = Math.floor(at / QUARTER_MS);
    const paid = this.#paid.get(quarter) ?? (new Map() as Takings);
    add(paid, currency, by, BigInt(by) * parseUnits(amount, DECIMALS_MOST));
    if (paid.size > 0) this.#paid.set(quarter, paid);
    else this.#paid.delete(quarter);
  }
}

/** A currency of which nothing is left is dropped. */
function add(takings: Takings, currency: string, orders: number, units: bigint): void {
  const held = takings.get(currency) ?? { orders: 0, units: 0n };
  const sum = { orders: held.orders + orders, units: held.units + units };
  if (sum.orders > 0) takings.set(currency, sum);
  else takings.delete(currency);
}
