/** A real desk core at a gateway that misbehaves on purpose. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Event } from '../../../contract/events.ts';
import { created, detected, noted, settled } from '../../support/scripted-gateway/drafts.ts';
import type { ScriptedGateway } from '../../support/scripted-gateway/scripted-gateway.ts';
import { openDeskAtGateway } from './desk-at-gateway.ts';
import type { DeskAtGateway } from './desk-at-gateway.ts';
import type { DeskUnderTest } from './desk-under-test.ts';

let together: DeskAtGateway;
let gateway: ScriptedGateway;
let desk: DeskUnderTest;

beforeEach(async () => {
  together = await openDeskAtGateway();
  ({ gateway, desk } = together);
});

afterEach(() => together.close());

const live = () => together.live();

/** Until when the desk waited for this reason, each time it did, in epoch milliseconds. */
const waitsFor = (reason: string): readonly number[] =>
  desk.screen.states.flatMap(({ connection }) =>
    connection.state === 'waiting' && connection.reason === reason ? [connection.retryAt] : [],
  );

/** Waits until the screen shows what the log folds to, and says so. */
async function whole(): Promise<void> {
  const head = gateway.orders();
  const newest = Math.max(0, ...[...head.values()].map(({ updatedSeq }) => updatedSeq));
  await desk.screen.until('everything', () => {
    const shown = desk.screen.orders.get('main');
    const same = [...head.values()].every(({ id, updatedSeq }) => shown?.get(id)?.updatedSeq === updatedSeq);
    return same && desk.screen.state.current && desk.screen.state.stores[0]!.seq >= newest;
  });
  expect(new Map([...desk.screen.orders.get('main')!].sort())).toEqual(new Map([...head].sort()));
}

