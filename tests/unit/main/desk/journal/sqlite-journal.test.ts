import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { StatementSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { MockInstance } from 'vitest';
import { JournalDatabase } from '../../../../../main/desk/journal/journal-database.ts';
import type { KeptCommand } from '../../../../../main/desk/commands/kept-command.ts';
import type { UnmatchedPayment } from '../../../../../contract/unmatched.ts';
import type { StoreChange, StorePicture, StoreRecord } from '../../../../../main/desk/journal/journal.ts';
import { SqliteJournal } from '../../../../../main/desk/journal/sqlite-journal.ts';
import { created, noted } from '../../../../support/scripted-gateway/drafts.ts';
import { EPOCH, eventOf, orderOf } from '../delivery/facts.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import type { TemporaryFolder } from '../temporary-folder.ts';

let folder: TemporaryFolder;
let open: SqliteJournal[];
let prepared: MockInstance<(this: DatabaseSync, sql: string) => StatementSync>;

beforeEach(() => {
  prepared = vi.spyOn(DatabaseSync.prototype, 'prepare');
  folder = temporaryFolder();
  open = [];
});

afterEach(() => {
  prepared.mockRestore();
  for (const journal of open) journal.close();
  folder.remove();
});

function journal(
  held: () => readonly StorePicture[] = () => [],
  dataDir = folder.path,
  heldCommands: () => readonly KeptCommand[] = () => [],
): SqliteJournal {
  const opened = new SqliteJournal({ dataDir, now: () => 77, log: () => undefined, held, heldCommands });
  open.push(opened);
  return opened;
}

const record: StoreRecord = {
  store: { id: 'main', name: 'Main', currency: 'USD', timeZone: 'UTC' },
  position: { epoch: EPOCH, seq: 2, id: 'x' },
  asOf: 1_790_000_000_000,
  sources: [{ id: 'cdc', kind: 'k', state: 'hearing', lastHeardAt: null, lagMs: 1.5 }],
  quarantined: 3,
  base: 1,
};

function given(id: string, state: KeptCommand['outcome']['state'], givenAt = 5): KeptCommand {
  const command = { id, store: 'main', order: 'a', name: 'note', args: { text: 'hello' } };
  return { command, givenAt, outcome: { id, state } };
}

function change(more: Partial<StoreChange> = {}): StoreChange {
  const none = {
    events: [],
    orders: [],
    incomplete: new Map<string, boolean>(),
    removed: [],
    quarantine: [],
    unmatched: [],
    unmatchedRemoved: [],
    replacements: [],
  };
  return { record, ...none, ...more };
}

test('[AU4] an erased customer leaves the journal, and every file of it', () => {
  const kept = journal();
  const order = { ...orderOf('a'), customer: { name: 'Wilhelmina Featherstonehaugh' } };
  const files = () => readdirSync(folder.path).map((file) => readFileSync(join(folder.path, file), 'latin1'));
  kept.record(change({ orders: [order, { ...orderOf('b'), customer: { name: 'Somebody Else' } }] }));
  expect(files().some((file) => file.includes('Featherstonehaugh'))).toBe(true);
  const { customer: _, ...erased } = { ...order, customerErasedAt: 9 };
  const event = { ...eventOf(3, noted('a', '')), kind: 'customer.erased', data: {} };
  kept.record(change({ orders: [erased], events: [{ event, emittedAt: 5, arrivedAt: 6 }] }));
  expect(files().some((file) => file.includes('Featherstonehaugh'))).toBe(false);
  expect(files().some((file) => file.includes('Somebody Else'))).toBe(true);
  kept.close();
  expect(
    journal()
      .stores()[0]
      ?.orders.find(({ id }) => id === 'a'),
  ).toEqual(erased);
});

const setAside = { seq: 2, id: 'e2', order: null, kind: 'note.added', reason: 'x', receivedAt: 6 };

const money = (id: string, state = 'open') => ({ id, state }) as UnmatchedPayment;

const arrived = (seq: number, arrivedAt = 6) => ({
  event: eventOf(seq, noted('a', `note ${seq}`)),
  emittedAt: 5,
  arrivedAt,
});

describe('[DL3] what was recorded is there after a restart', () => {
  test('record, orders, events and marks', () => {
    const first = journal();
    const incomplete = new Map([['b', true]]);
    const orders = [orderOf('a'), orderOf('c')];
    first.record(change({ events: [arrived(1), arrived(2)], orders, incomplete, unmatched: [money('p'), money('q')] }));
    first.record(change({ unmatched: [money('p', 'dismissed')], unmatchedRemoved: ['q'] }));
    first.record(change({ removed: ['c'], quarantine: [setAside] }));
    first.close();
    const second = journal();
    expect(second.state).toEqual({ state: 'ok' });
    expect(second.stores()).toEqual([
      { record, orders: [orderOf('a')], incomplete: ['b'], unmatched: [money('p', 'dismissed')] },
    ]);
    expect(second.stores()).toEqual([]);
    expect(second.events('main', 'a')).toEqual(
      [1, 2].map((seq) => ({ ...arrived(seq).event, emittedAt: 5, arrivedAt: 6 })),
    );
  });

  test('a change that cannot be written whole is not written at all', () => {
    const database = new JournalDatabase(join(folder.path, 'journal.sqlite'));
    const write = (): void => {
      database.writeChange(change({ orders: [orderOf('a')] }));
      throw new Error('killed here');
    };
    expect(() => database.transaction(write)).toThrow('killed here');
    expect(database.pictures()).toEqual([]);
    database.close();
  });

  test('a picture replaces what was held, and its events where the log is another', () => {
    const kept = journal();
    kept.record(change({ events: [arrived(1)], orders: [orderOf('a')] }));
    kept.replace({ record, orders: [orderOf('b')], incomplete: [], unmatched: [] }, true, 8);
    expect(kept.events('main', 'a')).toHaveLength(1);
    kept.replace({ record, orders: [orderOf('b')], incomplete: [], unmatched: [] }, false, 9);
    expect(kept.events('main', 'a')).toEqual([]);
    kept.close();
    expect(journal().stores()[0]!.orders).toEqual([orderOf('b')]);
  });

  test('notes and forgetting', () => {
    const kept = journal();
    kept.setNote('n', '1');
    kept.setNote('n', '2');
    expect(kept.note('n')).toBe('2');
    kept.record(change({ orders: [orderOf('a')] }));
    kept.clear();
    expect(kept.note('n')).toBeNull();
    kept.close();
    expect(journal().stores()).toEqual([]);
  });

  test('after closing, nothing is written and nothing throws', () => {
    const closed = journal();
    closed.close();
    closed.close();
    closed.record(change());
    expect(closed.events('main', 'a')).toEqual([]);
    expect(closed.note('n')).toBeNull();
  });
});

test('[AU4] customer data lies in its own table, in no body, and comes back with the order', () => {
  const kept = journal();
  const customer = { name: 'Ada Lovelace', email: 'ada@example.com' };
  const event = eventOf(1, created('a', { customer }));
  const updated = eventOf(2, { order: 'a', kind: 'order.updated', data: { changes: { customer } } });
  const events = [event, updated].map((each) => ({ event: each, emittedAt: 1, arrivedAt: 2 }));
  kept.record(change({ events, orders: [orderOf('a', 1, { customer })] }));
  kept.close();
  const raw = new DatabaseSync(join(folder.path, 'journal.sqlite'));
  for (const table of ['orders', 'events'])
    expect(JSON.stringify(raw.prepare(`SELECT * FROM ${table}`).all())).not.toContain('Ada');
  expect(raw.prepare('SELECT body FROM customers').all()).toEqual([{ body: JSON.stringify(customer) }]);
  raw.close();
  expect(journal().stores()[0]!.orders[0]!.customer).toEqual(customer);
});

describe('[DL8] retention', () => {
  test('what speaks of an order stays its own when the order goes and another comes', () => {
    const kept = journal();
    const said = (seq: number, order: string) => ({
      event: eventOf(seq, noted(order, 'x')),
      emittedAt: 5,
      arrivedAt: seq,
    });
    kept.record(change({ events: [said(1, 'a')], orders: [orderOf('a')] }));
    kept.record(change({ removed: ['a'] }));
    kept.record(change({ events: [said(2, 'b'), said(3, 'c')], orders: [orderOf('b')] }));
    const seqs = (order: string) => kept.events('main', order).map(({ seq }) => seq);
    expect(['a', 'b', 'c'].map(seqs)).toEqual([[1], [2], [3]]);
    kept.replace({ record, orders: [orderOf('d')], incomplete: [], unmatched: [] }, true, 8);
    expect(['a', 'b', 'c', 'd'].map(seqs)).toEqual([[1], [2], [3], []]);
    kept.trim('main', 3, 1_000);
    kept.record(change({ events: [said(4, 'e')], orders: [orderOf('e'), orderOf('a')] }));
    expect(['a', 'b', 'c', 'd', 'e'].map(seqs)).toEqual([[], [], [3], [], [4]]);
    kept.close();
    const [picture] = journal().stores();
    expect(picture!.orders.map(({ id }) => id).sort()).toEqual(['a', 'd', 'e']);
    expect(picture!.incomplete).toEqual([]);
  });

  test('of orders that are gone no trace stays once their events are', () => {
    const kept = journal();
    kept.record(change({ events: [arrived(1)], orders: [orderOf('a')] }));
    kept.record(change({ removed: ['a'] }));
    kept.trim('main', 50, 1_000);
    const [{ left }] = connection().prepare('SELECT count(*) AS left FROM orders').all() as [{ left: number }];
    expect(left).toBe(0);
  });

  test('events beyond their time or number go, in bounded steps', () => {
    const kept = journal();
    const old = Array.from({ length: 510 }, (_, n) => arrived(n + 1, 10));
    kept.record(change({ events: [...old, arrived(6_000, 99), arrived(6_001, 99), arrived(6_002, 99)] }));
    expect(kept.trim('main', 50, 1_000_000)).toBe(true);
    expect(kept.trim('main', 50, 1_000_000)).toBe(false);
    expect(kept.events('main', 'a').map(({ seq }) => seq)).toEqual([6_000, 6_001, 6_002]);
    kept.trim('main', 50, 2);
    expect(kept.events('main', 'a').map(({ seq }) => seq)).toEqual([6_001, 6_002]);
  });
});

describe('[DL9] trouble', () => {
  test.each([
    ['rubbish', () => Buffer.from('not a database '.repeat(300))],
    ['a stranger’s database', () => stranger()],
    ['one of a newer version', () => newer()],
  ])('%s is set aside under another name', (_what, bytes) => {
    const content = bytes();
    writeFileSync(join(folder.path, 'journal.sqlite'), content);
    const made = journal();
    expect(made.state.state).toBe('set-aside');
    made.record(change({ orders: [orderOf('a')] }));
    made.close();
    expect(readFileSync(join(folder.path, 'journal.sqlite.unreadable-77'))).toEqual(content);
    const next = journal();
    expect(next.state).toEqual({ state: 'ok' });
    expect(next.stores()[0]!.orders).toHaveLength(1);
  });

  test('an order that cannot be read makes the journal unreadable, not the desk', () => {
    const first = journal();
    first.record(change({ orders: [orderOf('a')] }));
    first.close();
    const raw = new DatabaseSync(join(folder.path, 'journal.sqlite'));
    raw.exec(`UPDATE orders SET body = '{"id":'`);
    raw.close();
    expect(journal().state.state).toBe('set-aside');
  });

  test('one that another desk holds is left alone', () => {
    const first = journal();
    first.record(change({ orders: [orderOf('a')] }));
    const second = journal();
    expect(second.state).toMatchObject({ state: 'memory', detail: expect.stringContaining('locked') as string });
    second.record(change({ orders: [orderOf('b')] }));
    expect(readdirSync(folder.path).filter((name) => name.includes('unreadable'))).toEqual([]);
    expect(first.state).toEqual({ state: 'ok' });
  });

  test('a folder that cannot be made means memory', () => {
    writeFileSync(join(folder.path, 'taken'), '');
    expect(journal(() => [], join(folder.path, 'taken')).state.state).toBe('memory');
    mkdirSync(join(folder.path, 'sub', 'journal.sqlite'), { recursive: true });
    expect(journal(() => [], join(folder.path, 'sub')).state.state).toBe('memory');
  });

  test('a disk that fills up turns to memory with all that is held, and tells it; the disk keeps its last whole step', () => {
    const held: StorePicture = { record, orders: [orderOf('a')], incomplete: [], unmatched: [] };
    const full = journal(() => [held]);
    full.record(change({ orders: [orderOf('a')] }));
    const told: string[] = [];
    full.onState(({ state }) => told.push(state));
    fill();
    const big = Array.from({ length: 400 }, (_, n) => orderOf(`o${n}`, 1, { reference: 'x'.repeat(200) }));
    full.record(change({ orders: big }));
    expect(full.state).toMatchObject({ state: 'memory', detail: expect.stringContaining('full') as string });
    expect(told).toEqual(['memory']);
    full.record(change({ events: [arrived(3)] }));
    expect(full.events('main', 'a')).toHaveLength(1);
    full.close();
    expect(journal().stores()[0]!.orders).toEqual([orderOf('a')]);
  });

  test('[CM1] commands go with what is held when the disk fills up', () => {
    const full = journal(
      () => [],
      folder.path,
      () => [given('c1', 'unknown')],
    );
    fill();
    const big = Array.from({ length: 400 }, (_, n) => orderOf(`o${n}`, 1, { reference: 'x'.repeat(200) }));
    full.record(change({ orders: big }));
    expect(full.state.state).toBe('memory');
    expect(full.commands()).toEqual([given('c1', 'unknown')]);
  });

  test('one that is torn in mid-life is set aside, and begun anew from what is held', () => {
    const held: StorePicture = { record, orders: [orderOf('a'), orderOf('b')], incomplete: [], unmatched: [] };
    const torn = journal(() => [held]);
    torn.record(change({ orders: [orderOf('a'), orderOf('b')] }));
    tear();
    torn.record(change({ orders: [orderOf('c')] }));
    expect(torn.state.state).toBe('set-aside');
    torn.close();
    expect(existsSync(join(folder.path, 'journal.sqlite.unreadable-77'))).toBe(true);
    expect(
      journal()
        .stores()[0]!
        .orders.map(({ id }) => id),
    ).toEqual(['a', 'b', 'c']);
  });
});

/** What SQLite does itself when the disk is full. Source: https://sqlite.org/pragma.html#pragma_max_page_count */
function fill(): void {
  connection().exec('PRAGMA max_page_count = 1');
}

/** A table that is gone is to a statement what a torn page is: not what it was prepared for. */
function tear(): void {
  connection().exec('DROP TABLE customers; DROP TABLE orders');
}

/** The journal's own connection, which holds the file so that no other can spoil it. */
function connection(): DatabaseSync {
  return prepared.mock.contexts.at(-1)!;
}

function stranger(): Buffer {
  return built((database) => database.exec('CREATE TABLE theirs (a); PRAGMA user_version = 1'));
}

function newer(): Buffer {
  return built((database) =>
    database.exec('CREATE TABLE notes (a); PRAGMA user_version = 99; PRAGMA application_id = 1416195180'),
  );
}

function built(make: (database: DatabaseSync) => void): Buffer {
  const file = join(folder.path, 'other.sqlite');
  const database = new DatabaseSync(file);
  make(database);
  database.close();
  return readFileSync(file);
}

test('[DL7] what was set aside is told, the newest first, until it is older than the events', () => {
  const kept = journal();
  kept.record(change({ quarantine: [setAside, { ...setAside, seq: 3, receivedAt: 60 }] }));
  expect(kept.quarantined('main', 1)).toEqual([{ ...setAside, epoch: EPOCH, seq: 3, receivedAt: 60 }]);
  kept.trim('main', 50, 1_000);
  expect(kept.quarantined('main', 9).map(({ seq }) => seq)).toEqual([3]);
});

test('a store that is forgotten leaves nothing of its past', () => {
  const kept = journal();
  kept.replace({ record, orders: [orderOf('a')], incomplete: [], unmatched: [] }, true, 8);
  kept.record(change({ replacements: [{ seq: 2, at: 9, id: 'a', order: null }] }));
  expect(kept.replacements('main')).toEqual([{ seq: 2, at: 9, id: 'a', order: null }]);
  kept.forgetStore('main');
  expect([kept.base('main'), kept.baseOrders('main', '', 9), kept.replacements('main')]).toEqual([null, [], []]);
});

describe('[CM1] commands', () => {
  test('are there again after a restart, oldest first, each as it was last', () => {
    const first = journal();
    first.saveCommand(given('late', 'pending', 9));
    first.saveCommand(given('early', 'pending', 3));
    first.saveCommand(given('late', 'done', 9));
    first.close();
    expect(journal().commands()).toEqual([given('early', 'pending', 3), given('late', 'done', 9)]);
  });

  test('are let go of once settled and old, never while in doubt', () => {
    const kept = journal();
    kept.saveCommand(given('old', 'done', 3));
    kept.saveCommand(given('doubt', 'unknown', 3));
    kept.saveCommand(given('new', 'failed', 20));
    kept.trimCommands(10);
    expect(kept.commands().map(({ command }) => command.id)).toEqual(['doubt', 'new']);
    kept.clear();
    expect(kept.commands()).toEqual([]);
  });
});
