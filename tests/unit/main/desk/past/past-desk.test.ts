import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { historyRequests } from '../../../../../contract/history.ts';
import { PageLists } from '../../../../../main/desk/past/page-lists.ts';
import { PastDesk } from '../../../../../main/desk/past/past-desk.ts';
import { created, settled, detected } from '../../../../support/scripted-gateway/drafts.ts';
import { eventOf } from '../delivery/facts.ts';
import { fakeTime } from '../fake-time.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import type { TemporaryFolder } from '../temporary-folder.ts';
import { PastWorld } from './past-world.ts';

let folder: TemporaryFolder;
let world: PastWorld;
const time = fakeTime();
let past: PastDesk;

const draftOf = (n: number) => created(`o${n}`, { createdAt: 1_000 + n, customer: { name: `Customer ${n}` } });

beforeEach(() => {
  folder = temporaryFolder();
  const orders = Array.from({ length: 1_201 }, (_, n) => eventOf(n + 1, draftOf(n)));
  const paid = [eventOf(1_202, detected('o3', 'p')), eventOf(1_203, settled('o3', 'p'))];
  world = new PastWorld(folder.path, [...orders, ...paid]);
  past = new PastDesk(time);
  world.snapshot(0);
});
afterEach(() => {
  past.forget();
  world.close();
  folder.remove();
});

const picture = (at: number) => past.picture(world.journal, world.book, at, world.now);

describe('a picture of earlier', () => {
  test('comes in pages that fit the contract, all of one moment, open orders first', async () => {
    world.arrive(1_203, 1);
    const first = await picture(world.now + 99_000);
    expect(historyRequests['replay.orders'].output.parse(first)).toEqual(first);
    expect(first).toMatchObject({ at: world.now, seq: 1_203, total: 1_201, complete: true });
    const at = world.now;
    world.arrive(0, 1);
    const second = past.morePicture(world.book, first.next!);
    const third = past.morePicture(world.book, second.next!);
    expect([second.at, second.seq, third.next]).toEqual([at, 1_203, null]);
    const ids = [first, second, third].flatMap(({ orders }) => orders.map(({ id }) => id));
    expect([new Set(ids).size, ids.at(-1), ids[0]]).toEqual([1_201, 'o3', 'o1200']);
  });

  test('[AU4] names the customer that is known now, and none that was erased', async () => {
    world.arrive(5, 1);
    const { at } = { at: world.now };
    const { customer: _, ...order } = world.book.orders.get('o1')!;
    world.book.take({ ...order, customerErasedAt: 5, updatedSeq: 99 });
    const { orders } = await picture(at);
    expect(orders.map(({ customer }) => customer?.name)).toEqual([
      'Customer 4',
      'Customer 3',
      'Customer 2',
      undefined,
      'Customer 0',
    ]);
  });

  test('before the first one the screen was empty, and before another one nobody knows', async () => {
    const { from, complete } = past.range(world.journal, 'main', world.now);
    expect([from, complete]).toEqual([world.now, true]);
    expect(await picture(from! - 1)).toMatchObject({ orders: [], complete: true, next: null });
    world.arrive(5, 1);
    world.snapshot(6);
    expect(past.range(world.journal, 'main', world.now)).toMatchObject({ complete: false });
    expect(await picture(world.now - 1)).toMatchObject({ orders: [], complete: false });
  });
});

describe('all orders that are held', () => {
  test('come in pages, the oldest first, between two times', () => {
    world.arrive(1_203, 1);
    const first = past.orders([world.book], 1_100, 2_150);
    const rest = [past.moreOrders(first.next!)];
    rest.push(past.moreOrders(rest[0]!.next!));
    const ids = [first, ...rest].flatMap(({ orders }) => orders.map(({ id }) => id));
    expect(ids).toEqual(Array.from({ length: 1_050 }, (_, n) => `o${n + 100}`));
    expect([first.total, rest[1]!.next]).toEqual([1_050, null]);
    expect(historyRequests['orders.page'].output.parse(first)).toEqual(first);
  });

  test('one that left meanwhile is left out, and none is told twice', () => {
    world.arrive(1_203, 1);
    const first = past.orders([world.book], null, null);
    world.book.forgetOlder(Number.MAX_SAFE_INTEGER);
    const [second] = [past.moreOrders(first.next!)];
    expect(world.book.orders.has('o3')).toBe(false);
    expect(first.orders.length + second.orders.length + past.moreOrders(second.next!).orders.length).toBe(1_201);
  });

  test('after a while without questions, or another pairing, a reading begins anew', () => {
    world.arrive(1_203, 1);
    const { next } = past.orders([world.book], null, null);
    time.advance(119_000);
    past.moreOrders(next!);
    time.advance(121_000);
    expect(() => past.moreOrders(next!)).toThrow(expect.objectContaining({ code: 'cursor-expired' }) as Error);
  });
});

test.each(['', '1', '1.', '.5', '9.0', '1.999', '1.-1', '1.1e1', 'x'.repeat(100)])(
  'a cursor %j that was never given is refused',
  (cursor) => {
    const lists = new PageLists<number>(2);
    lists.begin([1, 2, 3]);
    expect(() => lists.next(cursor)).toThrow(expect.objectContaining({ code: 'cursor-expired' }) as Error);
  },
);

test('of many lists the newest are kept', () => {
  const lists = new PageLists<number>(1);
  const cursors = Array.from({ length: 6 }, (_, n) => lists.begin([n, n + 100]).next!);
  expect(cursors.slice(2).map((cursor) => lists.next(cursor).items)).toEqual([[102], [103], [104], [105]]);
  expect(() => lists.next(cursors[1]!)).toThrow('no longer kept');
});
