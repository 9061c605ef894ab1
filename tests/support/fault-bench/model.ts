import type { Event } from '../../../contract/events.ts';
import { fold } from '../../../contract/fold.ts';
import type { Order } from '../../../contract/order.ts';
import { canonicalJson } from '../../../gateway/canonical-json.ts';
import type { Fact } from './history.ts';

/** The sequential model: one event after the other into orders, as the log has them. */
export class Model {
  /** Orders as the log now gives them, in canonical JSON. */
  readonly bodies = new Map<string, string>();
  /** Every state an order ever had in any log, by id and updatedSeq. */
  readonly states = new Map<string, Set<string>>();
  readonly #events = new Map<string, string>();
  #orders = new Map<string, Order>();
  #seq = 0;
  #epoch: string | null = null;
  readonly #forgetful: boolean;
  #frozen = false;

  /** @param forgetful keeps nothing but the orders as they are now */
  constructor(forgetful = false) {
    this.#forgetful = forgetful;
  }

  get seq(): number {
    return this.#seq;
  }

  get epoch(): string | null {
    return this.#epoch;
  }

  /** The id of an event of the current log, or of an earlier epoch; undefined where there is none. */
  eventId(epoch: string, seq: number): string | undefined {
    return this.#events.get(`${epoch}/${seq}`);
  }

  /** As the log now gives it. */
  order(id: string): Order | undefined {
    return this.#orders.get(id);
  }

  /** What is committed from now on is not taken up any more. */
  freeze(): void {
    this.#frozen = true;
  }

  take(fact: Fact): void {
    if (this.#frozen) return;
    if (fact.type === 'committed') fact.events.forEach((event) => this.#add(event));
    if (fact.type !== 'log') return;
    this.#orders = new Map();
    this.bodies.clear();
    this.#seq = 0;
    this.#epoch = fact.epoch;
    // A log taken back under its old epoch: what followed is void.
    for (const key of this.#events.keys()) if (key.startsWith(`${fact.epoch}/`)) this.#events.delete(key);
    fact.events.forEach((event) => this.#add(event));
  }

  #add(event: Event): void {
    if (event.seq <= this.#seq) return;
    this.#seq = event.seq;
    if (!this.#forgetful) this.#events.set(`${event.epoch}/${event.seq}`, event.id);
    if (event.order === null) return;
    const order = fold(this.#orders.get(event.order), event);
    if (!order) return;
    const body = canonicalJson(order);
    this.#orders.set(order.id, order);
    this.bodies.set(order.id, body);
    if (this.#forgetful) return;
    const key = stateKey(order);
    this.states.set(key, (this.states.get(key) ?? new Set<string>()).add(body));
  }
}

export function stateKey({ id, updatedSeq }: { readonly id: string; readonly updatedSeq: number }): string {
  return `${id}@${updatedSeq}`;
}
