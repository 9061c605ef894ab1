/** The ledger over SQLite: decide → append → fold → diagnose → project, in one transaction, published after COMMIT. */
import { randomUUID } from 'node:crypto';
import type { Event } from '../../contract/events.ts';
import { fold } from '../../contract/fold.ts';
import { foldUnmatched, unmatchedEvent, unmatchedId } from '../../contract/fold-unmatched.ts';
import { openStatuses } from '../../contract/order.ts';
import type { Customer, Order } from '../../contract/order.ts';
import type { UnmatchedPayment } from '../../contract/unmatched.ts';
import type { Diagnosis } from '../diagnosis/diagnosis.ts';
import type { Clock, EventDraft, Ledger, Report } from '../ledger.ts';
import { saveCustomer } from './customers.ts';
import { redactDelivery } from './redact-deliveries.ts';
import { withoutCustomer } from './draft-customer.ts';
import type { EventLog } from './event-log.ts';
import { readOrder, readStored, saveOrder } from './projection.ts';
import type { StoredOrder } from './projection.ts';
import type { SqliteConnection } from './sqlite-connection.ts';
import { readUnmatched, saveUnmatched } from './unmatched-payments.ts';
import type { Tx, Writer } from './writer.ts';

/**
 * Orders kept parsed between transactions, so that a busy order is not read again for each of its events. More would be kept for
 * nothing, and held up each collection of garbage.
 */
const KEPT_ORDERS = 1_000;

export interface LedgerOptions {
  readonly writer: Writer;
  readonly reader: SqliteConnection;
  readonly log: EventLog;
  readonly clock: Clock;
  readonly diagnose: Diagnosis;
}

interface Draught {
  readonly store: string;
  readonly now: number;
  readonly raw: string | undefined;
  readonly events: Event[];
  readonly orders: Map<string, { before: StoredOrder | undefined; after: Order | undefined }>;
  readonly customers: Map<string, Customer>;
  readonly unmatched: Map<string, { before: UnmatchedPayment | undefined; after: UnmatchedPayment | undefined }>;
}

export class SqliteLedger implements Ledger {
  readonly #options: LedgerOptions;
  readonly #kept = new Map<string, StoredOrder>();

  constructor(options: LedgerOptions) {
    this.#options = options;
  }

  append(store: string, reports: readonly Report[], raw?: string): Promise<readonly Event[]> {
    return this.#options.writer.write((tx) => this.appendIn(tx, store, reports, raw));
  }

  /** As `append`, within a transaction that does more. */
  async appendIn(tx: Tx, store: string, reports: readonly Report[], raw?: string): Promise<readonly Event[]> {
    const draught = this.#draught(store, raw);
    for (const report of reports) {
      const held = await this.#held(tx, draught, report.order);
      for (const draft of report.decide(held.after)) await this.#add(tx, draught, draft);
    }
    for (const { before, after } of [...draught.orders.values()]) {
      if (after && after !== before?.order) await this.#diagnose(tx, draught, after);
    }
    await this.#write(tx, draught);
    return draught.events;
  }

