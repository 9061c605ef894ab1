/** The orders of one store as the main process tells them, whole pictures and changes alike. */
import type { OrdersPush } from '../../contract/ipc.ts';
import type { Order } from '../../contract/order.ts';
import { orderKey } from './order-key.ts';
import type { OrderKey } from './order-key.ts';

/**
 * Changed in place: at 60 messages a second over 100,000 orders a copy each time would cost more than all the rest.
 * The orders themselves are never changed, so a row sees by identity whether its order is another.
 */
export interface OrderBook {
  orders: Map<string, Order>;
  /** A new picture that is still coming; what was shown stays until it is whole. */
  coming: Map<string, Order> | null;
  /** False until the first picture is whole, and while a new one is coming. */
  complete: boolean;
  seq: number;
}

export function createOrderBook(): OrderBook {
  return { orders: new Map(), coming: null, complete: false, seq: 0 };
}

export type Changes = Map<OrderKey, Order | null>;

function put(orders: Map<string, Order>, push: OrdersPush, changes: Changes): void {
  for (const order of push.orders) {
    const held = orders.get(order.id);
    // A late message never takes an order back to what it was.
    if (held && held.updatedSeq > order.updatedSeq) continue;
    orders.set(order.id, order);
    changes.set(orderKey(order), order);
  }
  for (const id of push.removed) {
    if (orders.delete(id)) changes.set(orderKey({ store: push.store, id }), null);
  }
}

/** What differs when one picture takes the place of another. */
function replaced(store: string, before: ReadonlyMap<string, Order>, after: ReadonlyMap<string, Order>): Changes {
  const changes: Changes = new Map();
  for (const id of before.keys()) if (!after.has(id)) changes.set(orderKey({ store, id }), null);
  for (const order of after.values()) changes.set(orderKey(order), order);
  return changes;
}

/**
 * Applies one message.
 * @returns what changed on the screen; nothing while a new picture is coming over one that is shown
 */
export function applyOrders(book: OrderBook, push: OrdersPush): Changes {
  const changes: Changes = new Map();
  book.seq = push.seq;
  if (push.reset) {
    book.complete = false;
    // Where nothing is shown yet, rows appear as they come.
    book.coming = book.orders.size === 0 ? null : new Map();
  }
  if (book.coming) put(book.coming, push, new Map());
  else put(book.orders, push, changes);
  if (!push.complete) return changes;
  book.complete = true;
  if (!book.coming) return changes;
  const before = book.orders;
  book.orders = book.coming;
  book.coming = null;
  return replaced(push.store, before, book.orders);
}
