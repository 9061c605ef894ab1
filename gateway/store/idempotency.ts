import type { Tx } from './writer.ts';

/** A repeated request is the same request this long. */
export const IDEMPOTENCY_MS = 30 * 24 * 3_600_000;

export interface IdempotentUse {
  readonly hash: string;
  readonly order: string;
}

export async function findUse(tx: Tx, store: string, key: string, now: number): Promise<IdempotentUse | undefined> {
  const row = await tx.db
    .selectFrom('idempotency')
    .select(['hash', 'order_id'])
    .where('store', '=', store)
    .where('key', '=', key)
    .where('created_at', '>', now - IDEMPOTENCY_MS)
    .executeTakeFirst();
  return row && { hash: row.hash, order: row.order_id };
}

export async function saveUse(tx: Tx, store: string, key: string, use: IdempotentUse, now: number): Promise<void> {
  await tx.db.deleteFrom('idempotency').where('store', '=', store).where('key', '=', key).execute();
  await tx.db
    .insertInto('idempotency')
    .values({ store, key, hash: use.hash, order_id: use.order, created_at: now })
    .execute();
}
