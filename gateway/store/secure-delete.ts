/** Deleting so that nothing of it is left in the file. Source: https://sqlite.org/pragma.html#pragma_secure_delete */
import { setTimeout as delay } from 'node:timers/promises';
import { sql } from 'kysely';
import type { SqliteConnection } from './sqlite-connection.ts';
import type { Tx } from './writer.ts';

/** How often it is tried to empty the write-ahead log while others read from it, and after how many milliseconds again. */
const TRIES = 40;
const AGAIN_MS = 25;

/** Whatever `run` deletes or overwrites is overwritten with zeros, also in pages that are given up. */
export async function securely<T>(tx: Tx, run: () => Promise<T>): Promise<T> {
  await sql`pragma secure_delete = on`.execute(tx.db);
  try {
    return await run();
  } finally {
    await sql`pragma secure_delete = fast`.execute(tx.db);
  }
}

/**
 * Empties the write-ahead log, in which pages still stand as they were before.
 * @returns false when somebody kept reading from it all the while; then it goes with a later checkpoint
 */
export async function emptyWriteAheadLog({ raw }: Pick<SqliteConnection, 'raw'>): Promise<boolean> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    if (!raw.isTransaction && raw.prepare('pragma wal_checkpoint(truncate)').get()?.['busy'] === 0) return true;
    await delay(AGAIN_MS);
  }
  return false;
}
