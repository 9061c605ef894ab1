import { isOpen } from '../../../contract/order.ts';
import type { Order } from '../../../contract/order.ts';
import type { Position, Store } from '../../../contract/protocol.ts';
import type { SourceState } from '../../../contract/source-state.ts';
import { isUndecided } from '../../../contract/unmatched.ts';
import type { UnmatchedPayment } from '../../../contract/unmatched.ts';
import type { Journal, Quarantined, StoreChange, StorePicture, StoreRecord } from '../journal/journal.ts';
import { applyEvents } from './apply-events.ts';
import type { Applied, Due } from './apply-events.ts';

/** What a book tells after it changed; the journal has it by then [DL3]. */
export interface BookListener {
  /** The gateway's time by this desk's estimate, epoch milliseconds. */
  now(): number;
  changed(store: string, orders: Iterable<string>, removed: readonly string[]): void;
  replaced(store: string): void;
  /** Unmatched payments that are new or changed; null where some were let go of, so that all are to be told anew. */
  unmatched(store: string, payments: readonly string[] | null): void;
  /** Orders wait to be fetched. */
  incomplete(store: string): void;
}

/** A picture as the gateway gave it. */
export interface TakenPicture {
  readonly store: Store;
  readonly position: Position;
  /** When it was so, gateway time. */
  readonly at: number;
  readonly orders: readonly Order[];
  readonly unmatched: readonly UnmatchedPayment[];
  readonly sources: readonly SourceState[];
  /** How much of it could not be read. */
  readonly bad: number;
}

/** All the desk holds of one store. Everything is journalled before it is held, and held before it is shown. */
export class StoreBook {
  readonly #journal: Journal;
  readonly #listener: BookListener;
  #record: StoreRecord;
  #orders: Map<string, Order>;
  #sources: Map<string, SourceState>;
  #incomplete: Set<string>;
  #unmatched: Map<string, UnmatchedPayment>;
  #head: number;
  #sourcesAt: number | null = null;

  constructor(picture: StorePicture, journal: Journal, listener: BookListener) {
    this.#journal = journal;
    this.#listener = listener;
    this.#record = picture.record;
    this.#orders = byId(picture.orders);
    this.#sources = byId(picture.record.sources);
    this.#incomplete = new Set(picture.incomplete);
    this.#unmatched = byId(picture.unmatched);
    this.#head = picture.record.position?.seq ?? 0;
  }

