import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { DATABASE_FILE } from './open-store.ts';

/**
 * Another application's database is left alone: a gateway would put its own tables beside theirs. What is no database at
 * all is told of when it is opened.
 * @throws Error when the database in a folder has tables and is not marked as a gateway's
 */
export function refuseForeign(dataDir: string): void {
  const file = join(dataDir, DATABASE_FILE);
  if (!existsSync(file) || !hasUnmarkedTables(file)) return;
  throw new Error(`${file} is another application's database; choose another --data folder`);
}

function hasUnmarkedTables(file: string): boolean {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(file, { readOnly: true });
    const id = Object.values(database.prepare('pragma application_id').get() ?? {})[0];
    return id === 0 && database.prepare("select 1 from sqlite_schema where type = 'table'").get() !== undefined;
  } catch {
    return false;
  } finally {
    database?.close();
  }
}
