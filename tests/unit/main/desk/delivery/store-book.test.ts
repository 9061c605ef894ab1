import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Absence } from '../../../../../main/desk/delivery/absence.ts';
import type { Due } from '../../../../../main/desk/delivery/apply-events.ts';
import { checkEvent } from '../../../../../main/desk/delivery/check-event.ts';
import { StoreBook, emptyPicture } from '../../../../../main/desk/delivery/store-book.ts';
import type { TakenPicture } from '../../../../../main/desk/delivery/store-book.ts';
import type { Event } from '../../../../../contract/events.ts';
import type { Order } from '../../../../../contract/order.ts';
import type { Position } from '../../../../../contract/protocol.ts';
import type { UnmatchedPayment } from '../../../../../contract/unmatched.ts';
import type { Journal } from '../../../../../main/desk/journal/journal.ts';
import { SqliteJournal } from '../../../../../main/desk/journal/sqlite-journal.ts';
import { created, detected, noted } from '../../../../support/scripted-gateway/drafts.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import type { TemporaryFolder } from '../temporary-folder.ts';
import { EPOCH, eventOf, orderOf } from './facts.ts';

let folder: TemporaryFolder;
let journal: Journal;
let told: string[];
let book: StoreBook;

beforeEach(() => {
  folder = temporaryFolder();
  journal = new SqliteJournal({
    dataDir: folder.path,
    now: () => 1,
    log: () => undefined,
    held: () => [],
    heldCommands: () => [],
  });
  told = [];
  book = new StoreBook(emptyPicture({ id: 'main', name: 'Main' }), journal, {
    now: () => 7,
    changed: (_store, orders, removed) => {
      const changed = [...orders];
      // By the time anybody is told, the journal has it.
      const journalled = changed.map((order) => journal.events('main', order).length);
      told.push(`changed ${changed.join()} ${removed.join()} journalled ${journalled.join()}`);
    },
    replaced: () => told.push('replaced'),
    incomplete: () => told.push('incomplete'),
    unmatched: (_store, payments) => told.push(`unmatched ${payments?.join() ?? 'all'}`),
  });
});

afterEach(() => {
  journal.close();
  folder.remove();
});

const dues = (...events: Event[]): Due[] =>
  events.map((event) => ({ seq: event.seq, arrival: checkEvent(event, 'main', EPOCH), emittedAt: 5, arrivedAt: 6 }));

const store = { id: 'main', name: 'Main street', currency: 'USD', timeZone: 'UTC' };
const picture = (position: Position, orders: Order[], bad = 0, unmatched: UnmatchedPayment[] = []): TakenPicture => ({
  ...{ store, position, orders, unmatched, bad },
  sources: [],
  at: 8,
});

