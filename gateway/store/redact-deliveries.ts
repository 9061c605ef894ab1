/** Takes customer data out of stored deliveries; each says from then on that its signature no longer fits [AU4]. */
import { setImmediate as turn } from 'node:timers/promises';
import { sql } from 'kysely';
import { numberOf } from './order-queries.ts';
import { redactBody } from './redact-body.ts';
import { securely } from './secure-delete.ts';
import type { SqliteConnection } from './sqlite-connection.ts';
import type { Tx } from './writer.ts';

type Reader = Pick<SqliteConnection, 'db'>;

/** Bodies looked through in one go, so that a long search holds up nobody. */
const PAGE = 500;

/** Ids of the deliveries that an order's events came with. */
export async function deliveriesOfOrder({ db }: Reader, store: string, order: string): Promise<string[]> {
  const rows = await db
    .selectFrom('events')
    .select(sql<string | null>`json ->> '$.raw'`.as('raw'))
    .distinct()
    .where('order_n', '=', numberOf(db, store, order))
    .execute();
  return rows.flatMap(({ raw }) => raw ?? []);
}

/** Ids of a store's deliveries in whose body a text stands, also where they made no event. */
export async function deliveriesNaming({ db }: Reader, store: string, text: string): Promise<string[]> {
  const found: string[] = [];
  const rowid = sql<number>`rowid`;
  const [{ last } = { last: 0 }] = await db
    .selectFrom('deliveries')
    .select(sql<number>`coalesce(max(rowid), 0)`.as('last'))
    .execute();
  for (let from = 0; from < last; from += PAGE) {
    const rows = await db
      .selectFrom('deliveries')
      .select('id')
      .where('store', '=', store)
      .where(rowid, '>', from)
      .where(rowid, '<=', from + PAGE)
      .where(sql<boolean>`instr(cast(body as text), ${text}) > 0`)
      .execute();
    found.push(...rows.map(({ id }) => id));
    await turn();
  }
  return found;
}

/**
 * @param needles what is known of the customer
 * @param at epoch milliseconds
 * @returns false when there is no such delivery, or it has yet to be read
 */
export async function redactDelivery(tx: Tx, id: string, needles: readonly string[], at: number): Promise<boolean> {
  const row = await tx.db
    .selectFrom('deliveries')
    .select('body')
    .where('id', '=', id)
    .where('state', '!=', 'pending')
    .executeTakeFirst();
  if (!row) return false;
  const body = redactBody(row.body, needles);
  await securely(tx, () =>
    tx.db.updateTable('deliveries').set({ body, redacted_at: at }).where('id', '=', id).execute(),
  );
  return true;
}
