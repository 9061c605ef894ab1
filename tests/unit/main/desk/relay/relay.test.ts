import { beforeEach, describe, expect, test } from 'vitest';
import type { DeskState, Moment } from '../../../../../contract/ipc.ts';
import type { Order } from '../../../../../contract/order.ts';
import type { UnmatchedPayment } from '../../../../../contract/unmatched.ts';
import type { Push } from '../../../../../main/desk/desk.ts';
import { pictureOrder, roughBytes } from '../../../../../main/desk/relay/order-pages.ts';
import { Relay } from '../../../../../main/desk/relay/relay.ts';
import { detected, noted } from '../../../../support/scripted-gateway/drafts.ts';
import { fold } from '../../../../../contract/fold.ts';
import { eventOf, orderOf } from '../delivery/facts.ts';
import { fakeTime } from '../fake-time.ts';
import type { FakeTime } from '../fake-time.ts';

let time: FakeTime;
let orders: Map<string, Order>;
let unmatched: Map<string, UnmatchedPayment>;
let current: boolean;
let relay: Relay;
let pushes: (Push & { at: number })[];

beforeEach(() => {
  time = fakeTime();
  orders = new Map();
  unmatched = new Map();
  current = true;
  pushes = [];
  relay = new Relay(
    {
      state: () => ({ current }) as DeskState,
      current: () => current,
      stores: () => ['main'],
      orders: (store) => (store === 'main' ? orders : new Map()),
      unmatched: (store) => (store === 'main' ? unmatched : new Map()),
      seq: () => orders.size,
    },
    time,
  );
});

function attach(): () => void {
  return relay.attach((push) => pushes.push({ ...push, at: time.monotonic() }));
}

function settle(): void {
  time.advance(1_000);
  pushes = [];
}

function hold(...ids: string[]): string[] {
  for (const id of ids) orders.set(id, orderOf(id));
  return ids;
}

const moment = (order: string, seq = 1, missed = false): Moment => ({
  ...{ store: 'main', seq, order, reference: order, kind: 'order.created', at: 1, missed },
});
const names = (): string[] => pushes.map(({ name }) => name);
const orderPushes = (): Extract<Push, { name: 'desk.orders' }>['payload'][] =>
  pushes.flatMap((push) => (push.name === 'desk.orders' ? [push.payload] : []));

describe('attaching', () => {
  test('the state at once, then a whole new picture', () => {
    hold('a', 'b');
    attach();
    expect(names()).toEqual(['desk.state', 'desk.orders']);
    expect(orderPushes()).toMatchObject([{ store: 'main', reset: true, complete: true, removed: [], seq: 2 }]);
  });

  test('an empty store is a picture too', () => {
    attach();
    expect(orderPushes()).toEqual([{ store: 'main', reset: true, complete: true, orders: [], removed: [], seq: 0 }]);
  });

  test('a large picture comes in pages, the first resets, the last completes, open orders first', () => {
    for (let n = 0; n < 1_000; n += 1) hold(`o${n}`);
    orders.set('o0', { ...orders.get('o0')!, status: 'paid' });
    attach();
    time.advance(1_000);
    const pages = orderPushes();
    expect(pages.length).toBeGreaterThan(2);
    expect(pages.map(({ reset }) => reset)).toEqual(pages.map((_, n) => n === 0));
    expect(pages.map(({ complete }) => complete)).toEqual(pages.map((_, n) => n === pages.length - 1));
    expect(pages.flatMap((page) => page.orders).map(({ id }) => id)).toHaveLength(1_000);
    expect(pages.at(-1)!.orders.at(-1)!.id).toBe('o0');
    for (const page of pages) expect(JSON.stringify(page).length).toBeLessThan(300 * 1024);
  });

  test('an order that changes while its page waits is sent once, as it is then', () => {
    for (let n = 0; n < 1_000; n += 1) hold(`o${n}`);
    attach();
    const last = pictureOrder(orders.values()).at(-1)!;
    orders.set(last, fold(orders.get(last), eventOf(2, noted(last, 'changed')))!);
    relay.changed('main', [last], []);
    time.advance(1_000);
    const sent = orderPushes()
      .flatMap((page) => page.orders)
      .filter(({ id }) => id === last);
    expect(sent).toMatchObject([{ updatedSeq: 2 }]);
  });
});

