import { closeSync, existsSync, mkdirSync, openSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { JournalDatabase } from './journal-database.ts';
import { UnreadableJournal } from './journal-schema.ts';
import type { JournalState, StorePicture } from './journal.ts';

export const JOURNAL_FILE = 'journal.sqlite';

export interface OpenedJournal {
  readonly database: JournalDatabase;
  readonly pictures: readonly StorePicture[];
  readonly state: JournalState;
}

/**
 * Opens the journal of a profile. One that cannot be read is set aside under another name; where none can be kept, the
 * desk runs from memory [DL9]. Never throws for what the disk does.
 * @param stamp distinguishes files set aside, such as the time
 */
export function openJournal(dataDir: string, stamp: string): OpenedJournal {
  const file = join(dataDir, JOURNAL_FILE);
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    return { ...opened(file), state: { state: 'ok' } };
  } catch (error) {
    return isUnreadable(error) ? afresh(file, stamp, error) : inMemory(error);
  }
}

export function inMemory(error: unknown): OpenedJournal {
  return { database: new JournalDatabase(':memory:'), pictures: [], state: { state: 'memory', detail: reason(error) } };
}

/** Sets an unreadable journal aside and begins a new one. */
export function afresh(file: string, stamp: string, error: unknown): OpenedJournal {
  try {
    const aside = setAside(file, stamp);
    return { ...opened(file), state: { state: 'set-aside', detail: `${reason(error)}; kept as ${aside}` } };
  } catch (second) {
    return inMemory(second);
  }
}

function opened(file: string): { database: JournalDatabase; pictures: StorePicture[] } {
  // It holds customers, and its folder may be one that others can read; SQLite's other files take their mode from it.
  if (!existsSync(file)) closeSync(openSync(file, 'a', 0o600));
  const database = new JournalDatabase(file);
  try {
    database.check();
    return { database, pictures: database.pictures() };
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Renamed rather than deleted: it may hold the only trace of what went wrong. @returns its new name, without folder */
function setAside(file: string, stamp: string): string {
  const suffix = `.unreadable-${stamp}`;
  for (const part of ['-wal', '-shm', '']) {
    if (existsSync(file + part)) renameSync(file + part, file + suffix + part);
  }
  return JOURNAL_FILE + suffix;
}

/** SQLite's primary result codes. Source: https://sqlite.org/rescode.html */
const SQLITE_CORRUPT = 11;
const SQLITE_NOTADB = 26;

/** True when the file itself is the trouble, false when its surroundings are: locked, read-only, full. */
export function isUnreadable(error: unknown): boolean {
  if (error instanceof SyntaxError || error instanceof UnreadableJournal) return true;
  if (!(error instanceof Error && 'errcode' in error && typeof error.errcode === 'number')) return false;
  const primary = error.errcode & 0xff;
  // 1 is SQLite's general error: a table that is not there, so not a journal of ours.
  return primary === SQLITE_CORRUPT || primary === SQLITE_NOTADB || primary === 1;
}

function reason(error: unknown): string {
  return (error instanceof Error ? error.message : 'unknown').slice(0, 200);
}
