import type { Event } from '../../contract/events.ts';
import { fold } from '../../contract/fold.ts';
import type { Order } from '../../contract/order.ts';

/** Orders remembered; what falls out is told by its id instead of its reference. */
const ORDERS_MOST = 20_000;

/** As much of the orders as their events need to be told by name and amount. */
export class OrderMemory {
  readonly #orders = new Map<string, Order>();

  /** Takes the place of all that was known. */
  replace(orders: readonly Order[]): void {
    this.#orders.clear();
    for (const order of orders) this.#keep(order);
  }

  /** @returns the order after the event; undefined where it is about none that is known */
  apply(event: Event): Order | undefined {
    if (event.order === null) return undefined;
    const order = this.#orders.get(event.order);
    try {
      const after = fold(order, event);
      if (after) this.#keep(after);
      return after;
    } catch {
      // Data of a known kind that does not fit: the event is told without it.
      return order;
    }
  }

  /** The order that nothing happened to for longest goes first. */
  #keep(order: Order): void {
    this.#orders.delete(order.id);
    this.#orders.set(order.id, order);
    if (this.#orders.size <= ORDERS_MOST) return;
    for (const oldest of this.#orders.keys()) {
      this.#orders.delete(oldest);
      return;
    }
  }
}
