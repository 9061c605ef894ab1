import { mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DATABASE_FILE, openStorage } from '../../../../gateway/store/open-store.ts';
import type { Storage } from '../../../../gateway/store/open-store.ts';
import { readMeta, writeMeta } from '../../../../gateway/store/meta.ts';
import { SqliteConnection } from '../../../../gateway/store/sqlite-connection.ts';
import { Writer } from '../../../../gateway/store/writer.ts';

let dataDir: string;
let storage: Storage;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'tillwatch-store-'));
  storage = await openStorage({ dataDir, clock: Date });
});
afterEach(async () => {
  await storage.close();
  await rm(dataDir, { recursive: true, force: true });
});

const insert = (key: string, value = key) =>
  storage.writer.write(async (tx) => {
    await tx.db.insertInto('meta').values({ key, value }).execute();
    return key;
  });
const keys = async () =>
  (await storage.reader.db.selectFrom('meta').select('key').orderBy('key').execute()).map(({ key }) => key);

describe('group commit', () => {
  test('jobs of one turn share a commit, and resolve after it', async () => {
    const commits = new Set<number>();
    const beside = new DatabaseSync(join(dataDir, DATABASE_FILE));
    const version = () => Number(beside.prepare('pragma data_version').get()?.['data_version']);
    const before = version();
    await Promise.all(['a', 'b', 'c', 'd'].map((key) => insert(key).then(() => commits.add(version()))));
    beside.close();
    expect([...commits]).toHaveLength(1);
    expect([...commits][0]).not.toBe(before);
    expect(await keys()).toEqual(['a', 'b', 'c', 'd']);
  });

  test('what the gateway does itself shares the commit of 64 webhooks that came at once, and none waits for the next', async () => {
    const beside = new DatabaseSync(join(dataDir, DATABASE_FILE));
    const version = () => Number(beside.prepare('pragma data_version').get()?.['data_version']);
    version();
    const jobs = Array.from({ length: 64 + 6 }, (_, n) => insert(`job ${n}`).then(version));
    expect(new Set(await Promise.all(jobs)).size).toBe(1);
    beside.close();
  });

  test('jobs that come one a turn do not wait for a commit each', async () => {
    const beside = new DatabaseSync(join(dataDir, DATABASE_FILE));
    const version = () => Number(beside.prepare('pragma data_version').get()?.['data_version']);
    version();
    const writes: Promise<number>[] = [];
    for (const key of ['a', 'b', 'c', 'd']) {
      // Asked for first, it comes before the writer looks, as what a turn reads from the line does.
      const turn = new Promise((resume) => setImmediate(resume));
      writes.push(insert(key).then(version));
      await turn;
    }
    expect(new Set(await Promise.all(writes)).size).toBe(1);
    beside.close();
  });

  test('a job that fails is undone alone', async () => {
    const undone: string[] = [];
    const results = await Promise.allSettled([
      insert('a'),
      storage.writer.write(async (tx) => {
        tx.onRollback(() => undone.push('first'));
        tx.onRollback(() => undone.push('second'));
        await tx.db.insertInto('meta').values({ key: 'half', value: '' }).execute();
        await tx.db.insertInto('meta').values({ key: 'a', value: '' }).execute();
      }),
      insert('b'),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    const eachTime = ['second', 'first'];
    expect([await keys(), undone]).toEqual([
      ['a', 'b'],
      [...eachTime, ...eachTime],
    ]);
  });

  test('a job that fails by itself runs once', async () => {
    let runs = 0;
    const alone = storage.writer.write(async () => {
      runs += 1;
      throw new Error('no');
    });
    await expect(alone).rejects.toThrow('no');
    expect(runs).toBe(1);
    await insert('after');
    expect(await keys()).toEqual(['after']);
  });

  test('whichever fail, the others are done once', async () => {
    let round = 0;
    const outcomes = fc.asyncProperty(fc.array(fc.boolean(), { minLength: 1, maxLength: 100 }), async (failures) => {
      round += 1;
      const jobs = failures.map((fails, n) => ({ key: `${round}-${n}`, fails }));
      const good = jobs.flatMap(({ key, fails }) => (fails ? [] : [key]));
      const bad = jobs.flatMap(({ key, fails }) => (fails ? [`Error: ${key}`] : []));
      const held = new Set<string>();
      const told: string[] = [];
      const results = await Promise.allSettled(
        jobs.map(({ key, fails }) =>
          storage.writer.write(async (tx) => {
            if (held.has(key)) throw new Error(`${key} was not undone`);
            held.add(key);
            tx.onRollback(() => void held.delete(key));
            tx.afterCommit(() => void told.push(key));
            await tx.db.insertInto('meta').values({ key, value: '' }).execute();
            if (fails) throw new Error(key);
            return key;
          }),
        ),
      );
      expect(results.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []))).toEqual(good);
      expect(results.flatMap((each) => (each.status === 'rejected' ? [String(each.reason)] : []))).toEqual(bad);
      const kept = (await keys()).filter((key) => key.startsWith(`${round}-`));
      expect([[...held].sort(), told, kept]).toEqual([[...good].sort(), good, [...good].sort()]);
    });
    await fc.assert(outcomes, { numRuns: 30 });
  });

  test('when the commit itself fails every job has failed, and is undone', async () => {
    const undone: string[] = [];
    const job = (key: string) =>
      storage.writer.write(async (tx) => {
        tx.onRollback(() => undone.push(key));
        tx.afterCommit(() => undone.push('never'));
        await tx.db.insertInto('meta').values({ key, value: '' }).execute();
        if (key === 'last') storage.execute('rollback');
      });
    const results = await Promise.allSettled([job('first'), job('last')]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect([await keys(), undone.sort()]).toEqual([[], ['first', 'last']]);
    await insert('after');
    expect(await keys()).toEqual(['after']);
  });

  test('after-commit actions run in the order of their jobs, before the jobs resolve', async () => {
    const order: string[] = [];
    const job = (name: string) =>
      storage.writer
        .write(async (tx) => tx.afterCommit(() => order.push(`committed ${name}`)))
        .then(() => order.push(`resolved ${name}`));
    await Promise.all([job('a'), job('b')]);
    expect(order).toEqual(['committed a', 'committed b', 'resolved a', 'resolved b']);
  });

  test('it waits for another process that writes, without blocking this one', async () => {
    const beside = new DatabaseSync(join(dataDir, DATABASE_FILE));
    beside.exec('begin immediate');
    const writing = insert('waited');
    // Were the thread blocked, no turn would come before the writer gives up.
    for (let turns = 0; turns < 4; turns += 1) await new Promise((resolve) => setTimeout(resolve, 1));
    beside.exec("insert into meta values ('theirs', ''); commit");
    beside.close();
    await writing;
    expect(await keys()).toEqual(['theirs', 'waited']);
  });

  test('nothing is told as durable while the file is away, and all is well when it is back', async () => {
    await insert('before');
    const [file, away] = [join(dataDir, DATABASE_FILE), join(dataDir, 'away.db')];
    await rename(file, away);
    await expect(insert('lost')).rejects.toThrow(/taken away/);
    expect(storage.writer.trouble).toMatch(/taken away/);
    await rename(away, file);
    await insert('after');
    expect([storage.writer.trouble, await keys()]).toEqual([null, ['after', 'before']]);
  });

  test('what another process wrote and could not be read is read before the next transaction', async () => {
    const connection = new SqliteConnection(join(dataDir, DATABASE_FILE));
    let readings = 0;
    const writer = new Writer(connection, async () => {
      readings += 1;
      if (readings === 1) throw new Error('disk I/O error');
    });
    await expect(writer.write(async () => 'unread')).rejects.toThrow('disk I/O error');
    expect(await writer.write(async () => 'read')).toBe('read');
    await writer.write(async () => undefined);
    expect(readings).toBe(2);
    await writer.close();
    await connection.close();
  });

  test('closing flushes what was asked for, and takes nothing more', async () => {
    const last = insert('last');
    await storage.close();
    await last;
    await expect(insert('late')).rejects.toThrow(/closed/);
    storage = await openStorage({ dataDir, clock: Date });
    expect(await readMeta(storage.reader, 'last')).toBe('last');
  });
});

describe('values', () => {
  test.each([[{ a: 1 }], [Number.NaN], [new Date(0)], [new Map()]])(
    '%s is refused, not stored as NULL',
    async (value) => {
      await expect(insert('odd', value as unknown as string)).rejects.toThrow();
      expect(await keys()).toEqual([]);
    },
  );
});

describe('opening', () => {
  test('a file of another application, or of a newer version, is refused and left alone', async () => {
    await storage.close();
    const file = new DatabaseSync(join(dataDir, DATABASE_FILE));
    const version = Number(Object.values(file.prepare('pragma user_version').get() ?? {})[0]);
    file.exec('pragma user_version = 999');
    await expect(openStorage({ dataDir, clock: Date })).rejects.toThrow(/newer version/);
    file.exec('pragma application_id = 7');
    await expect(openStorage({ dataDir, clock: Date })).rejects.toThrow(/not a Tillwatch database/);
    file.exec(`pragma user_version = ${version}; pragma application_id = 1415013224`);
    file.close();
    storage = await openStorage({ dataDir, clock: Date });
    await storage.writer.write((tx) => writeMeta(tx, 'well', 'yes'));
    expect(await readMeta(storage.reader, 'well')).toBe('yes');
  });

  test('only the owner may read the data', async () => {
    const { stat } = await import('node:fs/promises');
    const modes = await Promise.all(
      [DATABASE_FILE, `${DATABASE_FILE}-wal`].map(async (name) => (await stat(join(dataDir, name))).mode & 0o777),
    );
    expect(modes).toEqual([0o600, 0o600]);
  });
});
