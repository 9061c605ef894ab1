import { mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { acquireProfileLock } from '../../../../main/profile/profile-lock.ts';
import type { LockPort } from '../../../../main/profile/profile-lock.ts';

let dir: string;
let file: string;
beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'tillwatch-lock-'));
  file = path.join(dir, 'profile', 'desk.lock');
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const at = { port: 4711, key: 'the-key' };

function machine(changes: Partial<LockPort> = {}): LockPort {
  return { isRunning: () => true, answers: async () => true, wait: async () => undefined, ...changes };
}

async function held(pid: number) {
  const acquired = await acquireProfileLock(file, machine(), pid);
  if (!('lock' in acquired)) throw new Error('the lock was taken');
  return acquired.lock;
}

describe('[CN1] one host per profile, by its lock', () => {
  it('is free at first, and holds who has it where, for its owner only', async () => {
    const lock = await held(11);
    await lock.publish(at);
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual({ pid: 11, at });
    if (process.platform !== 'win32') expect((await stat(file)).mode & 0o777).toBe(0o600);
    await lock.release();
    expect(await readdir(path.dirname(file))).toEqual([]);
  });

  it('leads a second launch to the first', async () => {
    await (await held(11)).publish(at);
    expect(await acquireProfileLock(file, machine(), 12)).toEqual({ running: at });
  });

  it('waits for a holder that is still starting', async () => {
    const first = await held(11);
    const wait = () => first.publish(at);
    expect(await acquireProfileLock(file, machine({ wait }), 12)).toEqual({ running: at });
  });

  it.each([
    ['whose process has ended', machine({ isRunning: () => false })],
    ['whose process id is someone else by now', machine({ answers: async () => false })],
  ])('takes a lock over %s', async (_name, port) => {
    await (await held(11)).publish(at);
    const acquired = await acquireProfileLock(file, port, 12);
    expect(acquired).toHaveProperty('lock');
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual({ pid: 12, at: null });
    expect(await readdir(path.dirname(file))).toEqual(['desk.lock']);
  });

  it('takes over a lock that cannot be read, or that an earlier start with the same process id left', async () => {
    await (await held(11)).release();
    await writeFile(file, '{"pid": 1');
    expect(await acquireProfileLock(file, machine(), 12)).toHaveProperty('lock');
    expect(await acquireProfileLock(file, machine({ answers: async () => false }), 12)).toHaveProperty('lock');
  });

  it('goes to exactly one of many that start at once', async () => {
    const port = machine({ isRunning: (pid) => pid !== 999 });
    await acquireProfileLock(file, port, 999);
    const starts = Array.from({ length: 20 }, async (_, n) => {
      const acquired = await acquireProfileLock(file, { ...port, wait: () => new Promise(setImmediate) }, 100 + n);
      if (!('lock' in acquired)) return 0;
      await acquired.lock.publish({ port: 5000 + n, key: 'k' });
      return 1;
    });
    const winners = await Promise.all(starts);
    expect(winners.reduce<number>((sum, won) => sum + won, 0)).toBe(1);
  });

  it('releases only what is its own', async () => {
    const first = await held(11);
    await first.publish(at);
    await acquireProfileLock(file, machine({ isRunning: () => false }), 12);
    await first.release();
    expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ pid: 12 });
  });
});
