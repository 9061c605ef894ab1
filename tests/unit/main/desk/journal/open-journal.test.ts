import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { JOURNAL_FILE, openJournal } from '../../../../../main/desk/journal/open-journal.ts';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'tillwatch-journal-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('[AU4] keeps what it holds of customers for its owner alone, also in a folder that others can read', () => {
  chmodSync(folder, 0o755);
  const { database, state } = openJournal(folder, 'now');
  database.transaction(() => undefined);
  const files = readdirSync(folder);
  const open = files.filter((file) => (statSync(join(folder, file)).mode & 0o077) !== 0);
  database.close();
  expect([state, open]).toEqual([{ state: 'ok' }, []]);
  expect(files).toContain(JOURNAL_FILE);
});
