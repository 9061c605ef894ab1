import type { Event } from '../../contract/events.ts';
import { numberOf } from './order-queries.ts';
import type { SqliteConnection } from './sqlite-connection.ts';

/**
 * The events of one order, oldest first.
 * @param after only those with a higher sequence number
 * @param limits most events and, beyond the first, most bytes of JSON
 * @returns with `next` when there are more: the `after` to go on with
 */
export async function orderHistory(
  { db }: Pick<SqliteConnection, 'db'>,
  of: { store: string; order: string; after: number },
  limits: { events: number; bytes: number },
): Promise<{ events: Event[]; next?: number }> {
  const rows = await db
    .selectFrom('events')
    .select(['seq', 'json'])
    .where('store', '=', of.store)
    .where('order_n', '=', numberOf(db, of.store, of.order))
    .where('seq', '>', of.after)
    .orderBy('seq')
    .limit(limits.events + 1)
    .execute();
  const events: Event[] = [];
  let bytes = 0;
  for (const { json } of rows.slice(0, limits.events)) {
    bytes += Buffer.byteLength(json);
    if (events.length > 0 && bytes > limits.bytes) break;
    events.push(JSON.parse(json) as Event);
  }
  const last = events.at(-1);
  return last && events.length < rows.length ? { events, next: last.seq } : { events };
}