describe('events that do not come as they should', () => {
  test('[DL2] what comes twice is applied once and confirmed all the same', async () => {
    await live();
    gateway.script.emit = (event) => [event, event];
    gateway.append(created('a'), detected('a', 'p1'), noted('a', 'once'));
    await whole();
    expect(desk.screen.order('a')?.notes).toHaveLength(1);
    expect(gateway.seen.filter((each) => each.startsWith('subscribe'))).toEqual(['subscribe 0']);
    await desk.screen.until('the moments', () => desk.screen.moments.length >= 3);
    expect(desk.screen.moments.map(({ seq }) => seq)).toEqual([1, 2, 3]);
  });

  test('[DL2] what comes out of order is put in order without asking again', async () => {
    await live();
    const held: Event[] = [];
    gateway.script.emit = (event) => (held.push(event), []);
    gateway.append(created('a'), detected('a', 'p1'), settled('a', 'p1'));
    const [first, second, third] = held;
    const message = { store: 'main', epoch: gateway.epoch, emittedAt: Date.now() };
    gateway.emitRaw({ ...message, events: [third] });
    gateway.emitRaw({ ...message, events: [second, first] });
    await whole();
    expect(desk.screen.order('a')?.status).toBe('paid');
    expect(gateway.seen.filter((each) => each.startsWith('subscribe'))).toEqual(['subscribe 0']);
  });

  test('[DL2] a missing event is never shown as live, and fetched by subscribing again', async () => {
    await live();
    gateway.append(created('a'));
    await whole();
    const from = desk.screen.states.length;
    let dropped = false;
    gateway.script.emit = (event) => {
      if (event.seq !== 2 || dropped) return [event];
      dropped = true;
      return [];
    };
    gateway.append(detected('a', 'p1'), settled('a', 'p1'));
    await desk.screen.until('the settlement', () => desk.screen.order('a')?.status === 'paid');
    await whole();
    expect(gateway.seen.filter((each) => each.startsWith('subscribe'))).toEqual(['subscribe 0', 'subscribe 1']);
    const between = desk.screen.states.slice(from);
    expect(between.some(({ connection }) => connection.state === 'catching-up')).toBe(true);
    expect(between.filter(({ current, stores }) => current && stores[0]!.seq < stores[0]!.head)).toEqual([]);
    expect(gateway.seen.filter((each) => each === 'connect')).toHaveLength(1);
  });

  test('[DL2] an event that never came is found by the gateway’s health alone', async () => {
    await live();
    let dropped = false;
    gateway.script.emit = (event) => {
      if (dropped) return [event];
      dropped = true;
      return [];
    };
    gateway.append(created('a'));
    await whole();
    expect(gateway.seen).toContain('subscribe 0');
  });

  test.each([
    ['a field of the wrong shape', (event: Event) => ({ ...event, at: 'yesterday' })],
    ['data that does not fit its kind', (event: Event) => ({ ...event, data: { payment: 7 } })],
    [
      'a key that reaches into prototypes',
      (event: Event) => JSON.parse(JSON.stringify(event).replace('"data":{', '"data":{"__proto__":{"x":1},')) as object,
    ],
    ['a number that lost its digits', (event: Event) => ({ ...event, data: { ...event.data, extra: 2 ** 60 } })],
    ['a number that is none', (event: Event) => ({ ...event, at: { ...event.at, received: null } })],
    ['far too much text', (event: Event) => ({ ...event, data: { ...event.data, extra: 'x'.repeat(200_000) } })],
    ['no seq at all', (event: Event) => ({ ...event, seq: 'two' })],
    ['nothing but rubbish', () => 'rubbish'],
    ['a seq that lies', (event: Event) => ({ ...event, seq: 9_000_000, kind: 7 })],
  ])('[DL7] one event with %s is set aside, and the rest flow', async (_what, spoil) => {
    await live();
    gateway.append(created('a'), created('b'));
    await whole();
    gateway.script.emit = (event) => [event.seq === 3 ? spoil(event) : event];
    gateway.append(detected('a', 'p1'));
    gateway.append(detected('b', 'p2'), settled('b', 'p2'));
    await desk.screen.until('the other order', () => desk.screen.order('b')?.status === 'paid');
    await desk.screen.until('quarantine', () => desk.screen.state.stores[0]!.quarantined === 1);
    await desk.live();
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
    expect(gateway.seen.filter((each) => each === 'connect')).toHaveLength(1);
  });

  test('[DL7] the order of an unreadable event is fetched, and whole again', async () => {
    await live();
    gateway.append(created('a'));
    await whole();
    gateway.script.emit = (event) => [event.seq === 2 ? { ...event, data: {} } : event];
    gateway.append(detected('a', 'p1'));
    await whole();
    expect(desk.screen.order('a')?.payments).toHaveLength(1);
  });

  test.each([
    ['nothing but rubbish', 'rubbish'],
    ['nothing at all', null],
    ['an order that is no id', { seq: 2, order: 7 }],
  ])('[DL7] where %s came, nobody knows which order it was about, and all are made whole', async (_what, rubbish) => {
    await live();
    gateway.append(created('a'), created('b'));
    await whole();
    gateway.script.emit = (event) => [event.seq === 3 ? rubbish : event];
    gateway.append(detected('a', 'p1'), noted('b', 'goes on'));
    await desk.screen.until('the payment', () => desk.screen.order('a')?.payments.length === 1);
    await whole();
    await desk.live();
    expect(desk.screen.state.stores[0]!.quarantined).toBe(1);
    expect(gateway.seen.filter((each) => each === 'connect')).toHaveLength(1);
  });

  test('an event of an unknown kind is journalled and shown in the history', async () => {
    await live();
    gateway.append(created('a'), { order: 'a', kind: 'order.sung-about', data: { verse: 1 } });
    await whole();
    await gateway.close();
    const read = await desk.desk.handle('order.read', { store: 'main', order: 'a' });
    expect(read.events.map(({ kind }) => kind)).toContain('order.sung-about');
  });

  test('[DL4] a new epoch in mid-life is taken as a snapshot and told', async () => {
    await live();
    gateway.append(created('a'));
    await whole();
    gateway.newEpoch();
    gateway.notify({ kind: 'epoch-changed', store: 'main', epoch: gateway.epoch });
    await desk.screen.until('the notice', () => desk.screen.notices.some(({ kind }) => kind === 'snapshot'));
    gateway.append(created('b'));
    await whole();
    expect(desk.screen.notices).toContainEqual({ kind: 'snapshot', reason: 'epoch-changed', store: 'main' });
    gateway.append(noted('a', 'since'));
    await whole();
    const { events, complete } = await desk.desk.handle('order.read', { store: 'main', order: 'a' });
    expect([events.map(({ kind }) => kind), complete]).toEqual([['order.created', 'note.added'], true]);
  });

  test('[DL4] a desk fresh from a picture notices a log that was taken back and grew past it', async () => {
    gateway.append(created('a'), noted('a', 'void'));
    await live();
    await whole();
    gateway.cut();
    gateway.rewrite(1, noted('a', 'what is true'), created('b'));
    await desk.screen.until('the notice', () => desk.screen.notices.some(({ kind }) => kind === 'snapshot'));
    await whole();
    expect(desk.screen.order('a')?.notes.map(({ text }) => text)).toEqual(['what is true']);
    expect(desk.screen.notices).toContainEqual({ kind: 'snapshot', reason: 'diverged', store: 'main' });
  });
});

