import { randomUUID } from 'node:crypto';
import { copyFileSync, existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { eraseCustomer } from './customers.ts';
import { demandErasure, dueErasures } from './due-erasures.ts';
import { erasedOrders } from './erased-orders.ts';
import type { ErasedOrder } from './erased-orders.ts';
import { newEpoch } from './event-log.ts';
import { RESTORE_FOLDER, removeLeftovers } from './leftovers.ts';
import { CASE_KEY } from './meta.ts';
import { APPLICATION_ID, migrate } from './migrations.ts';
import { openStorage } from './open-store.ts';
import { securely } from './secure-delete.ts';
import { SAVEPOINTS_IN_FILES } from './tune.ts';
import type { Tx } from './writer.ts';

export interface Restored {
  readonly stores: readonly RestoredStore[];
  /**
   * How many customers the folder knew to be erased and the backup does not. They are gone again, and what it takes to
   * erase them again (erasing/erase-again.ts) is written down with the data.
   */
  readonly erasedSince: number;
}

export interface RestoredStore {
  readonly id: string;
  readonly epoch: string;
}

/** What was taken out of a delivery since the backup does not come back; one that has yet to be read is needed whole. */
const STAYS_REDACTED = `
update backup.deliveries as theirs set body = ours.body, redacted_at = ours.redacted_at
from main.deliveries as ours
where ours.id = theirs.id and ours.redacted_at is not null and theirs.redacted_at is null and theirs.state != 'pending'
`;

/**
 * Replaces everything in a data folder by a backup, in one transaction, also beside a serving gateway. The logs begin
 * new epochs; a desk or key revoked since the backup stays revoked, and pairing codes of then are void.
 * @throws Error when the file is no backup of ours, damaged, or newer than this version
 */
export async function restoreBackup(dataDir: string, file: string): Promise<Restored> {
  if (!existsSync(file)) throw new Error(`there is no file ${file}`);
  if (!statSync(file).isFile()) throw new Error(`${file} can't be restored: it is not a file`);
  removeLeftovers(dataDir, RESTORE_FOLDER);
  const folder = mkdtempSync(join(dataDir, `restore-${process.pid}-`));
  try {
    const copy = join(folder, 'backup.db');
    copyFileSync(file, copy);
    const tables = bringUpToDate(copy, file);
    return await replaceBy(copy, dataDir, tables);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function replaceBy(copy: string, dataDir: string, tables: readonly string[]): Promise<Restored> {
  const storage = await openStorage({ dataDir, clock: Date });
  try {
    storage.execute(SAVEPOINTS_IN_FILES);
    storage.attach(copy);
    return await storage.writer.write((tx) => takeOver(tx, (sql) => storage.execute(sql), tables));
  } finally {
    await storage.close();
  }
}

/** Checks the copy and migrates it. @returns its tables */
function bringUpToDate(copy: string, named: string): string[] {
  const database = new DatabaseSync(copy);
  try {
    const id = Object.values(database.prepare('pragma application_id').get() ?? {})[0];
    const sound = Object.values(database.prepare('pragma quick_check(1)').get() ?? {})[0];
    if (id !== APPLICATION_ID) throw new Error('it is not a Tillwatch backup');
    if (sound !== 'ok') throw new Error('it is damaged');
    migrate(database);
    const tables = database.prepare("select name from sqlite_schema where type = 'table' and name not like 'sqlite_%'");
    return tables.all().map(({ name }) => String(name));
  } catch (error) {
    throw new Error(`${named} can't be restored: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  } finally {
    database.close();
  }
}

async function takeOver(tx: Tx, execute: (sql: string) => void, tables: readonly string[]): Promise<Restored> {
  const revoked = {
    desks: await tx.db.selectFrom('desks').select(['id', 'revoked_at']).where('revoked_at', 'is not', null).execute(),
    keys: await tx.db.selectFrom('keys').select(['id', 'revoked_at']).where('revoked_at', 'is not', null).execute(),
  };
  const known = [...(await erasedOrders(tx)), ...(await dueErasures(tx))];
  let erasedSince = 0;
  // What stood there held customers: were it left in pages that are given up, erasing one later would not reach it.
  await securely(tx, async () => {
    execute(STAYS_REDACTED);
    for (const table of tables.filter((name) => name !== 'meta')) {
      execute(`delete from main."${table}"; insert into main."${table}" select * from backup."${table}"`);
    }
    erasedSince = await demandErasures(tx, known);
  });
  // Cases are signed as before; under which URL desks come is this machine's own matter.
  execute(`insert or replace into main.meta select * from backup.meta where key = '${CASE_KEY}'`);
  for (const table of ['desks', 'keys'] as const) {
    for (const { id, revoked_at } of revoked[table]) {
      await tx.db.updateTable(table).set({ revoked_at }).where('id', '=', id).execute();
    }
  }
  await tx.db.deleteFrom('pairing_codes').execute();
  const stores = await tx.db.selectFrom('stores').select('id').orderBy('id').execute();
  const restored = stores.map(({ id }) => ({ id, epoch: newEpoch() }));
  for (const { id, epoch } of restored) {
    await tx.db.updateTable('stores').set({ epoch }).where('id', '=', id).execute();
  }
  return { stores: restored, erasedSince };
}

/**
 * Demands to erase again whom the backup does not know to be erased, and whoever was due when it was made. An order that
 * it does not have is due as soon as its processor tells of it again.
 * @returns how many of them are back
 */
async function demandErasures(tx: Tx, known: readonly ErasedOrder[]): Promise<number> {
  const keyOf = ({ store, order }: ErasedOrder): string => `${store} ${order}`;
  const inBackup = new Set((await erasedOrders(tx)).map(keyOf));
  const due = [...known.filter((each) => !inBackup.has(keyOf(each))), ...(await dueErasures(tx, 'backup'))];
  const mark = randomUUID();
  let back = 0;
  for (const each of new Map(due.map((one) => [keyOf(one), one])).values()) {
    // No desk sees them again, not even until their deliveries are redacted and the log says so.
    if (await eraseCustomer(tx, each.store, each.order)) back += 1;
    await demandErasure(tx, each, mark);
  }
  return back;
}
