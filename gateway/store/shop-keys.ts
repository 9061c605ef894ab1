import type { KeyScope } from '../../contract/protocol.ts';
import type { SqliteConnection } from './sqlite-connection.ts';
import type { Tx } from './writer.ts';

/** An API key of a shop or an operator. Only its hash is stored. */
export interface ShopKey {
  readonly id: string;
  readonly name: string;
  readonly store: string;
  readonly scopes: readonly KeyScope[];
  readonly createdAt: number;
  readonly revokedAt: number | null;
}

interface KeyRow {
  id: string;
  name: string;
  store: string;
  scopes: string;
  created_at: number;
  revoked_at: number | null;
}

export async function insertKey(tx: Tx, hash: string, key: ShopKey): Promise<void> {
  const { id, name, store, scopes, createdAt, revokedAt } = key;
  await tx.db
    .insertInto('keys')
    .values({ id, hash, name, store, scopes: JSON.stringify(scopes), created_at: createdAt, revoked_at: revokedAt })
    .execute();
}

export async function findKey({ db }: Pick<SqliteConnection, 'db'>, hash: string): Promise<ShopKey | undefined> {
  const row = await db.selectFrom('keys').selectAll().where('hash', '=', hash).executeTakeFirst();
  return row && keyOf(row);
}

export async function listKeys({ db }: Pick<SqliteConnection, 'db'>): Promise<ShopKey[]> {
  return (await db.selectFrom('keys').selectAll().orderBy('created_at').orderBy('id').execute()).map(keyOf);
}

/** @returns false when there is no such key */
export async function revokeKey(tx: Tx, id: string, now: number): Promise<boolean> {
  const row = await tx.db.selectFrom('keys').select('revoked_at').where('id', '=', id).executeTakeFirst();
  if (!row) return false;
  if (row.revoked_at === null) await tx.db.updateTable('keys').set({ revoked_at: now }).where('id', '=', id).execute();
  return true;
}

function keyOf(row: KeyRow): ShopKey {
  return {
    id: row.id,
    name: row.name,
    store: row.store,
    scopes: JSON.parse(row.scopes) as KeyScope[],
    createdAt: row.created_at,
    revokedAt: row.revoked_at,
  };
}
