import { randomUUID } from 'node:crypto';
import { knownEvent } from '../../../contract/events.ts';
import type { Event } from '../../../contract/events.ts';
import { fold } from '../../../contract/fold.ts';
import type { Order, OrderFact } from '../../../contract/order.ts';
import { belongsTo } from '../../../gateway/chains/follow/watch-list.ts';
import type { EventDraft, Ledger, Report } from '../../../gateway/ledger.ts';

/** A ledger in memory: the same decisions and the same fold, without a disk. Every event is checked by its schema. */
export class MemoryLedger implements Ledger {
  readonly events: Event[] = [];
  readonly #orders = new Map<string, Order>();
  readonly #listeners = new Set<(store: string, events: readonly Event[]) => void>();
  readonly #now: () => number;

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  async append(store: string, reports: readonly Report[]): Promise<readonly Event[]> {
    const events = reports.flatMap((report) =>
      report.decide(this.#orders.get(report.order)).map((draft) => this.#keep(store, draft)),
    );
    if (events.length > 0) for (const listener of [...this.#listeners]) listener(store, events);
    return events;
  }

  async order(_store: string, id: string): Promise<Order | undefined> {
    return this.#orders.get(id);
  }

  async openOrders(): Promise<readonly Order[]> {
    return [...this.#orders.values()];
  }

  async watchedOrders(chain: string): Promise<readonly Order[]> {
    return [...this.#orders.values()].filter(
      ({ pay, payments }) =>
        pay.some((option) => belongsTo(chain, option.chain)) || payments.some((each) => belongsTo(chain, each.chain)),
    );
  }

  onAppended(listener: (store: string, events: readonly Event[]) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  get listeners(): number {
    return this.#listeners.size;
  }

  /** Says something as a source would. */
  async say(source: string, order: string, draft: Pick<EventDraft, 'kind' | 'data'>): Promise<void> {
    const whole = { occurred: null, sent: null, ...draft, order, source } as EventDraft;
    await this.append('main', [{ order, decide: () => [whole] }]);
  }

  async place(id: string, fact: OrderFact, source = 'direct'): Promise<void> {
    await this.say(source, id, { kind: 'order.created', data: { order: fact } });
  }

  /** The kinds of an order's events after its creation, in order; confirmations with their number. */
  story(order: string): string[] {
    return this.events
      .filter((event) => event.order === order && event.kind !== 'order.created')
      .map(({ kind, data }) => (kind === 'payment.confirmations' ? `${kind} ${String(data['confirmations'])}` : kind));
  }

  #keep(store: string, draft: EventDraft): Event {
    const { occurred, sent, ...rest } = draft;
    const event: Event = {
      ...rest,
      seq: this.events.length + 1,
      id: randomUUID(),
      epoch: 'memory',
      store,
      at: { occurred, sent, received: this.#now() },
    };
    const known = knownEvent(event);
    if (!known) throw new Error(`${event.kind} is not known`);
    this.events.push(event);
    const order = event.order === null ? undefined : fold(this.#orders.get(event.order), event);
    if (order) this.#orders.set(order.id, order);
    return event;
  }
}
