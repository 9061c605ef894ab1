/** A desk whose disk lets it down [DL9]. */
import { closeSync, openSync, readdirSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { created } from '../../support/scripted-gateway/drafts.ts';
import { startScriptedGateway } from '../../support/scripted-gateway/scripted-gateway.ts';
import type { ScriptedGateway } from '../../support/scripted-gateway/scripted-gateway.ts';
import { startDesk } from './desk-under-test.ts';
import type { DeskUnderTest } from './desk-under-test.ts';

let gateway: ScriptedGateway;
let desk: DeskUnderTest;

beforeEach(async () => {
  gateway = await startScriptedGateway();
  desk = await startDesk();
  await desk.pair(gateway.url, gateway.code);
  await desk.live();
  gateway.append(created('a'), created('b'));
  await desk.screen.until('the orders', () => desk.screen.orders.get('main')?.size === 2);
});

afterEach(async () => {
  await desk.stop();
  await gateway.close();
});

const journal = (): string => join(desk.dataDir, 'journal.sqlite');

test('[DL9] a corrupt journal is set aside, told, and made good by a snapshot', async () => {
  await desk.restart(() => writeFileSync(journal(), 'this was a journal once'.repeat(500)));
  expect(desk.screen.state.journal.state).toBe('set-aside');
  await desk.screen.until('the notice', () => desk.screen.notices.some(({ kind }) => kind === 'journal'));
  await desk.live();
  await desk.screen.until('the orders', () => desk.screen.orders.get('main')?.size === 2);
  expect(readdirSync(desk.dataDir).some((name) => name.startsWith('journal.sqlite.unreadable-'))).toBe(true);
  await desk.restart();
  expect(desk.screen.state.journal).toEqual({ state: 'ok' });
  await desk.screen.until('the orders again', () => desk.screen.orders.get('main')?.size === 2);
});

test.each(['notes', 'stores', 'orders', 'customers', 'logs', 'quarantine', 'commands', 'unmatched'])(
  '[DL9] damage to %s is found at the start, not when it is written to',
  async (table) => {
    await desk.restart(() => damage(table));
    expect(desk.screen.state.journal.state).toBe('set-aside');
    await desk.live();
    await desk.screen.until('the orders', () => desk.screen.orders.get('main')?.size === 2);
  },
);

/** Zeros in the place of a table's first page. */
function damage(table: string): void {
  const database = new DatabaseSync(journal());
  const { rootpage } = database
    .prepare('SELECT rootpage FROM sqlite_schema WHERE name = ?')
    .get(table) as unknown as Root;
  const { page_size: size } = database.prepare('PRAGMA page_size').get() as { page_size: number };
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  database.close();
  const file = openSync(journal(), 'r+');
  writeSync(file, Buffer.alloc(size), 0, size, (rootpage - 1) * size);
  closeSync(file);
}

interface Root {
  readonly rootpage: number;
}

test('[DL9] a journal another process holds is left alone, and the desk runs from memory', async () => {
  let holder: DatabaseSync | undefined;
  await desk.restart(() => {
    holder = new DatabaseSync(journal());
    holder.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
  });
  expect(desk.screen.state.journal.state).toBe('memory');
  await desk.live();
  gateway.append(created('c'));
  await desk.screen.until('all three', () => desk.screen.orders.get('main')?.size === 3);
  await desk.restart(() => holder?.close());
  expect(desk.screen.state.journal).toEqual({ state: 'ok' });
  await desk.live();
  await desk.screen.until('all three again', () => desk.screen.orders.get('main')?.size === 3);
});

test('[DL9] a journal that is destroyed under a running desk costs nothing that is on the screen', async () => {
  const thief = (): void => writeFileSync(journal(), Buffer.alloc(64 * 1024, 7));
  await desk.restart(() => gateway.cut());
  await desk.live();
  thief();
  writeFileSync(`${journal()}-wal`, '');
  for (let n = 0; n < 40; n += 1) gateway.append(created(`later-${n}`));
  await desk.screen.until('all orders', () => desk.screen.orders.get('main')?.size === 42);
  await desk.restart();
  await desk.live();
  await desk.screen.until('all orders again', () => desk.screen.orders.get('main')?.size === 42);
});
