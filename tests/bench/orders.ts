/** Orders in numbers, as a shop's week leaves them: made from real events of a few payments, under many names. */
import { foldAll } from '../../contract/fold.ts';
import type { Order } from '../../contract/order.ts';
import { firstEvents } from './first-events.ts';

const MINUTE = 60_000;
/** Of so many orders one still waits for its money. */
const OPEN_ONE_OF = 50;

/**
 * @param dataDir of a gateway with some payments in its log
 * @param now epoch milliseconds; the orders were made in the week before
 */
export function manyOrders(dataDir: string, count: number, now: number): Order[] {
  const events = firstEvents(dataDir, 2_000);
  const settled = [...foldAll(new Map(), events).values()].filter(({ status }) => status === 'paid');
  const made = events.filter(({ kind }) => kind === 'order.created');
  const waiting = [...foldAll(new Map(), made).values()];
  return Array.from({ length: count }, (_, n) => {
    const kind = n % OPEN_ONE_OF === 0 ? waiting : settled;
    const model = kind[n % kind.length];
    if (!model) throw new Error('the log holds no payments of every kind');
    return renamed(model, n, now - Math.floor((n * 6 * 24 * 60 * MINUTE) / count));
  });
}

/** Every order has texts of its own, as parsing gives them: nothing is shared that would not be. */
function renamed(model: Order, n: number, createdAt: number): Order {
  const digits = n.toString(16).padStart(8, '0');
  const named = JSON.parse(JSON.stringify(model).replaceAll(model.sourceRef, `pay-${digits}`)) as Order;
  const { updatedAt } = model;
  const moved = (at: number): number => at - updatedAt + createdAt;
  return {
    ...named,
    id: `ord_${digits}`,
    reference: `R-${digits}`,
    createdAt,
    expiresAt: named.status === 'awaiting' ? createdAt + 7 * 24 * 60 * MINUTE : moved(named.expiresAt),
    graceUntil: named.status === 'awaiting' ? createdAt + 7 * 24 * 60 * MINUTE : moved(named.graceUntil),
    updatedAt: createdAt,
    ...(named.paidAt !== undefined && { paidAt: moved(named.paidAt) }),
    updatedSeq: n + 1,
  };
}
