/** Old raw deliveries, the keys by which repeated ones are known, and old answers leave; a few rows at a time [DL8]. */
import { sql } from 'kysely';
import { securely } from './secure-delete.ts';
import type { SqliteConnection } from './sqlite-connection.ts';
import type { Tx } from './writer.ts';

type Reader = Pick<SqliteConnection, 'db'>;

/** Deliveries that belong to the whole history of an order whose old events are kept. */
export async function keptDeliveries({ db }: Reader, store: string, floor: number): Promise<Set<string>> {
  const orders = db
    .selectFrom('events as old')
    .select('old.order_n')
    .where('old.store', '=', store)
    .where('old.seq', '<=', floor)
    .where('old.order_n', 'is not', null);
  const rows = await db
    .selectFrom('events')
    .select(sql<string | null>`json ->> '$.raw'`.as('raw'))
    .where('order_n', 'in', orders)
    .execute();
  return new Set(rows.flatMap(({ raw }) => raw ?? []));
}

export interface DeliveryPage {
  /** Ids of those that may go. */
  readonly old: readonly string[];
  /** Where the next page goes on; null when what follows is not old. */
  readonly next: number | null;
}

/** A page of the oldest deliveries, in the order in which they were stored. */
export async function oldDeliveries(
  { db }: Reader,
  { after, before, most }: { readonly after: number; readonly before: number; readonly most: number },
): Promise<DeliveryPage> {
  const rowid = sql<number>`rowid`;
  const rows = await db
    .selectFrom('deliveries')
    .select(['id', 'received_at', 'state', rowid.as('row')])
    .where(rowid, '>', after)
    .orderBy(rowid)
    .limit(most)
    .execute();
  const young = rows.findIndex(({ received_at }) => received_at >= before);
  const reached = young < 0 ? rows : rows.slice(0, young);
  const old = reached.filter(({ state }) => state !== 'pending').map(({ id }) => id);
  return { old, next: reached.length < most ? null : (reached.at(-1)?.row ?? null) };
}

/** They may hold what processors say of customers: nothing is left of them in the file. */
export async function deleteDeliveries(tx: Tx, ids: readonly string[]): Promise<void> {
  await securely(tx, () =>
    tx.db.deleteFrom('deliveries').where('id', 'in', ids).where('state', '!=', 'pending').execute(),
  );
}

/** @returns how many answers to commands and idempotency keys went; fewer than `most` when no more are old */
export async function trimAnswers(tx: Tx, { before, most }: { before: number; most: number }): Promise<number> {
  const commands = tx.db.selectFrom('commands').select('id').where('at', '<', before).limit(most);
  const answered = await tx.db.deleteFrom('commands').where('id', 'in', commands).executeTakeFirst();
  const old = await tx.db
    .selectFrom('idempotency')
    .select(['store', 'key'])
    .where('created_at', '<', before)
    .limit(most)
    .execute();
  for (const { store, key } of old) {
    await tx.db.deleteFrom('idempotency').where('store', '=', store).where('key', '=', key).execute();
  }
  return Math.max(Number(answered.numDeletedRows), old.length);
}
