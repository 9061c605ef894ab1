import type { Store } from '../../contract/protocol.ts';
import { newEpoch } from './event-log.ts';
import type { SqliteConnection } from './sqlite-connection.ts';
import type { Tx } from './writer.ts';

/** Creates the stores that are new, each with its own epoch, and takes over what the configuration says of the others. */
export async function declareStores(tx: Tx, stores: readonly Store[]): Promise<void> {
  for (const { id, name, currency, timeZone } of stores) {
    await tx.db
      .insertInto('stores')
      .values({ id, name, currency, time_zone: timeZone, epoch: newEpoch(), floor: 0 })
      .onConflict((conflict) => conflict.column('id').doUpdateSet({ name, currency, time_zone: timeZone }))
      .execute();
  }
}

export async function listStores({ db }: Pick<SqliteConnection, 'db'>): Promise<Store[]> {
  const rows = await db.selectFrom('stores').selectAll().orderBy('id').execute();
  return rows.map(({ id, name, currency, time_zone }) => ({ id, name, currency, timeZone: time_zone }));
}
