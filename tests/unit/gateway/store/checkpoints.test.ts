import { statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startCheckpointThread } from '../../../../gateway/store/checkpoint-thread.ts';
import { DATABASE_FILE, openStorage } from '../../../../gateway/store/open-store.ts';
import type { Storage } from '../../../../gateway/store/open-store.ts';
import { tuneForWriting } from '../../../../gateway/store/tune.ts';

const PAGE = 4096;

let dataDir: string;
let file: string;
let storage: Storage;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'tillwatch-checkpoints-'));
  file = join(dataDir, DATABASE_FILE);
  storage = await openStorage({ dataDir, clock: Date, serving: true });
});
afterEach(async () => {
  await storage.close();
  await rm(dataDir, { recursive: true, force: true });
});

let written = 0;
/** One transaction of some 100 pages. */
const write = () =>
  storage.writer.write(async (tx) => {
    for (let row = 0; row < 50; row += 1) {
      written += 1;
      await tx.db
        .insertInto('meta')
        .values({ key: `key-${written}`, value: 'x'.repeat(2 * PAGE) })
        .execute();
    }
  });
const writeMany = async (times: number): Promise<void> => {
  for (let n = 0; n < times; n += 1) await write();
};
/** Of the write-ahead log: as long as it ever was since it was emptied. */
const pagesOfLog = (): number => statSync(`${file}-wal`).size / PAGE;
const placed = (database: DatabaseSync): { log: number; checkpointed: number } =>
  database.prepare('pragma wal_checkpoint(noop)').get() as { log: number; checkpointed: number };

test('the log of a writer that never rests is moved by the thread, long before a commit does it', async () => {
  const plain = new DatabaseSync(file);
  tuneForWriting(plain);
  const { wal_autocheckpoint: byCommit } = plain.prepare('pragma wal_autocheckpoint').get() as Record<string, number>;
  plain.close();
  await writeMany(150);
  expect(written * 2).toBeGreaterThan(byCommit! + 4_000);
  expect(pagesOfLog()).toBeGreaterThan(4_000);
  expect(pagesOfLog()).toBeLessThan(byCommit! - 1_000);
});

test('a long reading holds up nobody, and what it held back is moved after it', async () => {
  const beside = new DatabaseSync(file);
  beside.exec('begin');
  beside.prepare('select count(*) from meta').get();
  await writeMany(60);
  expect(pagesOfLog()).toBeGreaterThan(5_000);
  beside.exec('commit');
  await writeMany(15);
  const { log, checkpointed } = placed(beside);
  expect(log - checkpointed).toBeLessThan(2_500);
  beside.close();
});

test('deleting for good empties the log while the thread works', async () => {
  const writes = writeMany(25);
  await write();
  await writes;
  expect(await storage.purge()).toBe(true);
  expect(pagesOfLog()).toBe(0);
});

test('nothing of the thread is left when the storage is closed', async () => {
  await writeMany(15);
  await storage.close();
  expect(() => pagesOfLog()).toThrow(/ENOENT/);
  const again = new DatabaseSync(file, { readOnly: true });
  expect(again.prepare("select count(*) as n from meta where key like 'key-%'").get()).toEqual({ n: 750 });
  again.close();
});

test('a thread without a database holds up nobody', async () => {
  const thread = startCheckpointThread(join(dataDir, 'none', 'such.db'));
  await thread.checkpoint();
  await thread.checkpoint();
  await thread.close();
});
