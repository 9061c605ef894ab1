import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { readFile, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runCommandLine } from '../../../gateway/cli/command-line.ts';
import { restoreBackup } from '../../../gateway/store/restore.ts';
import { PATIENCE } from '../../support/patience.ts';
import { startGateway } from './test-gateway.ts';
import type { TestGateway, TestGatewayOptions } from './test-gateway.ts';
import { testOrder } from './test-source.ts';

const NAME = 'Wilhelmina Featherstonehaugh';
const EMAIL = 'wilhelmina@featherstonehaugh.example';
const REF = 'processor-order-1';
const order = testOrder(REF);
const entry = join(import.meta.dirname, '../../../gateway/index.ts');

let gateway: TestGateway;
let file: string;
let key: string;
const lines: string[] = [];
const say = (line: string) => void lines.push(line);
const terminal = { out: say, err: say, environment: {}, stopped: () => Promise.resolve() };
const run = (...args: string[]) => runCommandLine([...args, '--data', gateway.dataDir, '--json'], terminal);
const erase = async (id = order) =>
  expect((await gateway.call('DELETE', `/v1/stores/main/orders/${id}/customer`, { token: key })).status).toBe(200);
const told = (id: string, ref = REF) => gateway.deliver({ id, ref, fact: { customer: { name: NAME, email: EMAIL } } });

async function start(options: TestGatewayOptions = {}): Promise<void> {
  gateway = await startGateway(options);
  file = `${gateway.dataDir}-backup.db`;
  key = await gateway.key(['operator']);
}

beforeEach(() => void (lines.length = 0));
afterEach(async () => {
  await gateway.stop();
  await rm(file, { force: true });
});

/** Whether the customer stands anywhere in the data folder. */
async function isLeft(): Promise<boolean> {
  const files = (await readdir(gateway.dataDir, { withFileTypes: true })).filter((each) => each.isFile());
  const bodies = await Promise.all(files.map(({ name }) => readFile(join(gateway.dataDir, name), 'latin1')));
  return bodies.some((body) => body.toLowerCase().includes('featherstonehaugh'));
}

async function erasedAt(id = order): Promise<number | undefined> {
  return (await gateway.gateway.storage.ledger.order('main', id))?.customerErasedAt;
}

async function erasedAgain(ids: readonly string[] = [order]): Promise<void> {
  for (const id of ids) await expect.poll(() => erasedAt(id), PATIENCE).toEqual(expect.any(Number));
  await expect.poll(() => isLeft(), PATIENCE).toBe(false);
}

/** Looks into the data as another process does. */
function openData(): { due(): number; close(): void } {
  const database = new DatabaseSync(join(gateway.dataDir, 'tillwatch.db'), { timeout: 5_000 });
  const count = database.prepare("select count(*) as n from meta where key like 'erase %'");
  return { due: () => Number(count.get()?.['n']), close: () => database.close() };
}

/** How many have yet to be erased again. */
function due(): number {
  const data = openData();
  try {
    return data.due();
  } finally {
    data.close();
  }
}

/** A backup that knows the customer and a folder that erased them and keeps no delivery; then restored, and no more. */
async function restoredAndKilled(): Promise<void> {
  await told('w');
  expect(await run('backup', '--out', file)).toBe(0);
  await erase();
  await gateway.gateway.storage.writer.write((tx) => tx.db.deleteFrom('deliveries').execute());
  expect(await isLeft()).toBe(false);
  expect(await restoreBackup(gateway.dataDir, file)).toMatchObject({ erasedSince: 1 });
}