  /** Diagnoses orders as they stand, though no fact came: time passed, or something was observed. */
  reconsider(store: string, orders: readonly string[]): Promise<readonly Event[]> {
    return this.#options.writer.write(async (tx) => {
      const draught = this.#draught(store, undefined);
      for (const id of orders) {
        const { after } = await this.#held(tx, draught, id);
        if (after) await this.#diagnose(tx, draught, after);
      }
      await this.#write(tx, draught);
      return draught.events;
    });
  }

  /** Appends what is about no order, such as a source's state. */
  appendFacts(store: string, drafts: readonly EventDraft[]): Promise<readonly Event[]> {
    return this.#options.writer.write((tx) => this.appendFactsIn(tx, store, drafts));
  }

  /** As `appendFacts`, within a transaction that does more. */
  async appendFactsIn(tx: Tx, store: string, drafts: readonly EventDraft[]): Promise<readonly Event[]> {
    const draught = this.#draught(store, undefined);
    for (const draft of drafts) await this.#add(tx, draught, draft);
    await this.#write(tx, draught);
    return draught.events;
  }

  order(store: string, id: string): Promise<Order | undefined> {
    return readOrder(this.#options.reader, store, id);
  }

  async openOrders(store: string, source: string): Promise<readonly Order[]> {
    const { db } = this.#options.reader;
    const ofSource = db
      .selectFrom('orders')
      .select(['id', 'created_at', 'json'])
      .where('store', '=', store)
      .where('source', '=', source);
    const open = ofSource.where('status', 'in', [...openStatuses]);
    const inGrace = ofSource.where('status', '=', 'expired').where('grace_until', '>', this.#options.clock.now());
    const rows = await db
      .selectFrom(open.unionAll(inGrace).as('asked'))
      .select('json')
      .orderBy('created_at')
      .orderBy('id')
      .execute();
    return rows.map(({ json }) => JSON.parse(json) as Order);
  }

  async watchedOrders(chain: string): Promise<readonly Order[]> {
    const [from, to] = chain.endsWith('*') ? [chain.slice(0, -1), `${chain.slice(0, -1)}\u{10ffff}`] : [chain, chain];
    const { db } = this.#options.reader;
    const onChain = db
      .selectFrom('order_chains')
      .select('order_n')
      .distinct()
      .where('chain', '>=', from)
      .where('chain', '<=', to);
    const rows = await db
      .selectFrom(onChain.as('chained'))
      .innerJoin('orders', 'orders.n', 'chained.order_n')
      .select('orders.json')
      .where('orders.watch_until', '>', this.#options.clock.now())
      .execute();
    return rows.map(({ json }) => JSON.parse(json) as Order);
  }

  onAppended(listener: (store: string, events: readonly Event[]) => void): () => void {
    return this.#options.log.onCommitted((store, events) =>
      listener(
        store,
        events.map(({ event }) => event),
      ),
    );
  }

  /** Forgets what was kept in memory, because another process may have changed it. */
  forget(): void {
    this.#kept.clear();
  }

  async #diagnose(tx: Tx, draught: Draught, order: Order): Promise<void> {
    for (const draft of this.#options.diagnose(order, draught.now)) await this.#add(tx, draught, draft);
  }

  #draught(store: string, raw: string | undefined): Draught {
    const now = this.#options.clock.now();
    return { store, now, raw, events: [], orders: new Map(), customers: new Map(), unmatched: new Map() };
  }

  async #held(tx: Tx, draught: Draught, id: string) {
    const known = draught.orders.get(id);
    if (known) return known;
    const before = this.#kept.get(`${draught.store} ${id}`) ?? (await readStored(tx, draught.store, id));
    const held = { before, after: before?.order };
    draught.orders.set(id, held);
    return held;
  }

  async #add(tx: Tx, draught: Draught, given: EventDraft): Promise<void> {
    const { draft, customer } = withoutCustomer(given);
    if (customer && given.order !== null) {
      const { after } = await this.#held(tx, draught, given.order);
      // What was erased stays so, whatever a source says once more.
      if (after?.customerErasedAt === undefined) draught.customers.set(given.order, customer);
    }
    if (!draft) return;
    const { epoch, seq } = this.#options.log.pending(draught.store);
    const event = eventOf(draft, draught, epoch, seq + draught.events.length + 1);
    if (event.order !== null) {
      const held = await this.#held(tx, draught, event.order);
      const after = fold(held.after, event);
      if (!after) throw new Error(`${event.kind} for an order that was never created`);
      held.after = after;
    }
    await this.#foldUnmatched(tx, draught, event);
    draught.events.push(event);
  }

  async #foldUnmatched(tx: Tx, { store, unmatched }: Draught, event: Event): Promise<void> {
    const about = unmatchedEvent(event);
    if (!about) return;
    const id = unmatchedId(about);
    const held = unmatched.get(id);
    const before = held ? held.before : await readUnmatched(tx, store, id);
    const after = foldUnmatched(held ? held.after : before, about);
    if (!after) throw new Error(`${event.kind} for a payment that was never unmatched`);
    unmatched.set(id, { before, after });
  }

  async #write(tx: Tx, { store, now, raw, events, orders, customers, unmatched }: Draught): Promise<void> {
    const numbers = new Map<string, number>();
    for (const [id, { before, after }] of orders) {
      if (!after) continue;
      const n = before?.order === after ? before.n : await saveOrder(tx, before, after);
      numbers.set(id, n);
      if (before?.order !== after) this.#keep(tx, `${store} ${id}`, { n, order: after });
    }
    const numberOf = (order: string): number => knownNumber(numbers.get(order), order);
    if (events.length > 0) await this.#options.log.append(tx, store, events, numberOf);
    for (const { before, after } of unmatched.values()) if (after) await saveUnmatched(tx, before, after);
    for (const [order, customer] of customers) await saveCustomer(tx, store, numberOf(order), customer);
    const isErased = [...orders.values()].some(({ after }) => after?.customerErasedAt !== undefined);
    if (raw !== undefined && isErased) await redactDelivery(tx, raw, [], now);
  }

  #keep(tx: Tx, key: string, order: StoredOrder): void {
    this.#kept.delete(key);
    this.#kept.set(key, order);
    tx.onRollback(() => void this.#kept.delete(key));
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > KEPT_ORDERS && oldest !== undefined) this.#kept.delete(oldest);
  }
}

/** @throws Error for what was said of an order that was never created */
function knownNumber(n: number | undefined, order: string): number {
  if (n === undefined) throw new Error(`there is no order ${order}`);
  return n;
}

function eventOf(draft: EventDraft, { store, now, raw }: Draught, epoch: string, seq: number): Event {
  const delivery = draft.raw ?? raw;
  return {
    seq,
    id: randomUUID(),
    epoch,
    store,
    order: draft.order,
    kind: draft.kind,
    source: draft.source,
    at: { occurred: draft.occurred, sent: draft.sent, received: now },
    data: draft.data,
    ...(delivery !== undefined && { raw: delivery }),
    ...(draft.command !== undefined && { command: draft.command }),
    ...(draft.actor && { actor: draft.actor }),
  };
}
