/** A disk that refuses writes to chosen SQLite files, as a full or read-only one does. */
import { DatabaseSync } from 'node:sqlite';

/** SQLite's primary result codes. Source: https://sqlite.org/rescode.html */
const trouble = {
  full: { errcode: 13, errstr: 'database or disk is full' },
  'read-only': { errcode: 8, errstr: 'attempt to write a readonly database' },
} as const;
export type DiskTrouble = keyof typeof trouble;

const WRITES = /^\s*(?:INSERT|UPDATE|DELETE|REPLACE)/i;

const failing = new Map<string, DiskTrouble>();
let original: typeof DatabaseSync.prototype.prepare | null = null;

/**
 * Must be called before the databases in question prepare their statements: a statement remembers where it writes to.
 * @returns takes it back
 */
export function watchDisk(): () => void {
  if (original) throw new Error('the disk is watched already');
  const prepare = (original = DatabaseSync.prototype.prepare);
  DatabaseSync.prototype.prepare = function (this: DatabaseSync, sql, ...more) {
    const statement = prepare.call(this, sql, ...more);
    const file = this.location();
    if (file === null || !WRITES.test(sql)) return statement;
    const run = statement.run.bind(statement);
    statement.run = ((...values: Parameters<typeof run>) => {
      const what = failing.get(file);
      if (what) throw Object.assign(new Error(trouble[what].errstr), { code: 'ERR_SQLITE_ERROR', ...trouble[what] });
      return run(...values);
    }) as typeof statement.run;
    return statement;
  };
  return () => {
    DatabaseSync.prototype.prepare = prepare;
    original = null;
    failing.clear();
  };
}

/** From now on nothing can be written to this file. @returns ends it */
export function failWrites(file: string, what: DiskTrouble): () => void {
  failing.set(file, what);
  return () => void failing.delete(file);
}
