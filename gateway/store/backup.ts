import { closeSync, fsyncSync, openSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { removeLeftovers } from './leftovers.ts';
import { APPLICATION_ID } from './migrations.ts';
import { DATABASE_FILE } from './open-store.ts';

/**
 * Copies the database into a file of mode 0600, consistent as of one moment; the file appears whole or not at all.
 * @returns its size
 * @throws Error when the data are none of a gateway
 */
export async function writeBackup(dataDir: string, file: string): Promise<{ bytes: number }> {
  removeLeftovers(dirname(resolve(file)), { before: `${basename(file)}.`, behind: '.part' });
  const unfinished = `${file}.${process.pid}.part`;
  closeSync(openSync(unfinished, 'wx', 0o600));
  try {
    const database = new DatabaseSync(join(dataDir, DATABASE_FILE), { timeout: 5_000 });
    try {
      requireOwn(database);
      database.prepare('vacuum into ?').run(unfinished);
    } finally {
      database.close();
    }
    flush(unfinished);
    renameSync(unfinished, file);
    flush(dirname(file));
    return { bytes: statSync(file).size };
  } finally {
    rmSync(unfinished, { force: true });
  }
}

/** What could not be restored is no backup. */
function requireOwn(database: DatabaseSync): void {
  const id = Object.values(database.prepare('pragma application_id').get() ?? {})[0];
  if (id !== APPLICATION_ID) throw new Error(`${DATABASE_FILE} there is not a gateway's; check --data`);
}

function flush(path: string): void {
  const handle = openSync(path, 'r');
  fsyncSync(handle);
  closeSync(handle);
}