test(
  '[AU4] a restore that is killed while it erases again is finished by the next start',
  { timeout: 60_000 },
  async () => {
    await start();
    const refs = Array.from({ length: 150 }, (_, n) => `processor-order-${n}`);
    await Promise.all(refs.map((ref) => told(`w-${ref}`, ref)));
    expect(await run('backup', '--out', file)).toBe(0);
    for (const ref of refs) await erase(testOrder(ref));
    await gateway.gateway.close();

    const restoring = spawn(process.execPath, [entry, 'restore', '--data', gateway.dataDir, '--from', file]);
    const ended = once(restoring, 'exit');
    const data = openData();
    while (data.due() === 0 && restoring.exitCode === null) await delay(1);
    restoring.kill('SIGKILL');
    expect(await ended).toEqual([null, 'SIGKILL']);
    expect(data.due()).toBeGreaterThan(0);
    data.close();

    await gateway.restart();
    await erasedAgain(refs.map((ref) => testOrder(ref)));
    expect(due()).toBe(0);
  },
);

test('[AU4] what a restore left to be erased goes beside a serving gateway, with its working copy', async () => {
  await start({ timings: { erasingMs: 50 } });
  await restoredAndKilled();
  const { pid } = spawnSync(process.execPath, ['-e', '']);
  const copy = join(gateway.dataDir, `restore-${pid}-abcdef`);
  mkdirSync(copy);
  writeFileSync(join(copy, 'backup.db'), NAME);
  await erasedAgain();
  await expect.poll(() => existsSync(copy), PATIENCE).toBe(false);
  expect(due()).toBe(0);
});

test('[AU4] … or with the next start', async () => {
  await start();
  await restoredAndKilled();
  expect(await isLeft()).toBe(true);
  await gateway.restart();
  await erasedAgain();
});

test('[AU4] … or with the next erase, of whomever', async () => {
  await start();
  await gateway.deliver({ id: 'x', ref: 'processor-order-2', fact: { customer: { name: 'Somebody Else' } } });
  await restoredAndKilled();
  expect(await isLeft()).toBe(true);
  expect(await run('erase', '--store', 'main', '--order', testOrder('processor-order-2'))).toBe(0);
  await erasedAgain();
  expect(due()).toBe(0);
});

test('[AU4] … or with the next restore, also of a backup that was made in between', async () => {
  await start();
  await restoredAndKilled();
  expect(await isLeft()).toBe(true);
  expect(await run('restore', '--from', file)).toBe(0);
  expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ erasedAgain: 1 });
  await erasedAgain();

  await restoreBackup(gateway.dataDir, file);
  const between = `${gateway.dataDir}-between.db`;
  expect(await run('backup', '--out', between)).toBe(0);
  await gateway.restart();
  await erasedAgain();
  expect(await run('restore', '--from', between)).toBe(0);
  await rm(between);
  await erasedAgain();
});

test('[AU4] deliveries that were redacted since the backup stay so at once, before anybody is erased again', async () => {
  await start();
  await told('w');
  expect(await run('backup', '--out', file)).toBe(0);
  await erase();
  expect(await restoreBackup(gateway.dataDir, file)).toMatchObject({ erasedSince: 1 });
  expect(await isLeft()).toBe(false);
  expect(await erasedAt()).toBeUndefined();
});

test('[AU4] what came before an erase and is read after it is redacted then, repeated deliveries too', async () => {
  await start();
  await told('w');
  gateway.source.broken = true;
  await told('w');
  await told('x');
  await erase();
  expect(await isLeft()).toBe(true);
  gateway.source.broken = false;
  await gateway.restart();
  await expect.poll(() => isLeft(), PATIENCE).toBe(false);
  expect(await gateway.gateway.storage.ledger.order('main', order)).not.toHaveProperty('customer');
});

test('[AU4] an order that the backup does not have is erased when its processor tells of it again', async () => {
  await start({ timings: { erasingMs: 50 } });
  await gateway.deliver({ id: 'x', ref: 'processor-order-2' });
  expect(await run('backup', '--out', file)).toBe(0);
  await told('w');
  await erase();
  expect(await run('restore', '--from', file)).toBe(0);
  expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ erasedAgain: 0 });
  expect(await gateway.gateway.storage.ledger.order('main', order)).toBeUndefined();
  expect(await told('again')).toBe(200);
  await erasedAgain();
  expect(due()).toBe(0);
});
