/** One append-only log per store: gapless `seq` from 1, a random `epoch`, written before it is published [DL1]. */
import { randomBytes } from 'node:crypto';
import type { Event } from '../../contract/events.ts';
import type { SnapshotReason } from '../../contract/protocol.ts';
import type { Position } from '../../contract/protocol.ts';
import type { SqliteConnection } from './sqlite-connection.ts';
import { statement } from './statement.ts';
import { StoredEvent } from './stored-event.ts';
import type { Tx } from './writer.ts';

export interface Head {
  readonly epoch: string;
  readonly seq: number;
  /** Events up to here have been trimmed; 0 while none was. */
  readonly floor: number;
}

export type CommittedListener = (store: string, events: readonly StoredEvent[]) => void;

type EventRow = { store: string; seq: number; id: string; order_n: number | null; kind: string; json: string };

const insertEvent = statement<EventRow>((db, slot) =>
  db.insertInto('events').values({
    store: slot('store'),
    seq: slot('seq'),
    id: slot('id'),
    order_n: slot('order_n'),
    kind: slot('kind'),
    json: slot('json'),
  }),
);

const selectAfter = statement<{ store: string; after: number; limit: number }, { seq: number; json: string }>(
  (db, slot) =>
    db
      .selectFrom('events')
      .select(['seq', 'json'])
      .where('store', '=', slot('store'))
      .where('seq', '>', slot('after'))
      .orderBy('seq')
      .limit(slot('limit')),
);

export function newEpoch(): string {
  return randomBytes(12).toString('base64url');
}

export class EventLog {
  readonly #reader: SqliteConnection;
  /** As the write transaction sees it. */
  readonly #pending = new Map<string, Head>();
  /** As everyone else sees it: what is committed. */
  readonly #committed = new Map<string, Head>();
  readonly #listeners = new Set<CommittedListener>();

  constructor(reader: SqliteConnection) {
    this.#reader = reader;
  }

  /** @throws Error for a store that does not exist */
  head(store: string): Head {
    const head = this.#committed.get(store);
    if (!head) throw new Error(`no store "${store}"`);
    return head;
  }

  knows(store: string): boolean {
    return this.#committed.has(store);
  }

  /** Reads every head anew: at the start, and when another process has written. */
  async reload(connection: Pick<SqliteConnection, 'db'>): Promise<void> {
    const rows = await connection.db
      .selectFrom('stores')
      .select(['id', 'epoch', 'floor'])
      .select((eb) =>
        eb
          .selectFrom('events')
          .select((each) => each.fn.max('seq').as('seq'))
          .whereRef('events.store', '=', 'stores.id')
          .as('seq'),
      )
      .execute();
    for (const { id, epoch, floor, seq } of rows) {
      const head = { epoch, floor, seq: Math.max(seq ?? 0, floor) };
      this.#pending.set(id, head);
      this.#committed.set(id, head);
    }
  }

  /** The head within the transaction: where the next event goes. */
  pending(store: string): Head {
    const head = this.#pending.get(store);
    if (!head) throw new Error(`no store "${store}"`);
    return head;
  }

  /**
   * Appends events that `pending` numbered; publishes them after COMMIT.
   * @param numberOf the number of an order that they are about
   */
  async append(tx: Tx, store: string, events: readonly Event[], numberOf: (order: string) => number): Promise<void> {
    const before = this.pending(store);
    const stored = events.map((event) => new StoredEvent(event.seq, JSON.stringify(event), event));
    const rows = stored.map(({ event: { seq, id, order, kind }, json }) => ({
      store,
      seq,
      id,
      order_n: order === null ? null : numberOf(order),
      kind,
      json,
    }));
    await tx.runEach(insertEvent, rows);
    const after = { ...before, seq: events.at(-1)?.seq ?? before.seq };
    this.#pending.set(store, after);
    tx.onRollback(() => this.#pending.set(store, before));
    tx.afterCommit(() => {
      this.#committed.set(store, after);
      for (const listener of this.#listeners) listener(store, stored);
    });
  }

  /** Trims: events up to `floor` are no longer there to resume from, though those of unsettled orders may be kept [DL8]. */
  async raiseFloor(tx: Tx, store: string, floor: number): Promise<void> {
    const before = this.pending(store);
    const after = { ...before, floor };
    await tx.db.updateTable('stores').set({ floor }).where('id', '=', store).execute();
    this.#pending.set(store, after);
    tx.onRollback(() => this.#pending.set(store, before));
    tx.afterCommit(() => void this.#committed.set(store, after));
  }

  /** Committed events after `after`, at most `limit` of them and, beyond the first, at most `maxBytes`. */
  async read(store: string, after: number, limit: number, maxBytes: number): Promise<StoredEvent[]> {
    const rows = await this.#reader.all(selectAfter, { store, after, limit });
    const events: StoredEvent[] = [];
    let total = 0;
    for (const { seq, json } of rows) {
      const event = new StoredEvent(seq, json);
      total += event.bytes;
      if (events.length > 0 && total > maxBytes) break;
      events.push(event);
    }
    return events;
  }

  /**
   * Whether a desk can resume after a position [DL4].
   * @returns why it must take a snapshot instead, or null when what follows is all there
   */
  async obstacle(store: string, after: Position | null): Promise<SnapshotReason | null> {
    const head = this.head(store);
    if (after && after.epoch !== head.epoch) return 'epoch-changed';
    const seq = after?.seq ?? 0;
    if (seq > head.seq) return 'ahead';
    if (seq < head.floor) return 'too-old';
    // A restored log keeps its events as they were: what follows must be of the epoch that is resumed, all of it.
    if (seq < head.seq && (await this.#epochAt(store, seq + 1)) !== head.epoch) return 'epoch-changed';
    if (after?.id === undefined || seq === head.floor) return null;
    return (await this.idAt(store, seq)) === after.id ? null : 'diverged';
  }

  async #epochAt(store: string, seq: number): Promise<string | undefined> {
    const [row] = await this.#reader.all(selectAfter, { store, after: seq - 1, limit: 1 });
    return row && (JSON.parse(row.json) as Event).epoch;
  }

  /** @returns the id of a committed event; undefined at 0, and where it has been trimmed */
  async idAt(store: string, seq: number): Promise<string | undefined> {
    const row = await this.#reader.db
      .selectFrom('events')
      .select('id')
      .where('store', '=', store)
      .where('seq', '=', seq)
      .executeTakeFirst();
    return row?.id;
  }

  onCommitted(listener: CommittedListener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }
}
