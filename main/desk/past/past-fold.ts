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
 * each where it happened, what replaced or removed an order.
 */
export class PastFold {
  readonly #orders: PastOrders;
  readonly #replacements: readonly Replacement[];
  #replaced = 0;

  /** @param replacements those that are not in the orders yet, in the order in which they happened */
  constructor(orders: PastOrders, replacements: readonly Replacement[]) {
    this.#orders = orders;
    this.#replacements = replacements;
  }

  /** How many of the replacements are in the orders. */
  get replaced(): number {
    return this.#replaced;
  }

  take({ seq, event }: ArrivedStep): void {
    this.#replace((next) => next.seq < seq);
    if (event.order === null) return;
    const before = this.#orders.get(event.order);
    const after = fold(before, event);
    if (after && after !== before) this.#orders.set(event.order, after);
  }

  /**
   * What had happened between the last event and a moment.
   * @param seq of the last event
   * @param at gateway time
   */
  finish(seq: number, at: number): void {
    this.#replace((next) => next.seq < seq || (next.seq === seq && next.at <= at));
  }

  #replace(isDue: (next: Replacement) => boolean): void {
    for (;;) {
      const next = this.#replacements[this.#replaced];
      if (!next || !isDue(next)) return;
      this.#replaced += 1;
      if (next.order) this.#orders.set(next.id, next.order);
      else this.#orders.delete(next.id);
    }
  }
}