describe('changes', () => {
  test('the first at once, then one message a frame, each order once as it is then', () => {
    attach();
    settle();
    relay.changed('main', hold('a'), []);
    expect(orderPushes()).toHaveLength(1);
    for (let seq = 2; seq <= 50; seq += 1) {
      orders.set('a', fold(orders.get('a'), eventOf(seq, noted('a', `${seq}`)))!);
      relay.changed('main', ['a'], []);
    }
    expect(orderPushes()).toHaveLength(1);
    time.advance(16);
    expect(orderPushes().map((push) => push.orders.map(({ updatedSeq }) => updatedSeq))).toEqual([[1], [50]]);
    time.advance(1_000);
    expect(pushes).toHaveLength(2);
  });

  test('[P9] under a storm there is at most one message in 16 ms, of about 64 KiB, and nothing starves', () => {
    attach();
    settle();
    for (let n = 0; n < 2_000; n += 1) {
      relay.changed('main', hold(`o${n % 700}`), []);
      relay.moments([moment(`o${n % 700}`, n)]);
      relay.state(false);
      time.advance(1);
    }
    relay.notice({ kind: 'journal' });
    time.advance(2_000);
    const gaps = pushes.slice(1).map(({ at }, n) => at - pushes[n]!.at);
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(16);
    for (const push of orderPushes()) expect(JSON.stringify(push).length).toBeLessThan(80 * 1024);
    const moments = pushes.flatMap((push) => (push.name === 'desk.moments' ? push.payload.moments : []));
    expect(moments.map(({ seq }) => seq)).toEqual(Array.from({ length: 2_000 }, (_, n) => n));
    expect(names().filter((name) => name === 'desk.state').length).toBeGreaterThan(4);
    expect(names()).toContain('desk.notice');
  });

  test('[P12] what a long absence has left comes in larger messages, each order once, until few wait', () => {
    current = false;
    attach();
    settle();
    const ids = hold(...Array.from({ length: 4_000 }, (_, n) => `o${n}`));
    relay.changed('main', ids, []);
    time.advance(5_000);
    const sizes = orderPushes().map((push) => JSON.stringify(push).length);
    expect(orderPushes().flatMap(({ orders: sent }) => sent.map(({ id }) => id))).toEqual(ids);
    expect(sizes[0]).toBeGreaterThan(100 * 1024);
    expect(Math.max(...sizes)).toBeLessThan(300 * 1024);
    expect(sizes.at(-1)).toBeLessThan(80 * 1024);
  });

  test('[P9] a storm is no absence: while current, messages stay small however much waits', () => {
    attach();
    settle();
    relay.changed('main', hold(...Array.from({ length: 4_000 }, (_, n) => `o${n}`)), []);
    time.advance(5_000);
    expect(Math.max(...orderPushes().map((push) => JSON.stringify(push).length))).toBeLessThan(80 * 1024);
  });

  test('a moment never comes before its order', () => {
    attach();
    settle();
    relay.changed('main', hold('a'), []);
    relay.changed('main', hold('b'), []);
    relay.moments([moment('b')]);
    time.advance(100);
    expect(names()).toEqual(['desk.orders', 'desk.orders', 'desk.moments']);
  });

  test('what left is told; what came back meanwhile is not', () => {
    hold('a', 'b');
    attach();
    settle();
    orders.delete('a');
    relay.changed('main', [], ['a']);
    relay.changed('main', ['b'], ['b']);
    time.advance(100);
    expect(orderPushes().flatMap(({ removed }) => removed)).toEqual(['a']);
  });

  test('a replaced picture voids what waited', () => {
    hold('a');
    attach();
    settle();
    relay.changed('main', hold('x'), []);
    relay.changed('main', hold('y'), []);
    orders = new Map([['z', orderOf('z')]]);
    relay.replaced('main');
    time.advance(100);
    expect(orderPushes().at(-1)).toMatchObject({ reset: true, complete: true, orders: [{ id: 'z' }] });
  });
});

