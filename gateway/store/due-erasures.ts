/**
 * Whose customers have yet to be erased again. It is written in the transaction that brings them back, and gone with the
 * one that erases them: whoever opens the data next goes on, whatever was killed in between [AU4]. Lies in `meta`, which no
 * restore replaces.
 */
import { sql } from 'kysely';
import type { ErasedOrder } from './erased-orders.ts';
import { readMeta, writeMeta } from './meta.ts';
import type { SqliteConnection } from './sqlite-connection.ts';
import type { Tx } from './writer.ts';

type Reader = Pick<SqliteConnection | Tx, 'db'>;

/** Names of stores hold no space. */
const PREFIX = 'erase ';

/** @param database `backup` while one is attached */
export async function dueErasures({ db }: Reader, database: 'main' | 'backup' = 'main'): Promise<ErasedOrder[]> {
  const rows = await db
    .withSchema(database)
    .selectFrom('meta')
    .select('key')
    .where(sql<boolean>`substr(key, 1, ${PREFIX.length}) = ${PREFIX}`)
    .execute();
  return rows.map(({ key }) => {
    const [store = '', ...order] = key.slice(PREFIX.length).split(' ');
    return { store, order: order.join(' ') };
  });
}

/** @param mark tells this demand from one that a later restore makes for the same order */
export async function demandErasure(tx: Tx, erased: ErasedOrder, mark: string): Promise<void> {
  await writeMeta(tx, keyOf(erased), mark);
}

/** The mark of an order's demand; undefined when nothing is due. */
export async function demandedErasure(reader: Reader, erased: ErasedOrder): Promise<string | undefined> {
  return readMeta(reader, keyOf(erased));
}

/** Nothing happens where another demand took this one's place. */
export async function settleErasure(tx: Tx, erased: ErasedOrder, mark: string): Promise<void> {
  await tx.db.deleteFrom('meta').where('key', '=', keyOf(erased)).where('value', '=', mark).execute();
}

function keyOf({ store, order }: ErasedOrder): string {
  return `${PREFIX}${store} ${order}`;
}
