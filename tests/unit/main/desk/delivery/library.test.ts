import { afterEach, beforeEach, expect, test } from 'vitest';
import { Library } from '../../../../../main/desk/delivery/library.ts';
import { SqliteJournal } from '../../../../../main/desk/journal/sqlite-journal.ts';
import type { Journal } from '../../../../../main/desk/journal/journal.ts';
import { created } from '../../../../support/scripted-gateway/drafts.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import type { TemporaryFolder } from '../temporary-folder.ts';
import { EPOCH, eventOf, orderOf } from './facts.ts';

const HOUR = 3_600_000;
const BEGIN = 1_790_000_000_000;
let folder: TemporaryFolder;
let journal: Journal;
let library: Library;

beforeEach(() => {
  folder = temporaryFolder();
  const none = { log: () => undefined, held: () => [], heldCommands: () => [] };
  journal = new SqliteJournal({ dataDir: folder.path, now: () => BEGIN, ...none });
  const silent = { changed: () => undefined, replaced: () => undefined, unmatched: () => undefined };
  library = new Library({ ...silent, incomplete: () => undefined, now: () => BEGIN });
  library.open(journal, [{ id: 'main', name: 'Main' }]);
  const store = { id: 'main', name: 'Main', currency: 'USD', timeZone: 'UTC' };
  const closed = { ...orderOf('old'), status: 'paid' as const, updatedAt: BEGIN };
  const [book] = library.books;
  book!.replace({
    store,
    position: { epoch: EPOCH, seq: 0 },
    at: BEGIN,
    orders: [closed],
    unmatched: [],
    sources: [],
    bad: 0,
  });
  const due = { seq: 1, arrival: { ok: true as const, event: eventOf(1, created('a')) } };
  book!.apply(EPOCH, [{ ...due, emittedAt: BEGIN, arrivedAt: BEGIN }]);
});
afterEach(() => {
  journal.close();
  folder.remove();
});

const kept = () => [journal.events('main', 'a').length, library.book('main')!.orders.has('old')];

test.each([
  ['as usual events go after three days, closed orders after seven', undefined, 71, 73, 167, 169],
  ['less than that is never kept', 5, 71, 73, 167, 169],
  ['as long as a person wants, closed orders a day longer', 400, 399, 401, 423, 425],
])('[DL8] %s', (_what, wanted, before, after, orderBefore, orderAfter) => {
  const trim = (hours: number) => {
    library.trim(BEGIN + hours * HOUR, wanted);
    return kept();
  };
  expect([trim(before), trim(after)]).toEqual([
    [1, true],
    [0, true],
  ]);
  expect([trim(orderBefore), trim(orderAfter)]).toEqual([
    [0, true],
    [0, false],
  ]);
});