describe('the state', () => {
  test('[FR2] a change of the connection does not wait for a frame', () => {
    attach();
    settle();
    relay.changed('main', hold('a'), []);
    current = false;
    relay.state(true);
    expect(names()).toEqual(['desk.orders', 'desk.state']);
  });

  test('otherwise at most four times a second, and never lost', () => {
    attach();
    settle();
    for (let n = 0; n < 100; n += 1) {
      relay.state(false);
      time.advance(10);
    }
    time.advance(1_000);
    expect(names().length).toBeLessThanOrEqual(5);
    expect(names().length).toBeGreaterThanOrEqual(4);
  });

  test('[FR2] that it is current is told only after the orders that make it so', () => {
    current = false;
    attach();
    settle();
    for (let n = 0; n < 1_000; n += 1) hold(`o${n}`);
    relay.replaced('main');
    current = true;
    relay.state(true);
    time.advance(1_000);
    expect(names().at(-1)).toBe('desk.state');
    expect(names().filter((name) => name === 'desk.state')).toHaveLength(1);
    expect(orderPushes().at(-1)!.complete).toBe(true);
  });

  test('[FR2] a stream of changes does not keep that from being told', () => {
    current = false;
    attach();
    settle();
    relay.changed('main', hold('a'), []);
    relay.changed('main', hold('b'), []);
    current = true;
    relay.state(true);
    for (let n = 0; n < 100; n += 1) {
      relay.changed('main', hold(`o${n}`), []);
      relay.state(false);
      time.advance(3);
    }
    expect(names()).toContain('desk.state');
  });
});

describe('renderers', () => {
  test('[FR3] the digest waits for the first that attaches, and is told once', () => {
    relay.moments([moment('a', 1, true), moment('a', 2, false)]);
    relay.notice({ kind: 'caught-up', events: 1, from: 1, to: 2 });
    hold('a');
    attach();
    time.advance(100);
    const seen = [...pushes];
    pushes = [];
    attach();
    time.advance(100);
    expect(seen.flatMap((push) => (push.name === 'desk.moments' ? push.payload.moments : []))).toEqual([
      moment('a', 1, true),
    ]);
    expect(seen.map(({ name }) => name)).toContain('desk.notice');
    expect(names()).not.toContain('desk.moments');
    expect(names()).not.toContain('desk.notice');
  });

  test('each at its own pace; one that left gets nothing more, and leaves no timer', () => {
    const detach = attach();
    const other: Push[] = [];
    relay.attach((push) => other.push(push));
    settle();
    other.length = 0;
    detach();
    relay.changed('main', hold('a'), []);
    expect(pushes).toEqual([]);
    expect(other).toHaveLength(1);
    relay.close();
    expect(time.timers).toBe(0);
  });
});

test('a window that is gone takes nobody with it', () => {
  hold('a');
  relay.attach(() => {
    throw new Error('Object has been destroyed');
  });
  attach();
  settle();
  relay.changed('main', hold('b'), []);
  expect(names()).toEqual(['desk.orders']);
  relay.close();
  expect(time.timers).toBe(0);
});

test('the estimate of an order’s size is near its real one', () => {
  let order = orderOf('a');
  for (let n = 0; n < 5; n += 1) {
    expect(roughBytes(order) / JSON.stringify(order).length).toBeGreaterThan(0.7);
    expect(roughBytes(order) / JSON.stringify(order).length).toBeLessThan(2.5);
    order = fold(order, eventOf(2 + 2 * n, detected('a', `p${n}`)))!;
    order = fold(order, eventOf(3 + 2 * n, noted('a', 'a note of some length '.repeat(10))))!;
  }
});

describe('the doctor', () => {
  const report = (running: 'name' | 'tcp' | null) => ({ gateway: 'https://g', startedAt: 1, running, steps: [] });

  test('is told as it goes on, the newest report alone where several come in one frame', () => {
    attach();
    settle();
    relay.doctor(report('name'));
    relay.doctor(report('tcp'));
    relay.doctor(report(null));
    time.advance(1_000);
    expect(pushes).toMatchObject([
      { name: 'desk.doctor', payload: report('name') },
      { name: 'desk.doctor', payload: report(null) },
    ]);
  });

  test('is told to nobody who comes later', () => {
    relay.doctor(report(null));
    attach();
    time.advance(1_000);
    expect(names()).not.toContain('desk.doctor');
  });
});