  get store(): Store {
    return this.#record.store;
  }
  get position(): Position | null {
    return this.#record.position;
  }
  get seq(): number {
    return this.#record.position?.seq ?? 0;
  }
  /** The newest seq the gateway is known to have. */
  get head(): number {
    return Math.max(this.#head, this.seq);
  }
  /** Gateway time at which it told the states of all sources; null while it has not since this start. */
  get sourcesAt(): number | null {
    return this.#sourcesAt;
  }
  get record(): StoreRecord {
    return this.#record;
  }
  get orders(): ReadonlyMap<string, Order> {
    return this.#orders;
  }
  get incomplete(): ReadonlySet<string> {
    return this.#incomplete;
  }
  get unmatched(): ReadonlyMap<string, UnmatchedPayment> {
    return this.#unmatched;
  }

  picture(): StorePicture {
    const orders = [...this.#orders.values()];
    const unmatched = [...this.#unmatched.values()];
    return { record: this.#record, orders, incomplete: [...this.#incomplete], unmatched };
  }

  heardOfHead(head: number): void {
    this.#head = head;
  }

  /**
   * The gateway's word on sources this store knows.
   * @param at when it said so, gateway time
   * @param all true when every source can only be this store's
   */
  hearSources(sources: readonly SourceState[], at: number, all: boolean): void {
    this.#sourcesAt = at;
    for (const source of sources) if (all || this.#sources.has(source.id)) this.#sources.set(source.id, source);
    this.#record = { ...this.#record, sources: [...this.#sources.values()] };
  }

  /** Up to `asOf` (gateway time) what is held was current. Kept in memory; `save` writes it down. */
  provenCurrent(asOf: number): void {
    this.#record = { ...this.#record, asOf };
  }

  save(): void {
    this.#journal.saveRecord(this.#record);
  }

  /** Applies what follows the position without a hole. @returns what was applied */
  apply(epoch: string, dues: readonly Due[]): Applied {
    const applied = applyEvents({ orders: this.#orders, unmatched: this.#unmatched }, dues);
    const last = dues.at(-1);
    const id = last?.arrival.ok ? { id: last.arrival.event.id } : {};
    for (const [source, state] of applied.sources) this.#sources.set(source, state);
    const record: StoreRecord = {
      ...this.#record,
      position: last ? { epoch, seq: last.seq, ...id } : this.#record.position,
      sources: [...this.#sources.values()],
      quarantined: this.#record.quarantined + applied.quarantine.length,
    };
    const { events, quarantine } = applied;
    const incomplete = new Map([...applied.incomplete].map((order) => [order, true] as const));
    const [orders, unmatched] = [[...applied.orders.values()], [...applied.unmatched.values()]];
    this.#journal.record({ ...nothing, record, events, orders, incomplete, unmatched, quarantine });
    this.#record = record;
    for (const [order, state] of applied.orders) this.#orders.set(order, state);
    for (const order of applied.incomplete) this.#incomplete.add(order);
    for (const payment of unmatched) this.#unmatched.set(payment.id, payment);
    this.#listener.changed(this.store.id, applied.orders.keys(), []);
    if (unmatched.length > 0) this.#listener.unmatched(this.store.id, [...applied.unmatched.keys()]);
    if (applied.incomplete.size > 0) this.#listener.incomplete(this.store.id);
    return applied;
  }

  /** Notes an event that a new picture has to make up for; the picture counts it. */
  noteSetAside(event: Quarantined): void {
    this.#journal.record({ ...nothing, record: this.#record, quarantine: [event] });
  }

  /**
   * A new picture takes the place of all that was held [DL4]. Events of the same log stay as far as they go.
   * @param rewritten true when the log goes on differently from what this book holds of it, although its epoch is the
   *   same: events that are held may never have happened there
   */
  replace({ store, position, at, orders, unmatched, sources, bad }: TakenPicture, rewritten = false): void {
    const sameLog = !rewritten && this.#record.position?.epoch === position.epoch;
    const quarantined = this.#record.quarantined + bad;
    const record = { store, position, sources, quarantined, asOf: this.#record.asOf, base: position.seq };
    this.#journal.replace({ record, orders, incomplete: [], unmatched }, sameLog, at);
    this.#record = record;
    this.#orders = byId(orders);
    this.#sources = byId(sources);
    this.#incomplete = new Set();
    this.#unmatched = byId(unmatched);
    this.#head = position.seq;
    this.#listener.replaced(this.store.id);
  }

  /** An order as the gateway has it; one that is older than what is held changes nothing. */
  take(order: Order): void {
    const held = this.#orders.get(order.id);
    const newer = !held || order.updatedSeq > held.updatedSeq || this.#incomplete.has(order.id);
    if (!newer || (held && order.updatedSeq < held.updatedSeq)) return;
    this.#write([order], new Map([[order.id, false]]), [], [{ ...this.#moment(), id: order.id, order }]);
    this.#orders.set(order.id, order);
    this.#incomplete.delete(order.id);
    this.#listener.changed(this.store.id, [order.id], []);
  }

  /** The gateway does not know an order that waits to be fetched: there is nothing to wait for. */
  giveUp(order: string): void {
    if (!this.#incomplete.has(order)) return;
    const held = this.#orders.has(order);
    this.#write([], new Map(held ? [[order, false]] : []), held ? [] : [order], []);
    this.#incomplete.delete(order);
  }

  /** Lets go of closed orders and decided payments that nothing happened to since `before`, gateway time. */
  forgetOlder(before: number): void {
    this.#forgetOlderUnmatched(before);
    const old = [...this.#orders.values()].filter((order) => !isOpen(order) && order.updatedAt < before);
    if (old.length === 0) return;
    const removed = old.map(({ id }) => id);
    const moment = this.#moment();
    const replacements = removed.map((id) => ({ ...moment, id, order: null }));
    this.#write([], new Map(), removed, replacements);
    for (const id of removed) {
      this.#orders.delete(id);
      this.#incomplete.delete(id);
    }
    this.#listener.changed(this.store.id, [], removed);
  }

  #forgetOlderUnmatched(before: number): void {
    const old = [...this.#unmatched.values()].filter((each) => !isUndecided(each) && each.updatedAt < before);
    if (old.length === 0) return;
    const unmatchedRemoved = old.map(({ id }) => id);
    this.#journal.record({ ...nothing, record: this.#record, unmatchedRemoved });
    for (const id of unmatchedRemoved) this.#unmatched.delete(id);
    this.#listener.unmatched(this.store.id, null);
  }

  #moment(): { seq: number; at: number } {
    return { seq: this.seq, at: Math.round(this.#listener.now()) };
  }

  #write(
    orders: readonly Order[],
    incomplete: ReadonlyMap<string, boolean>,
    removed: readonly string[],
    replacements: StoreChange['replacements'],
  ): void {
    this.#journal.record({ ...nothing, record: this.#record, orders, incomplete, removed, replacements });
  }
}

const nothing: Omit<StoreChange, 'record'> = {
  ...{ events: [], orders: [], incomplete: new Map(), removed: [] },
  ...{ unmatched: [], unmatchedRemoved: [], quarantine: [], replacements: [] },
};

function byId<T extends { readonly id: string }>(things: readonly T[]): Map<string, T> {
  return new Map(things.map((thing) => [thing.id, thing]));
}

/** A store nothing is known of yet but its name. */
export function emptyPicture(store: { readonly id: string; readonly name: string }): StorePicture {
  const record: StoreRecord = {
    store: { ...store, currency: '', timeZone: 'UTC' },
    position: null,
    asOf: null,
    sources: [],
    quarantined: 0,
    base: 0,
  };
  return { record, orders: [], incomplete: [], unmatched: [] };
}
