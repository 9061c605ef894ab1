import { sql } from 'kysely';
import type { SqliteConnection } from './sqlite-connection.ts';
import type { Tx } from './writer.ts';

/** An order whose customer was erased. */
export interface ErasedOrder {
  readonly store: string;
  /** The order's id. */
  readonly order: string;
}

export async function erasedOrders({ db }: Pick<SqliteConnection | Tx, 'db'>): Promise<ErasedOrder[]> {
  return db
    .selectFrom('orders')
    .select(['store', 'id as order'])
    .where(sql<boolean>`json ->> '$.customerErasedAt' is not null`)
    .orderBy('n')
    .execute();
}
