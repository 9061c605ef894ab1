import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startCheckpointThread } from '../../../../gateway/store/checkpoint-thread.ts';
import type { CheckpointThread } from '../../../../gateway/store/checkpoint-thread.ts';
import { Checkpoints, tellsOfLog } from '../../../../gateway/store/checkpoints.ts';
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

test('what a long reading made of the log is given back to the disk', async () => {
  const beside = new DatabaseSync(file);
  beside.exec('begin');
  beside.prepare('select count(*) from meta').get();
  await writeMany(90);
  expect(pagesOfLog()).toBeGreaterThan(8_500);
  beside.exec('commit');
  await vi.waitUntil(async () => {
    await writeMany(5);
    return pagesOfLog() < 8_500;
  });
  beside.close();
});

test('a thread without a database holds up nobody, and makes none', async () => {
  const thread = startCheckpointThread(join(dataDir, 'none', 'such.db'));
  await thread.checkpoint();
  await thread.checkpoint();
  await thread.close();
  const gone = join(dataDir, 'gone.db');
  const another = startCheckpointThread(gone);
  await another.checkpoint();
  await another.close();
  expect(existsSync(gone)).toBe(false);
});

test('a file whose name means something in a URL is the one that is meant', async () => {
  const odd = join(dataDir, '100 %#?mode=ro.db');
  const database = new DatabaseSync(odd);
  database.exec('pragma journal_mode = wal; create table t (a); insert into t values (1)');
  const thread = startCheckpointThread(odd);
  await thread.checkpoint();
  const { log, checkpointed } = placed(database);
  expect([log > 0, log - checkpointed]).toEqual([true, 0]);
  await thread.close();
  database.close();
});

test('a process that has nothing else to do waits for what it asked of the thread', async () => {
  const module = fileURLToPath(new URL('../../../../gateway/store/checkpoint-thread.ts', import.meta.url));
  const program = `
    const { startCheckpointThread } = await import(${JSON.stringify(module)});
    const thread = startCheckpointThread(${JSON.stringify(file)});
    await thread.checkpoint();
    await thread.close();
    process.stdout.write('closed');
  `;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program]);
  let printed = '';
  child.stdout.on('data', (chunk) => (printed += String(chunk)));
  const [code] = (await once(child, 'close')) as [number];
  expect([code, printed]).toEqual([0, 'closed']);
});

/** A writer's log as it tells of it, and a thread that counts what it is asked for. */
function scripted(
  readings: readonly { log: number; checkpointed: number }[],
  over = async (): Promise<void> => undefined,
) {
  let reading = 0;
  const raw = { prepare: () => ({ get: () => readings[Math.min(reading++, readings.length - 1)] }) };
  const passes: number[] = [];
  const thread: CheckpointThread = {
    checkpoint: () => {
      passes.push(reading - 1);
      return over();
    },
    close: async () => undefined,
  };
  const checkpoints = new Checkpoints({ raw: raw as unknown as DatabaseSync }, () => thread);
  return { checkpoints, passes };
}

test('somebody who reads an old state costs a pass every thousand pages, and where the log is long one more', async () => {
  const readings = Array.from({ length: 80 }, (_, n) => ({ log: n * 100, checkpointed: 50 }));
  const { checkpoints, passes } = scripted(readings);
  for (const _ of readings) await checkpoints.keepUp();
  expect(passes).toEqual([10, 20, 30, 40, 41, 50, 51, 60, 61, 70, 71]);
});

test('short readings one after the other, which leave the log nowhere to begin anew, do not make each commit wait', async () => {
  const state = { log: 4_000, checkpointed: 0 };
  const raw = { prepare: () => ({ get: () => state }) } as unknown as DatabaseSync;
  const passes: number[] = [];
  const checkpoints = new Checkpoints({ raw }, () => ({
    checkpoint: async () => {
      passes.push(state.log);
      state.checkpointed = state.log;
    },
    close: async () => undefined,
  }));
  for (; state.log < 8_000; state.log += 100) await checkpoints.keepUp();
  expect(passes).toEqual([4_000, 4_100, 5_000, 5_100, 6_000, 6_100, 7_000, 7_100]);
});

test('a log that began anew is moved when it is long again', async () => {
  const logs = [1_000, 2_000, 40, 900, 1_000, 1_500, 2_100];
  const { checkpoints, passes } = scripted(logs.map((log) => ({ log, checkpointed: 0 })));
  for (const _ of logs) await checkpoints.keepUp();
  expect(passes).toEqual([0, 1, 4, 6]);
});

test('the writer waits for what a pass left once the log is long, and not before', async () => {
  const ends: (() => void)[] = [];
  const over = () => new Promise<void>((resolve) => ends.push(resolve));
  const logs = [1_000, 1_100, 5_000, 5_100];
  const { checkpoints, passes } = scripted(
    logs.map((log) => ({ log, checkpointed: 0 })),
    over,
  );
  for (const begun of [[0], [0], [0, 2]]) {
    await checkpoints.keepUp();
    expect(passes).toEqual(begun);
    ends.shift()?.();
    await new Promise((resume) => setImmediate(resume));
  }
  let goesOn = false;
  const waiting = checkpoints.keepUp().then(() => (goesOn = true));
  await new Promise((resume) => setImmediate(resume));
  expect([ends.length, goesOn]).toEqual([1, false]);
  ends.shift()?.();
  await waiting;
  await checkpoints.close();
});

test('neither a log that cannot be read nor a thread that cannot begin keeps anybody from writing', async () => {
  const raw = { prepare: () => ({ get: () => ({ log: 9_000, checkpointed: 0 }) }) } as unknown as DatabaseSync;
  const without = new Checkpoints({ raw }, () => {
    throw new Error('no more threads');
  });
  await without.keepUp();
  await without.close();
  const unread = {
    prepare: () => ({
      get: () => {
        throw new Error('disk I/O error');
      },
    }),
  } as unknown as DatabaseSync;
  await new Checkpoints({ raw: unread }, () => startCheckpointThread(file)).keepUp();
});

test.each([
  ['3.50.4', false],
  ['3.9.2', false],
  ['3.51.0', true],
  ['3.53.4', true],
  ['4.0.0', true],
])('SQLite %s is asked how long the log is: %s', (version, asked) => {
  expect(tellsOfLog(version)).toBe(asked);
});