describe('connections that do not go as they should', () => {
  test('[CN4][CN7] a used ticket costs one fresh one at once, without a wait', async () => {
    await desk.pair(gateway.url, gateway.code);
    await desk.live();
    gateway.script.refuse = { code: 'ticket-used' };
    const from = desk.screen.states.length;
    gateway.cut();
    await desk.screen.until(
      'two refusals',
      () => gateway.seen.filter((each) => each === 'refused ticket-used').length >= 2,
    );
    gateway.script.refuse = null;
    await desk.live();
    const waits = desk.screen.states.slice(from).map(({ connection }) => connection);
    const reasons = waits.flatMap((each) => (each.state === 'waiting' ? [each.reason] : []));
    expect(new Set(reasons)).toEqual(new Set(['unreachable', 'ticket']));
    const tickets = gateway.seen.filter((each) => each === 'ticket').length;
    const connects = gateway.seen.filter((each) => each === 'connect' || each.startsWith('refused')).length;
    // One more went into a REST session for the first snapshot.
    expect(tickets).toBe(connects + 1);
  });

  test.each(['revoked', 'unauthorized', 'protocol-unsupported'] as const)(
    '[CN4] `%s` stays refused until a person acts',
    async (code) => {
      gateway.script.refuse = { code };
      await desk.pair(gateway.url, gateway.code);
      await desk.screen.until('refused', () => desk.screen.state.connection.state === 'refused');
      expect(desk.screen.state.connection).toMatchObject({ code });
      const tries = gateway.seen.filter((each) => each.startsWith('refused')).length;
      desk.desk.signal('online');
      desk.desk.signal('resume');
      expect(desk.screen.state.connection.state).toBe('refused');
      expect(gateway.seen.filter((each) => each.startsWith('refused'))).toHaveLength(tries);
      gateway.script.refuse = null;
      await desk.desk.handle('connection.retry', {});
      await desk.live();
    },
  );

  test('[CN3] a wait the gateway asks for is obeyed', async () => {
    await live();
    gateway.script.refuse = { code: 'rate-limited', retryAfterMs: 700 };
    const from = Date.now();
    gateway.cut();
    await desk.screen.until('rate-limited', () => waitsFor('rate-limited').length > 0);
    // The clock of the waits runs by itself, a few milliseconds beside the device's.
    expect(Math.min(...waitsFor('rate-limited'))).toBeGreaterThanOrEqual(from + 690);
  });

  test.each([
    ['a captive portal', 200, '<html>Please sign in</html>', { 'content-type': 'text/html' }, 'captive-portal'],
    ['a redirect', 302, '', { location: 'http://portal.example/' }, 'captive-portal'],
    ['a proxy that refuses', 403, '<html>Denied</html>', { 'content-type': 'text/html' }, 'intermediary'],
    ['a proxy that wants a name', 407, '', {}, 'intermediary'],
    ['a balancer without gateway', 502, 'Bad Gateway', { 'content-type': 'text/plain' }, 'gateway-trouble'],
    ['too many requests', 429, '{}', { 'retry-after': '0' }, 'rate-limited'],
    ['an answer of another shape', 200, '{"hello":1}', {}, 'intermediary'],
  ])('[CN4][CN10] %s is named and tried again', async (_who, status, body, headers, reason) => {
    gateway.script.answer.push({ path: /challenges/, status, body, headers, times: 2 });
    await desk.pair(gateway.url, gateway.code);
    await desk.live();
    const reasons = desk.screen.states.flatMap(({ connection }) =>
      connection.state === 'waiting' ? [connection.reason] : [],
    );
    expect(new Set(reasons)).toEqual(new Set([reason]));
  });

  test('[CN11] a drain notice moves the desk before the socket dies', async () => {
    await live();
    gateway.notify({ kind: 'draining' });
    await desk.screen.until('draining', () => {
      const { connection } = desk.screen.state;
      return connection.state === 'waiting' && connection.reason === 'draining';
    });
    await desk.live();
    expect(gateway.seen.filter((each) => each === 'connect')).toHaveLength(2);
  });

  test('a desk that was superseded by another device does not fight for its place', async () => {
    await live();
    const from = Date.now();
    gateway.notify({ kind: 'superseded' });
    await desk.screen.until('superseded', () => waitsFor('superseded').length > 0);
    expect(Math.min(...waitsFor('superseded'))).toBeGreaterThan(from + 20_000);
  });

  test('[CN5] a gateway that accepts but answers nothing is given up', async () => {
    gateway.script.silent.add('health');
    await desk.pair(gateway.url, gateway.code);
    await desk.screen.until('heartbeat lost', () => {
      const { connection } = desk.screen.state;
      return connection.state === 'waiting' && connection.reason === 'heartbeat-lost';
    });
    gateway.script.silent.clear();
    await desk.live();
  });

  test('[CN6] a hanging answer that comes to nothing ends in a timeout and another try', async () => {
    gateway.script.hang = /challenges/;
    await desk.pair(gateway.url, gateway.code);
    await desk.screen.until('timeout', () => {
      const { connection } = desk.screen.state;
      return connection.state === 'waiting' && connection.reason === 'timeout';
    });
    gateway.script.hang = null;
    await desk.live();
  });

  test('[CN6] [CN9] a socket that is neither let in nor refused is given up for polls, and tried again', async () => {
    gateway.script.hangSockets = true;
    await desk.pair(gateway.url, gateway.code);
    await desk.live();
    expect(desk.screen.state).toMatchObject({ connection: { state: 'fallback' }, transport: 'long-poll' });
    gateway.script.hangSockets = false;
    await desk.desk.handle('connection.retry', {});
    await desk.screen.until('the socket', () => desk.screen.state.connection.state === 'live');
  });

  test('sleeping drops the connection, waking brings it back at once', async () => {
    await live();
    desk.desk.signal('suspend');
    expect(desk.screen.state).toMatchObject({ current: false, connection: { state: 'suspended' } });
    gateway.append(created('a'));
    desk.desk.signal('resume');
    await whole();
    await desk.screen.until('the moment', () => desk.screen.moments.length > 0);
    expect(desk.screen.moments).toMatchObject([{ kind: 'order.created', missed: true }]);
    await desk.screen.until('the digest', () => desk.screen.notices.length > 0);
    expect(desk.screen.notices).toMatchObject([{ kind: 'caught-up', events: 1 }]);
  });
});

