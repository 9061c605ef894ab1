import { isOpen } from '../../../contract/order.ts';
import type { Order } from '../../../contract/order.ts';
import type { Position, Store } from '../../../contract/protocol.ts';
import type { SourceState } from '../../../contract/source-state.ts';
import type { Journal, StorePicture, StoreRecord } from '../journal/journal.ts';
import { applyEvents } from './apply-events.ts';
import type { Applied, Due } from './apply-events.ts';

/** What a book tells after it changed; the journal has it by then [DL3]. */
export interface BookListener {
  changed(store: string, orders: Iterable<string>, removed: readonly string[]): void;
  replaced(store: string): void;
  /** Orders wait to be fetched. */
  incomplete(store: string): void;
}

/** All the desk holds of one store. Everything is journalled before it is held, and held before it is shown. */
export class StoreBook {
  readonly #journal: Journal;
  readonly #listener: BookListener;
  #record: StoreRecord;
  #orders: Map<string, Order>;
  #sources: Map<string, SourceState>;
  #incomplete: Set<string>;
  #head: number;

  constructor(picture: StorePicture, journal: Journal, listener: BookListener) {
    this.#journal = journal;
    this.#listener = listener;
    this.#record = picture.record;
    this.#orders = byId(picture.orders);
    this.#sources = byId(picture.record.sources);
    this.#incomplete = new Set(picture.incomplete);
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
  get record(): StoreRecord {
    return this.#record;
  }
  get orders(): ReadonlyMap<string, Order> {
    return this.#orders;
  }
  get incomplete(): ReadonlySet<string> {
    return this.#incomplete;
  }

  picture(): StorePicture {
    return { record: this.#record, orders: [...this.#orders.values()], incomplete: [...this.#incomplete] };
  }

  heardOfHead(head: number): void {
    this.#head = head;
  }

  /** The gateway's word on sources this store knows; @param all true when every source can only be this store's */
  hearSources(sources: readonly SourceState[], all: boolean): void {
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
    const applied = applyEvents(this.#orders, dues);
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
    this.#journal.record({ record, events, orders: [...applied.orders.values()], incomplete, removed: [], quarantine });
    this.#record = record;
    for (const [order, state] of applied.orders) this.#orders.set(order, state);
    for (const order of applied.incomplete) this.#incomplete.add(order);
    this.#listener.changed(this.store.id, applied.orders.keys(), []);
    if (applied.incomplete.size > 0) this.#listener.incomplete(this.store.id);
    return applied;
  }

  /**
   * A new picture takes the place of all that was held [DL4]. Events of the same log stay as far as they go.
   * @param rewritten true when the log goes on differently from what this book holds of it, although its epoch is the
   *   same: events that are held may never have happened there
   */
  replace(
    store: Store,
    position: Position,
    orders: readonly Order[],
    sources: readonly SourceState[],
    bad: number,
    rewritten = false,
  ): void {
    const sameLog = !rewritten && this.#record.position?.epoch === position.epoch;
    const quarantined = this.#record.quarantined + bad;
    const record = { store, position, sources, quarantined, asOf: this.#record.asOf, base: position.seq };
    this.#journal.replace({ record, orders, incomplete: [] }, sameLog);
    this.#record = record;
    this.#orders = byId(orders);
    this.#sources = byId(sources);
    this.#incomplete = new Set();
    this.#head = position.seq;
    this.#listener.replaced(this.store.id);
  }

  /** An order as the gateway has it; one that is older than what is held changes nothing. */
  take(order: Order): void {
    const held = this.#orders.get(order.id);
    const newer = !held || order.updatedSeq > held.updatedSeq || this.#incomplete.has(order.id);
    if (!newer || (held && order.updatedSeq < held.updatedSeq)) return;
    this.#write([order], new Map([[order.id, false]]), []);
    this.#orders.set(order.id, order);
    this.#incomplete.delete(order.id);
    this.#listener.changed(this.store.id, [order.id], []);
  }

  /** The gateway does not know an order that waits to be fetched: there is nothing to wait for. */
  giveUp(order: string): void {
    if (!this.#incomplete.has(order)) return;
    const held = this.#orders.has(order);
    this.#write([], new Map(held ? [[order, false]] : []), held ? [] : [order]);
    this.#incomplete.delete(order);
  }

  /** Lets go of closed orders nothing happened to since `before`, gateway time. */
  forgetOlder(before: number): void {
    const old = [...this.#orders.values()].filter((order) => !isOpen(order) && order.updatedAt < before);
    if (old.length === 0) return;
    const removed = old.map(({ id }) => id);
    this.#write([], new Map(), removed);
    for (const id of removed) {
      this.#orders.delete(id);
      this.#incomplete.delete(id);
    }
    this.#listener.changed(this.store.id, [], removed);
  }

  #write(orders: readonly Order[], incomplete: ReadonlyMap<string, boolean>, removed: readonly string[]): void {
    this.#journal.record({ record: this.#record, events: [], orders, incomplete, removed, quarantine: [] });
  }
}

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
  return { record, orders: [], incomplete: [] };
}
