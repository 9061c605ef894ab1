import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { sqliteCode } from '../system-words.ts';

/** A full disk, too, keeps a lock from being taken. Source: https://sqlite.org/rescode.html#busy */
const BUSY = 5;

/**
 * One gateway per data folder. The lock is the operating system's, on a file of its own: it is gone with the process,
 * however that ends.
 * @returns a function that gives it back
 * @throws Error while another gateway serves this folder
 */
export function lockForServing(dataDir: string): () => void {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const lock = new DatabaseSync(join(dataDir, 'serve.lock'), { timeout: 0 });
  try {
    lock.exec('begin exclusive');
  } catch (error) {
    lock.close();
    if (sqliteCode(error) !== BUSY) throw error;
    throw new Error(`another gateway serves ${dataDir}; stop it first, or choose another --data folder`, {
      cause: error,
    });
  }
  return () => {
    if (lock.isOpen) lock.close();
  };
}
