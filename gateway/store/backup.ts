import { closeSync, fsyncSync, openSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { DATABASE_FILE } from './open-store.ts';

/**
 * Copies the database into a file of mode 0600, consistent as of one moment; the file appears whole or not at all.
 * @returns its size
 */
export async function writeBackup(dataDir: string, file: string): Promise<{ bytes: number }> {
  const unfinished = `${file}.${process.pid}.part`;
  closeSync(openSync(unfinished, 'wx', 0o600));
  try {
    const database = new DatabaseSync(join(dataDir, DATABASE_FILE), { timeout: 5_000 });
    try {
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

function flush(path: string): void {
  const handle = openSync(path, 'r');
  fsyncSync(handle);
  closeSync(handle);
}
