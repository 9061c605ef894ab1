import { isOpen } from '../../../contract/order.ts';
import type { Order } from '../../../contract/order.ts';

/** About how many bytes an order takes on its way to a renderer, without writing it out for that. Pure. */
export function roughBytes(order: Order): number {
  const { pay, payments, diagnosis, notes } = order;
  const text = notes.reduce((sum, { text: said }) => sum + said.length + 120, 0);
  return 700 + pay.length * 230 + payments.length * 420 + diagnosis.length * 400 + text;
}

/** What a person looks for first: open orders, then the newest. Pure. */
export function pictureOrder(orders: Iterable<Order>): string[] {
  const sorted = [...orders].sort((a, b) => Number(isOpen(b)) - Number(isOpen(a)) || b.createdAt - a.createdAt);
  return sorted.map(({ id }) => id);
}

/**
 * Takes as many orders as fit one message out of those that wait, at least one.
 * @param waiting ids, first come first; those taken are removed from it, and those not held any more
 */
export function takePage(waiting: Set<string>, orderOf: (id: string) => Order | undefined, mostBytes: number): Order[] {
  const page: Order[] = [];
  let bytes = 0;
  for (const id of waiting) {
    const order = orderOf(id);
    const size = order ? roughBytes(order) : 0;
    if (page.length > 0 && bytes + size > mostBytes) break;
    waiting.delete(id);
    if (order) page.push(order);
    bytes += size;
  }
  return page;
}
