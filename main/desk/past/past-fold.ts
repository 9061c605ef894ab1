import { fold } from '../../../contract/fold.ts';
import type { Order } from '../../../contract/order.ts';
import type { ArrivedStep, Replacement } from '../journal/journal.ts';

/** Orders that are folded into, wherever they are held. */
export interface PastOrders {
  get(id: string): Order | undefined;
  set(id: string, order: Order): unknown;
  delete(id: string): unknown;
}

/**
 * Brings orders from one moment to a later one, as the desk did it: events in the order of their log, and between them,
 * each when it happened, what replaced or removed an order.
 */
export class PastFold {
  readonly #orders: PastOrders;
  readonly #replacements: readonly Replacement[];
  #replaced = 0;
  #at: number;

  /**
   * @param at the moment of the orders as they are given, gateway time
   * @param replacements those that are not in them yet, in the order in which they happened
   */
  constructor(orders: PastOrders, at: number, replacements: readonly Replacement[]) {
    this.#orders = orders;
    this.#at = at;
    this.#replacements = replacements;
  }

  /** The moment reached. A clock that was set back leads nowhere: what came later was shown later. */
  get at(): number {
    return this.#at;
  }

  /** How many of the replacements are in the orders. */
  get replaced(): number {
    return this.#replaced;
  }

  take({ at, event }: ArrivedStep): void {
    this.finish(at);
    if (event.order === null) return;
    const before = this.#orders.get(event.order);
    const after = fold(before, event);
    if (after && after !== before) this.#orders.set(event.order, after);
  }

  /** Up to this moment no more events come. */
  finish(at: number): void {
    this.#at = Math.max(this.#at, at);
    for (let next = this.#due(); next; next = this.#due()) {
      this.#replaced += 1;
      if (next.order) this.#orders.set(next.id, next.order);
      else this.#orders.delete(next.id);
    }
  }

  #due(): Replacement | null {
    const next = this.#replacements[this.#replaced];
    return next && next.at <= this.#at ? next : null;
  }
}
