import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { StoreChange } from '../../../../../main/desk/journal/journal.ts';
import { SqliteJournal } from '../../../../../main/desk/journal/sqlite-journal.ts';
import { noted } from '../../../../support/scripted-gateway/drafts.ts';
import { EPOCH, eventOf, orderOf } from '../delivery/facts.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import type { TemporaryFolder } from '../temporary-folder.ts';
import { EARLIER_CUSTOMER, earlier, writeEarlierJournal } from './earlier-journal.ts';
import type { EarlierVersion } from './earlier-journal.ts';

/** Source: https://sqlite.org/rescode.html */
const SQLITE_FULL = 13;

let folder: TemporaryFolder;
let opened: SqliteJournal[];

beforeEach(() => {
  folder = temporaryFolder();
  opened = [];
});

afterEach(() => {
  vi.restoreAllMocks();
  for (const journal of opened) journal.close();
  folder.remove();
});

function journal(): SqliteJournal {
  const none = { log: () => undefined, held: () => [], heldCommands: () => [] };
  const next = new SqliteJournal({ dataDir: folder.path, now: () => 77, ...none });
  opened.push(next);
  return next;
}

function earlierJournal(version: EarlierVersion): SqliteJournal {
  writeEarlierJournal(folder.path, version);
  return journal();
}

const { position, ...told } = earlier.record;
const record = { ...earlier.record, sources: [] };

function change(more: Partial<StoreChange>): StoreChange {
  const none = { events: [], orders: [], incomplete: new Map<string, boolean>(), removed: [], quarantine: [] };
  return { record, ...none, unmatched: [], unmatchedRemoved: [], replacements: [], ...more };
}

const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1);

const seqs = (kept: SqliteJournal, order: string) => kept.events('main', order).map(({ seq }) => seq);

describe.each([1, 2, 3, 4] as const)('a journal of version %i', (version) => {
  test('[DL9] is taken over as it was: orders, customers, marks and events', () => {
    const kept = earlierJournal(version);
    expect(kept.state).toEqual({ state: 'ok' });
    const [picture] = kept.stores();
    expect(picture!.record).toMatchObject(told);
    expect([...picture!.orders].sort(byId)).toEqual([...earlier.orders].sort(byId));
    expect(picture!.incomplete).toEqual(earlier.incomplete);
    expect(['gone', 'a', 'b', 'lost'].map((order) => seqs(kept, order))).toEqual([[1], [2, 4], [3], []]);
    expect(kept.events('main', 'b')).toEqual([{ ...earlier.events[2], emittedAt: 5, arrivedAt: 30 }]);
    expect(kept.quarantined('main', 9)).toMatchObject([{ seq: 9, order: 'a', reason: 'x', epoch: EPOCH }]);
  });

  test('[DL4] goes on from its position, or takes a new picture where unmatched money was not kept', () => {
    const [picture] = earlierJournal(version).stores();
    expect(picture!.record.position).toEqual(version < 3 ? null : position);
  });

  test('[DL3] is written to like any other, and opened again', () => {
    const kept = earlierJournal(version);
    const event = { event: eventOf(5, noted('new', '5')), emittedAt: 5, arrivedAt: 50 };
    kept.record(change({ events: [event], orders: [orderOf('new', 5), orderOf('a', 5)], removed: ['b'] }));
    kept.saveCommand({
      command: { id: 'c', store: 'main', order: 'a', name: 'note', args: {} },
      givenAt: 5,
      outcome: { id: 'c', state: 'pending' },
    });
    kept.close();
    const again = journal();
    expect(again.state).toEqual({ state: 'ok' });
    const ids = again.stores()[0]!.orders.map(({ id }) => id);
    expect(ids.sort()).toEqual(['a', 'new']);
    expect(['gone', 'a', 'b', 'new'].map((order) => seqs(again, order))).toEqual([[1], [2, 4], [3], [5]]);
    expect(again.commands()).toHaveLength(1);
  });

  test('[AU4] keeps nothing of a customer who is erased', () => {
    const kept = earlierJournal(version);
    const { customer: _, ...order } = kept.stores()[0]!.orders.find(({ id }) => id === 'a')!;
    const erased = { ...order, customerErasedAt: 9 };
    const event = { ...eventOf(5, noted('a', '')), kind: 'customer.erased', data: {} };
    kept.record(change({ orders: [erased], events: [{ event, emittedAt: 5, arrivedAt: 6 }] }));
    const files = readdirSync(folder.path).map((file) => readFileSync(join(folder.path, file), 'latin1'));
    expect(files.filter((text) => text.includes(EARLIER_CUSTOMER.name))).toEqual([]);
  });

  test('[DL9] is as it was where the disk fills up on the way, and taken over another time', () => {
    writeEarlierJournal(folder.path, version);
    const exec = DatabaseSync.prototype.exec;
    const disk = vi.spyOn(DatabaseSync.prototype, 'exec').mockImplementation(function (this: DatabaseSync, sql) {
      const [fits, ...rest] = sql.split('DROP TABLE orders_before');
      exec.call(this, this.location() === null ? sql : fits!);
      if (rest.length > 0 && this.location() !== null)
        throw Object.assign(new Error('database or disk is full'), { errcode: SQLITE_FULL });
    });
    const full = journal();
    expect(full.state.state).toBe('memory');
    full.close();
    disk.mockRestore();
    expect(seqs(journal(), 'a')).toEqual([2, 4]);
    expect(readdirSync(folder.path).filter((name) => name.includes('unreadable'))).toEqual([]);
  });
});

test('[DL10] the past of version 4 goes on from its base', () => {
  const kept = earlierJournal(4);
  expect(kept.base('main')).toEqual({ epoch: EPOCH, seq: 0, at: 3, complete: true });
  expect(kept.steps('main', EPOCH, 1, 2).map(({ seq, at }) => [seq, at])).toEqual([
    [2, 20],
    [3, 30],
  ]);
  expect(kept.lastArrived('main', EPOCH, { from: 1, to: 4 }, 35)).toBe(3);
  expect(kept.replacements('main')).toEqual([{ seq: 1, at: 15, id: 'gone', order: null }]);
  expect(kept.trim('main', 25, 1_000)).toBe(false);
  expect(kept.base('main')).toEqual({ epoch: EPOCH, seq: 2, at: 20, complete: false });
  expect(kept.baseOrders('main', '', 9)).toEqual([]);
  expect(seqs(kept, 'a')).toEqual([4]);
});

test('[DL10] the past of version 3 begins with what it held', () => {
  const kept = earlierJournal(3);
  expect(kept.base('main')).toEqual({ epoch: EPOCH, seq: 4, at: earlier.record.asOf, complete: false });
  const bare = earlier.orders.map(({ id }) => ({ id, order: orderOf(id, id === 'a' ? 4 : 3) }));
  expect(kept.baseOrders('main', '', 10)).toEqual(bare.sort(byId));
  expect(kept.quarantined('main', 10)).toMatchObject([{ id: null, kind: null, receivedAt: null }]);
});
