/** One store of a desk over a real journal, its clock, and what its screen showed at each moment. */
import fc from 'fast-check';
import type { Event } from '../../../../../contract/events.ts';
import { foldAll } from '../../../../../contract/fold.ts';
import type { Order } from '../../../../../contract/order.ts';
import { checkEvent } from '../../../../../main/desk/delivery/check-event.ts';
import { StoreBook, emptyPicture } from '../../../../../main/desk/delivery/store-book.ts';
import { SqliteJournal } from '../../../../../main/desk/journal/sqlite-journal.ts';
import { Replay } from '../../../../../main/desk/past/replay.ts';
import { log } from '../../../contract/arbitrary-events.ts';
import { EPOCH } from '../delivery/facts.ts';

const STORE = 'main';
const BEGIN = 1_790_000_000_000;

export interface Shown {
  readonly at: number;
  readonly seq: number;
  readonly orders: Record<string, unknown>;
}

/** Comparable as JSON; customers are kept apart from everything that tells of the past [AU4]. */
export function plain(orders: Iterable<Order>): Record<string, unknown> {
  const bare = [...orders].map(({ customer: _, ...order }) => [order.id, order] as const);
  return JSON.parse(JSON.stringify(Object.fromEntries(bare.sort(([a], [b]) => (a < b ? -1 : 1))))) as never;
}

/** A log of a few orders that is the same for the same seed; what a desk would set aside is not in it. */
export function seededLog(seed: number, store = STORE): Event[] {
  const drafts = fc
    .sample(log, { seed, numRuns: 4 })
    .flatMap((events, part) =>
      events.map((event) => ({ ...event, order: event.order && `${event.order}-${part % 2}` })),
    );
  const events = drafts.map((event) => ({ ...event, epoch: EPOCH, store }));
  return events
    .filter((event) => checkEvent(event, store, EPOCH).ok)
    .map((event, n) => ({ ...event, seq: n + 1, id: `00000000-0000-4000-8000-${String(n + 1).padStart(12, '0')}` }));
}

export class PastWorld {
  events: readonly Event[];
  store = STORE;
  shown: Shown[] = [];
  readonly #dataDir: string;
  journal: SqliteJournal;
  book: StoreBook;
  now = BEGIN;

  constructor(dataDir: string, events: readonly Event[]) {
    this.#dataDir = dataDir;
    this.events = events;
    this.journal = this.#openJournal();
    this.book = this.#openBook();
  }

  /** The history of another store, in the same journal: a new file for each would keep the disk busy for nothing. */
  begin(store: string, events: readonly Event[]): void {
    [this.store, this.events, this.shown] = [store, events, []];
    this.book = this.#openBook();
  }

  /** The gateway's picture after `seq` becomes this desk's. */
  snapshot(seq: number): void {
    const orders = [...foldAll(new Map(), this.events.slice(0, seq)).values()];
    const store = { id: this.store, name: 'Main', currency: 'USD', timeZone: 'UTC' };
    this.now += 10;
    this.book.replace({
      store,
      position: { epoch: EPOCH, seq },
      orders,
      unmatched: [],
      sources: [],
      bad: 0,
      at: this.now,
    });
    this.#show();
  }

  /** The next events arrive together, each at its time. */
  arrive(count: number, apartMs: number): void {
    const due = this.events.slice(this.book.seq, this.book.seq + count).map((event) => {
      this.now += apartMs;
      return {
        seq: event.seq,
        arrival: checkEvent(event, this.store, EPOCH),
        emittedAt: this.now,
        arrivedAt: this.now,
      };
    });
    if (due.length > 0) this.book.apply(EPOCH, due);
    this.#show();
  }

  /** An order is fetched as the gateway has it, which may be ahead of this desk. */
  fetch(id: string, seq: number): void {
    this.now += 5;
    const order = foldAll(new Map(), this.events.slice(0, seq)).get(id);
    if (order) this.book.take(order);
    this.#show();
  }

  forgetOlder(before: number): void {
    this.now += 5;
    this.book.forgetOlder(before);
    this.#show();
  }

  trim(before: number): void {
    while (this.journal.trim(this.store, before, 1_000_000));
  }

  restart(): void {
    this.journal.close();
    this.journal = this.#openJournal();
    this.book = this.#openBook();
  }

  replay(breathe = async (): Promise<void> => undefined): Replay {
    return new Replay(this.store, { journal: this.journal, breathe, head: () => this.book.seq });
  }

  close(): void {
    this.journal.close();
  }

  #show(): void {
    this.shown.push({ at: this.now, seq: this.book.seq, orders: plain(this.book.orders.values()) });
  }

  #openJournal(): SqliteJournal {
    const none = { log: () => undefined, held: () => [], heldCommands: () => [] };
    return new SqliteJournal({ dataDir: this.#dataDir, now: () => this.now, ...none });
  }

  #openBook(): StoreBook {
    const { store: id } = this;
    const kept = this.journal.stores().find(({ record }) => record.store.id === id);
    const held = kept ?? emptyPicture({ id, name: 'Main' });
    const none = { changed: () => undefined, replaced: () => undefined, incomplete: () => undefined };
    return new StoreBook(held, this.journal, { ...none, now: () => this.now, unmatched: () => undefined });
  }
}
