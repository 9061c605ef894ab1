/** What has grown old leaves the log, a few rows at a time; orders that somebody may still ask about stay whole [DL8]. */
import { sql } from 'kysely';
import { needsEyes } from '../../contract/needs-eyes.ts';
import type { Order } from '../../contract/order.ts';
import type { EventLog } from './event-log.ts';
import type { SqliteConnection } from './sqlite-connection.ts';
import type { Tx } from './writer.ts';

export interface TrimBounds {
  /** What the gateway received before may go, epoch milliseconds. */
  readonly before: number;
  /** Epoch milliseconds. */
  readonly now: number;
  /** How many rows are looked at in one transaction. */
  readonly most: number;
}

interface EventRow {
  readonly seq: number;
  readonly order_n: number | null;
}

const received = sql<number>`json ->> '$.at.received'`;

/** Whether the oldest event that can be resumed from has grown old. */
export async function hasOldEvents(reader: SqliteConnection, log: EventLog, store: string, before: number) {
  const row = await reader.db
    .selectFrom('events')
    .select(received.as('received'))
    .where('store', '=', store)
    .where('seq', '>', log.head(store).floor)
    .orderBy('seq')
    .limit(1)
    .executeTakeFirst();
  return row !== undefined && row.received < before;
}

/**
 * Raises a store's floor over its oldest events. @returns how many it went over; fewer than `most` when no more are old
 */
export async function trimEvents(tx: Tx, log: EventLog, store: string, bounds: TrimBounds): Promise<number> {
  const rows = await tx.db
    .selectFrom('events')
    .select(['seq', 'order_n', received.as('received')])
    .where('store', '=', store)
    .where('seq', '>', log.pending(store).floor)
    .orderBy('seq')
    .limit(bounds.most)
    .execute();
  const young = rows.findIndex((row) => row.received >= bounds.before);
  const old = young < 0 ? rows : rows.slice(0, young);
  const last = old.at(-1);
  if (!last) return 0;
  await deleteUnlessKept(tx, store, old, bounds);
  await log.raiseFloor(tx, store, last.seq);
  return old.length;
}

/**
 * Looks again at what was kept below the floor, because its order was not settled then.
 * @param after the last seq looked at
 * @returns the seq to go on after; null when all was looked at
 */
export async function trimKept(
  tx: Tx,
  log: EventLog,
  store: string,
  { after, ...bounds }: TrimBounds & { readonly after: number },
): Promise<number | null> {
  const rows = await tx.db
    .selectFrom('events')
    .select(['seq', 'order_n'])
    .where('store', '=', store)
    .where('seq', '>', after)
    .where('seq', '<=', log.pending(store).floor)
    .orderBy('seq')
    .limit(bounds.most)
    .execute();
  await deleteUnlessKept(tx, store, rows, bounds);
  return rows.length < bounds.most ? null : (rows.at(-1)?.seq ?? null);
}

async function deleteUnlessKept(tx: Tx, store: string, rows: readonly EventRow[], bounds: TrimBounds): Promise<void> {
  const named = [...new Set(rows.flatMap(({ order_n }) => order_n ?? []))];
  const kept = named.length === 0 ? new Set<number>() : await keptOrders(tx, named, bounds);
  const gone = rows.filter(({ order_n }) => order_n === null || !kept.has(order_n)).map(({ seq }) => seq);
  if (gone.length === 0) return;
  await tx.db.deleteFrom('events').where('store', '=', store).where('seq', 'in', gone).execute();
}

/** Open, under way, in need of a person, or moved lately: an order is there with its whole history, or not with its old. */
async function keptOrders(tx: Tx, numbers: readonly number[], { before, now }: TrimBounds) {
  const rows = await tx.db
    .selectFrom('orders')
    .select(['n', 'open', 'watch_until', 'updated_at', 'json'])
    .where('n', 'in', numbers)
    .execute();
  const kept = rows.filter(
    ({ open, watch_until, updated_at, json }) =>
      open === 1 || watch_until > now || updated_at >= before || needsEyes(JSON.parse(json) as Order),
  );
  return new Set(kept.map(({ n }) => n));
}
