import { statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { JOURNAL_FILE } from '../../../main/desk/journal/open-journal.ts';
import type { JournalMark } from './history.ts';
import { STORE } from './webhooks.ts';

/** Reads along how far a desk's journal is on disk, as another process would see it. */
export class JournalPeek {
  readonly #file: string;
  #database: DatabaseSync | null = null;
  #inode = 0;

  constructor(dataDir: string) {
    this.#file = join(dataDir, JOURNAL_FILE);
  }

  /** @returns null while there is nothing on disk that can be read */
  mark(): JournalMark | null {
    try {
      const row = this.#open().prepare('SELECT epoch, seq FROM stores WHERE id = ?').get(STORE);
      const { epoch, seq } = (row ?? { epoch: null, seq: null }) as { epoch: string | null; seq: number | null };
      return { epoch, seq: seq ?? 0 };
    } catch {
      this.close();
      return null;
    }
  }

  close(): void {
    this.#database?.close();
    this.#database = null;
  }

  /** The file may have been set aside and begun anew meanwhile. */
  #open(): DatabaseSync {
    const { ino } = statSync(this.#file);
    if (this.#database && ino === this.#inode) return this.#database;
    this.close();
    this.#inode = ino;
    return (this.#database = new DatabaseSync(this.#file, { readOnly: true }));
  }
}