describe('a book', () => {
  test('[DL3] tells what changed with its position, once the journal has it', () => {
    book.apply(EPOCH, dues(eventOf(1, created('a')), eventOf(2, detected('a', 'p'))));
    expect(book.position).toEqual({ epoch: EPOCH, seq: 2, id: eventOf(2, created('a')).id });
    expect(told).toEqual(['changed a  journalled 2']);
    expect(journal.events('main', 'a').map(({ seq, emittedAt, arrivedAt }) => [seq, emittedAt, arrivedAt])).toEqual([
      [1, 5, 6],
      [2, 5, 6],
    ]);
  });

  test('[DL4] a picture replaces all; events of another epoch go with it', () => {
    book.apply(EPOCH, dues(eventOf(1, created('a'))));
    book.replace(picture({ epoch: EPOCH, seq: 9 }, [orderOf('b', 9)], 1));
    expect([...book.orders.keys()]).toEqual(['b']);
    expect(book.record).toMatchObject({ store, quarantined: 1 });
    expect(journal.events('main', 'a')).toHaveLength(1);
    book.replace(picture({ epoch: 'another', seq: 1 }, [], 0));
    expect(journal.events('main', 'a')).toEqual([]);
    expect(book.seq).toBe(1);
  });

  test('[DL4] a log taken back under its own epoch leaves no event that may never have happened', () => {
    book.apply(EPOCH, dues(eventOf(1, created('a')), eventOf(2, detected('a', 'p'))));
    book.replace(picture({ epoch: EPOCH, seq: 1 }, [orderOf('a', 1)], 0), true);
    expect(journal.events('main', 'a')).toEqual([]);
    const other = { ...eventOf(2, noted('a', 'otherwise')), id: '00000000-0000-4000-8000-0000000000ff' };
    book.apply(EPOCH, dues(other));
    expect(journal.events('main', 'a').map(({ id }) => id)).toEqual([other.id]);
  });

  test('[DL7] an order that waits is taken only as new as what is held, then it is whole', () => {
    book.apply(EPOCH, dues(eventOf(1, created('a')), { ...eventOf(2, noted('a', 'x')), data: {} }));
    expect([...book.incomplete]).toEqual(['a']);
    book.apply(EPOCH, dues(eventOf(3, noted('a', 'y'))));
    book.take({ ...orderOf('a'), updatedSeq: 2 });
    expect([...book.incomplete]).toEqual(['a']);
    book.take({ ...orderOf('a'), updatedSeq: 3 });
    expect([...book.incomplete]).toEqual([]);
    expect(book.orders.get('a')?.notes).toEqual([]);
  });

  test('an order the gateway does not know is not asked for for ever', () => {
    book.apply(EPOCH, dues(eventOf(1, noted('ghost', 'x'))));
    expect(told).toContain('incomplete');
    book.giveUp('ghost');
    expect(book.incomplete.size).toBe(0);
  });

  test('closed orders leave after their time, open ones never', () => {
    const closed = { ...orderOf('old', 1), status: 'paid' as const };
    book.replace(picture({ epoch: EPOCH, seq: 3 }, [closed, orderOf('open', 2)], 0));
    book.forgetOlder(closed.updatedAt);
    expect(book.orders.size).toBe(2);
    book.forgetOlder(closed.updatedAt + 1_000);
    expect([...book.orders.keys()]).toEqual(['open']);
    expect(told.at(-1)).toBe('changed  old journalled ');
  });

  test('[FR1] health speaks of sources the store knows, or of all where it is the only store', () => {
    const source = { id: 'cdc', kind: 'x', state: 'hearing', lastHeardAt: 1, lagMs: 1 } as const;
    expect(book.sourcesAt).toBeNull();
    book.hearSources([source], 10, false);
    expect(book.record.sources).toEqual([]);
    book.hearSources([source], 20, true);
    book.hearSources([{ ...source, state: 'down' }], 30, false);
    expect(book.record.sources).toEqual([{ ...source, state: 'down' }]);
    expect(book.sourcesAt).toBe(30);
  });

  test('the head is never behind what was applied', () => {
    book.heardOfHead(7);
    expect(book.head).toBe(7);
    book.apply(EPOCH, dues(eventOf(1, created('a'))));
    book.heardOfHead(0);
    expect(book.head).toBe(1);
  });
});

describe('[FR3] an absence', () => {
  test('is told with its events and its span, once', () => {
    const absence = new Absence();
    absence.left(100);
    absence.left(200);
    expect(absence.counting).toBe(true);
    absence.missed(3);
    absence.missed(2);
    expect(absence.back(900)).toEqual({ kind: 'caught-up', events: 5, from: 100, to: 900 });
    expect(absence.back(901)).toBeNull();
  });

  test('is none where nothing was missed, or nothing was ever current', () => {
    const absence = new Absence();
    absence.left(100);
    expect(absence.back(900)).toBeNull();
    absence.left(null);
    absence.missed(7);
    expect(absence.counting).toBe(false);
    expect(absence.back(900)).toBeNull();
  });
});
