import { randomUUID } from 'node:crypto';
import type { Event } from '../../../../contract/events.ts';
import { fold } from '../../../../contract/fold.ts';
import { isOpen } from '../../../../contract/order.ts';
import type { Order } from '../../../../contract/order.ts';
import type { Diagnose } from '../../../../gateway/diagnosis/diagnosis.ts';
import type { EventDraft, Ledger, Report } from '../../../../gateway/ledger.ts';
import { ObservationBoard } from '../../../../gateway/observations.ts';

/** The ledger's contract in memory: decide, fold, diagnose, without durability. */
export class MemoryLedger implements Ledger {
  readonly events: Event[] = [];
  observations = new ObservationBoard();
  readonly #orders = new Map<string, Order>();
  readonly #listeners = new Set<(store: string, events: readonly Event[]) => void>();
  readonly #now: () => number;
  readonly #diagnose: Diagnose;

  constructor(now: () => number = () => 0, diagnose: Diagnose = () => []) {
    this.#now = now;
    this.#diagnose = diagnose;
  }

  async append(store: string, reports: readonly Report[]): Promise<readonly Event[]> {
    return this.add(store, reports);
  }

  /** As `append`, at once: for tests of what is pure. */
  add(store: string, reports: readonly Report[]): readonly Event[] {
    const start = this.events.length;
    for (const report of reports) {
      for (const draft of report.decide(this.#orders.get(report.order))) this.write(store, draft);
    }
    for (const id of new Set(reports.map(({ order }) => order))) {
      const order = this.#orders.get(id);
      if (order) for (const draft of this.#diagnose(order, this.#now(), this.observations)) this.write(store, draft);
    }
    const added = this.events.slice(start);
    for (const listener of this.#listeners) listener(store, added);
    return added;
  }

  /** What time and observations alone change. @returns when to look again */
  reconsider(store: string, orders: readonly string[]): number | null {
    let next: number | null = null;
    for (const id of orders) {
      const order = this.#orders.get(id);
      const lookAgain = (at: number): void => void (next = Math.min(next ?? at, at));
      const drafts = order ? this.#diagnose(order, this.#now(), this.observations, lookAgain) : [];
      for (const draft of drafts) this.write(store, draft);
    }
    return next;
  }

  /** As after a restart of the gateway. */
  forgetObservations(startedAt: number): void {
    this.observations = new ObservationBoard(startedAt);
  }

  write(store: string, { order, kind, source, occurred, sent, data, raw }: EventDraft): void {
    const seq = this.events.length + 1;
    const at = { occurred, sent, received: this.#now() };
    const event: Event = {
      seq,
      id: randomUUID(),
      epoch: 'e',
      store,
      order,
      kind,
      source,
      at,
      data,
      ...(raw !== undefined && { raw }),
    };
    this.events.push(event);
    if (order === null) return;
    const after = fold(this.#orders.get(order), event);
    if (!after) throw new Error(`${kind} for an order that was never created`);
    this.#orders.set(order, after);
  }

  /** The only order there is. */
  get only(): Order {
    const [order, other] = [...this.#orders.values()];
    if (!order || other) throw new Error(`expected one order, there are ${this.#orders.size}`);
    return order;
  }

  kinds(): string[] {
    return this.events.map(({ kind }) => kind);
  }

  async order(_store: string, id: string): Promise<Order | undefined> {
    return this.#orders.get(id);
  }

  async openOrders(store: string, source: string): Promise<readonly Order[]> {
    return [...this.#orders.values()].filter(
      (order) => order.store === store && order.source === source && isOpen(order),
    );
  }

  async watchedOrders(): Promise<readonly Order[]> {
    return [...this.#orders.values()];
  }

  onAppended(listener: (store: string, events: readonly Event[]) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }
}
