/** The four figures above the queue, and what was taken today by currency. */
import { addDecimals } from '../../contract/money.ts';
import type { Order } from '../../contract/order.ts';
import type { StoreDay } from './store-day.ts';
import { needsEyes } from '../../contract/needs-eyes.ts';

export interface Tally {
  readonly waiting: number;
  readonly confirming: number;
  readonly needsEyes: number;
  readonly paidToday: number;
  /** One line per currency: the stores' own first, then the largest number of orders. */
  readonly taken: readonly { readonly currency: string; readonly amount: string; readonly orders: number }[];
}

/**
 * Counts orders; test orders are no takings. "Today" is the day of each order's own store.
 * @param now the gateway's time
 * @param zoneOf a store's time zone
 * @param own the currencies of the stores' own reports
 */
export function tallyOf(
  orders: Iterable<Order>,
  now: number,
  zoneOf: (store: string) => string,
  storeDay: StoreDay,
  own: ReadonlySet<string>,
): Tally {
  const counts = { waiting: 0, confirming: 0, needsEyes: 0, paidToday: 0 };
  const amounts = new Map<string, string[]>();
  const dayAgo = now - 26 * 3_600_000;
  for (const order of orders) {
    if (needsEyes(order)) counts.needsEyes += 1;
    if (order.status === 'awaiting' && order.expiresAt > now) counts.waiting += 1;
    else if (order.status === 'detected' || order.status === 'confirming') counts.confirming += 1;
    else if (order.status === 'paid' && order.live && !order.provisional) {
      const paidAt = order.paidAt ?? order.updatedAt;
      const zone = zoneOf(order.store);
      // No day is longer than 26 hours, so older payments need no calendar.
      if (paidAt < dayAgo || storeDay(paidAt, zone) !== storeDay(now, zone)) continue;
      counts.paidToday += 1;
      const list = amounts.get(order.price.currency);
      if (list) list.push(order.price.amount);
      else amounts.set(order.price.currency, [order.price.amount]);
    }
  }
  const taken = [...amounts].map(([currency, list]) => ({ currency, amount: addDecimals(list), orders: list.length }));
  const rank = (currency: string) => (own.has(currency) ? 0 : 1);
  taken.sort(
    (a, b) => rank(a.currency) - rank(b.currency) || b.orders - a.orders || (a.currency < b.currency ? -1 : 1),
  );
  return { ...counts, taken };
}
