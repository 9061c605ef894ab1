import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { StoreBook, emptyPicture } from '../../../../../main/desk/delivery/store-book.ts';
import { StoreFeed } from '../../../../../main/desk/delivery/store-feed.ts';
import { SqliteJournal } from '../../../../../main/desk/journal/sqlite-journal.ts';
import { timing } from '../../../../../main/desk/timing.ts';
import { noted } from '../../../../support/scripted-gateway/drafts.ts';
import { fakeTime } from '../fake-time.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import type { TemporaryFolder } from '../temporary-folder.ts';
import { EPOCH, eventOf } from './facts.ts';

const MESSAGE_EVENTS = 200;
const MESSAGES = 12;
const HEAD = MESSAGES * MESSAGE_EVENTS;
/** What may be applied without anybody else having a turn. */
const TURN_MOST = 400;

let folder: TemporaryFolder;
let journal: SqliteJournal;
let book: StoreBook;
let feed: StoreFeed;

beforeEach(async () => {
  folder = temporaryFolder();
  const none = { log: () => undefined, held: () => [], heldCommands: () => [] };
  journal = new SqliteJournal({ dataDir: folder.path, now: () => 1, ...none });
  const empty = emptyPicture({ id: 'main', name: 'Main' });
  const told = { changed: ignored, replaced: ignored, incomplete: ignored, unmatched: ignored };
  const position = { epoch: EPOCH, seq: 0 };
  book = new StoreBook({ ...empty, record: { ...empty.record, position } }, journal, { now: () => 7, ...told });
  const subscribed = { ok: true, epoch: EPOCH, head: HEAD, mode: 'resumed' };
  feed = new StoreFeed(book, {
    transport: {
      name: 'websocket',
      request: async () => ({ ok: true, value: subscribed }),
      close: async () => undefined,
    },
    api: { snapshotPage: () => expect.unreachable('nothing asks for a picture') },
    time: fakeTime(),
    timing: timing(),
    gatewayNow: () => 7,
    ...{ progressed: ignored, applied: ignored, snapshotTaken: ignored, withdrawn: ignored },
    failed: (failure) => expect.unreachable(JSON.stringify(failure)),
  });
  await feed.subscribe();
});

afterEach(() => {
  feed.close();
  journal.close();
  folder.remove();
});

function ignored(): void {}

/** All at once, as they come from a line that was busy. */
function receiveAll(confirm: (seq: number) => void): void {
  for (let n = 0; n < MESSAGES; n += 1) {
    const from = n * MESSAGE_EVENTS + 1;
    const events = Array.from({ length: MESSAGE_EVENTS }, (_, at) => eventOf(from + at, noted(`o${at % 7}`, 'x')));
    feed.receive({ store: 'main', epoch: EPOCH, emittedAt: 5, events }, confirm);
  }
}

test('a long catch-up gives everybody else a turn in between', async () => {
  receiveAll(ignored);
  const seqs = [book.seq];
  while (book.seq < HEAD) {
    await nextTurn();
    seqs.push(book.seq);
  }
  const steps = seqs.slice(1).map((seq, n) => seq - seqs[n]!);
  expect(Math.max(...steps)).toBeLessThanOrEqual(TURN_MOST);
  expect(feed.behind).toBe(0);
});

test('[DL3] a message is confirmed once its events are in the journal, each with how far that is', async () => {
  const confirmed: { seq: number; journalled: number }[] = [];
  receiveAll((seq) => confirmed.push({ seq, journalled: journal.steps('main', EPOCH, seq - 1, 1)[0]?.seq ?? 0 }));
  while (book.seq < HEAD) await nextTurn();
  expect(confirmed).toHaveLength(MESSAGES);
  expect(confirmed.every(({ seq, journalled }) => seq === journalled)).toBe(true);
  expect(confirmed.at(-1)?.seq).toBe(HEAD);
});

test('[CN6] what is closed in the middle of a catch-up applies nothing more', async () => {
  receiveAll(ignored);
  await nextTurn();
  const { seq } = book;
  expect(seq).toBeLessThan(HEAD);
  feed.close();
  await nextTurn();
  await nextTurn();
  expect(book.seq).toBe(seq);
});
