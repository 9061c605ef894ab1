import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { JournalMark } from './history.ts';
import { STORE } from './webhooks.ts';

/**
 * How far a desk's journal is on disk: what would be there if the desk ended now.
 * @returns null where nothing can be read
 */
export function peekIntoJournal(file: string): JournalMark | null {
  return withCopy(file, (database) => {
    const row = database.prepare('SELECT epoch, seq FROM stores WHERE id = ?').get(STORE);
    const { epoch, seq } = (row ?? { epoch: null, seq: null }) as { epoch: string | null; seq: number | null };
    return { epoch, seq: seq ?? 0 };
  });
}

/** How many events the journal keeps; 0 where it cannot be read. */
export function journalRows(file: string): number {
  return withCopy(file, (database) => Number(database.prepare('SELECT count(*) AS n FROM events').get()?.['n'])) ?? 0;
}

/** The journal is locked for its desk alone, so a copy of its files is opened. */
function withCopy<T>(file: string, read: (database: DatabaseSync) => T): T | null {
  const folder = mkdtempSync(join(dirname(file), '..', 'peek-'));
  try {
    for (const part of ['', '-wal'])
      if (existsSync(file + part)) copyFileSync(file + part, join(folder, `copy${part}`));
    const database = new DatabaseSync(join(folder, 'copy'));
    try {
      return read(database);
    } finally {
      database.close();
    }
  } catch {
    return null;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