test('a history that began before the last snapshot is not called complete without the gateway', async () => {
  gateway.append(created('before'));
  await live();
  gateway.append(noted('before', 'seen live'), created('after'));
  await whole();
  await desk.restart(() => gateway.close());
  const before = await desk.desk.handle('order.read', { store: 'main', order: 'before' });
  const after = await desk.desk.handle('order.read', { store: 'main', order: 'after' });
  expect(before).toMatchObject({ from: 'journal', complete: false, order: { notes: [{ text: 'seen live' }] } });
  expect(after).toMatchObject({ from: 'journal', complete: true });
  const unknown = desk.desk.handle('order.read', { store: 'main', order: 'nobody' });
  await expect(unknown).rejects.toMatchObject({ code: 'unknown-order' });
  const delivery = desk.desk.handle('delivery.read', { store: 'main', delivery: 'x' });
  await expect(delivery).rejects.toMatchObject({ code: 'not-connected' });
});

test('[DL3] nothing is confirmed that a desk killed right after would not have', async () => {
  await live();
  gateway.append(...Array.from({ length: 120 }, (_, n) => created(`o${n}`)));
  await whole();
  const confirmed = Math.max(...gateway.seen.map((each) => Number(/^confirm (\d+)/.exec(each)?.[1] ?? 0)));
  expect(confirmed).toBe(120);
  await desk.restart(() => gateway.close());
  await desk.screen.until('the journal’s orders', () => (desk.screen.orders.get('main')?.size ?? 0) === 120);
  expect(desk.screen.state.stores[0]!.seq).toBe(confirmed);
});
