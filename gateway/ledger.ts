/**
 * What sources, chains, commands and diagnosis see of the log: they decide on drafts, the ledger makes them events.
 * `gateway/store` implements it; nothing else writes.
 */
import type { Event, EventData, EventKind } from '../contract/events.ts';
import type { Actor, Order } from '../contract/order.ts';

/** An event before the ledger gave it seq, id, epoch, store and the time of receipt. */
export type EventDraft = {
  [K in EventKind]: {
    kind: K;
    /** Order id, null for what is about a source. */
    order: string | null;
    /** Id of the source or chain that says so. */
    source: string;
    /** Epoch milliseconds by the source's own clock, null where it does not say. */
    occurred: number | null;
    sent: number | null;
    data: EventData<K>;
    raw?: string;
    command?: string;
    actor?: Actor;
  };
}[EventKind];

/**
 * What somebody learnt about one order. `decide` is pure: it gets the order as projected inside the write transaction
 * (undefined where none exists yet) and answers with the facts that are new, none when the report is stale.
 */
export interface Report {
  readonly order: string;
  decide(order: Order | undefined): readonly EventDraft[];
}

export interface Ledger {
  /**
   * Decides and appends every report in one transaction, with what diagnosis makes of it; resolves after COMMIT.
   * Reports about the same order see each other's effect. A report whose `decide` throws fails the call alone.
   * @param raw id of the stored raw delivery behind the reports
   * @returns the appended events, none when nothing was new
   */
  append(store: string, reports: readonly Report[], raw?: string): Promise<readonly Event[]>;
  order(store: string, id: string): Promise<Order | undefined>;
  /** Orders of a source that money, time or the source may still move, oldest first. */
  openOrders(store: string, source: string): Promise<readonly Order[]>;
  /**
   * Orders of every store with a pay option or a payment on the chain that are still to be watched: until 24 h after
   * their grace, and beyond while one of their payments is neither settled nor gone.
   * @param chain a CAIP-2 id, or a namespace with a star, such as `eip155:*`, for every chain of it
   */
  watchedOrders(chain: string): Promise<readonly Order[]>;
  /** Called after each COMMIT with what was appended to a store. @returns a function that ends it */
  onAppended(listener: (store: string, events: readonly Event[]) => void): () => void;
}

/** Something with resources: sockets, timers, a database. Closing twice is harmless. */
export interface Closeable {
  close(): Promise<void>;
}

/** Epoch milliseconds; the one source of time in the gateway, replaced in tests. */
export interface Clock {
  now(): number;
}
