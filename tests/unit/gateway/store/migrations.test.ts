import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { searchQuery } from '../../../../contract/search-query.ts';
import { eraseCustomer, withCustomers } from '../../../../gateway/store/customers.ts';
import { addressStore, orderWithPayment } from '../../../../gateway/store/match-orders.ts';
import { migrate } from '../../../../gateway/store/migrations.ts';
import { DATABASE_FILE, openStorage } from '../../../../gateway/store/open-store.ts';
import type { Storage } from '../../../../gateway/store/open-store.ts';
import { orderHistory } from '../../../../gateway/store/order-history.ts';
import { searchOrders } from '../../../../gateway/store/order-search.ts';
import { ordersOnLine, ordersWithTransaction } from '../../../../gateway/store/orders-to-reconsider.ts';
import { securely } from '../../../../gateway/store/secure-delete.ts';
import { lockForServing } from '../../../../gateway/store/serve-lock.ts';
import { EARLIER_CUSTOMER, writeEarlierDatabase } from './earlier-database.ts';
import type { EarlierVersion } from './earlier-database.ts';

let dataDir: string;
let storage: Storage | undefined;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'tillwatch-earlier-'));
});
afterEach(async () => {
  await storage?.close();
  storage = undefined;
  await rm(dataDir, { recursive: true, force: true });
});

const clock = { now: () => Date.parse('2026-11-01T12:01:00Z') };
const opened = async (version: EarlierVersion): Promise<Storage> => {
  writeEarlierDatabase(dataDir, version);
  storage = await openStorage({ dataDir, clock });
  return storage;
};
const all = { events: 100, bytes: 1_000_000 };

describe.each([1, 2, 3] as const)('a database of version %i', (version) => {
  test('is found by the same words, times, payments, transactions, addresses and customers', async () => {
    const { reader } = await opened(version);
    const found = async (q: string, store = 'main'): Promise<string[]> => {
      const query = searchQuery(q, { timeZone: 'UTC', now: clock.now() });
      const orders = await searchOrders(reader, { store, query, statuses: [], customers: true, limit: 10 });
      return orders.map(({ reference }) => reference);
    };
    expect(await found('main-')).toEqual(['MAIN-a', 'MAIN-b']);
    expect(await found('$3.50')).toEqual(['MAIN-a', 'MAIN-b']);
    expect(await found('2026-11-01')).toHaveLength(2);
    expect(await found('0xffmainb')).toEqual(['MAIN-b']);
    expect(await found('Featherstone', 'other')).toEqual(['OTHER-b']);
    expect(await orderWithPayment(reader, 'pay-other-b')).toEqual({ store: 'other', order: 'b' });
    expect(await ordersWithTransaction(reader, '0xFFmaina')).toEqual([{ store: 'main', order: 'a' }]);
    expect(await addressStore(reader, 'eip155:1', '0xAAotherb')).toBe('other');
    expect(await ordersOnLine(reader, 'eip155:1', clock.now())).toHaveLength(3);
  });

  test('keeps every event, each with its order, and goes on where it stood', async () => {
    const { reader, ledger, log } = await opened(version);
    expect((await log.read('main', 0, 100, 1_000_000)).map(({ event }) => event.order)).toEqual([
      null,
      'b',
      'b',
      'a',
      'a',
    ]);
    const seqs = async (store: string, order: string): Promise<number[]> =>
      (await orderHistory(reader, { store, order, after: 0 }, all)).events.map(({ seq }) => seq);
    expect([await seqs('main', 'b'), await seqs('main', 'a'), await seqs('other', 'b')]).toEqual([
      [2, 3],
      [4, 5],
      [2, 3],
    ]);
    const changes = { reference: 'renamed' };
    const about = { order: 'a', source: 'shop', occurred: null, sent: null } as const;
    await ledger.append('main', [
      { order: 'a', decide: () => [{ ...about, kind: 'order.updated', data: { changes } }] },
    ]);
    expect(await seqs('main', 'a')).toEqual([4, 5, 6]);
    expect(await ledger.order('main', 'a')).toMatchObject({ reference: 'renamed', updatedSeq: 6 });
  });

  test('[AU4] leaves nothing of an erased customer in the file', async () => {
    const { reader, writer, ledger, purge } = await opened(version);
    const [known] = await withCustomers(reader, 'main', [(await ledger.order('main', 'a'))!]);
    expect(known?.customer).toEqual(EARLIER_CUSTOMER);
    for (const [store, order] of [
      ['main', 'a'],
      ['main', 'b'],
      ['other', 'b'],
    ] as const) {
      await writer.write((tx) => securely(tx, () => eraseCustomer(tx, store, order)));
    }
    expect(await purge()).toBe(true);
    const bytes = (await readFile(join(dataDir, DATABASE_FILE))).toString('latin1').toLowerCase();
    expect(bytes.includes('main-a')).toBe(true);
    for (const word of ['wilhelmina', 'featherstonehaugh', 'wf@example.org'])
      expect([word, bytes.includes(word)]).toEqual([word, false]);
  });
});

test('a command does not change the tables under a gateway of an earlier version', async () => {
  writeEarlierDatabase(dataDir, 3);
  const unlock = lockForServing(dataDir);
  const version = () => {
    const file = new DatabaseSync(join(dataDir, DATABASE_FILE), { readOnly: true });
    const held = file.prepare('pragma user_version').get();
    file.close();
    return held;
  };
  await expect(openStorage({ dataDir, clock })).rejects.toThrow(/earlier version serves .*; start that one/);
  expect(version()).toEqual({ user_version: 3 });
  unlock();
  storage = await openStorage({ dataDir, clock });
  expect(version()).toEqual({ user_version: 5 });
});

test('a database of version 4 gets the indexes that it lacks', async () => {
  await (await openStorage({ dataDir, clock })).close();
  const file = new DatabaseSync(join(dataDir, DATABASE_FILE));
  const indexes = () => file.prepare("select name from sqlite_schema where type = 'index' order by name").all();
  const all = indexes();
  file.exec('drop index orders_of_source; drop index orders_by_change; pragma user_version = 4');
  migrate(file);
  expect(indexes()).toEqual(all);
  file.close();
});

test('what fails half-way leaves the database as it was', () => {
  writeEarlierDatabase(dataDir, 3);
  const file = new DatabaseSync(join(dataDir, DATABASE_FILE));
  file.exec('create table search_terms_before (x text) strict');
  const tables = () => file.prepare('select name, sql from sqlite_schema order by name').all();
  const before = tables();
  expect(() => migrate(file)).toThrow(/search_terms_before/);
  expect([tables(), file.prepare('pragma user_version').get()]).toEqual([before, { user_version: 3 }]);
  file.close();
});
