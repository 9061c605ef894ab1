/** What a real desk tells of earlier, as a page asks it. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { requests } from '../../../contract/ipc.ts';
import type { RequestInput } from '../../../contract/ipc.ts';
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

const seen = (seq: number) => desk.screen.until(`#${seq}`, () => desk.screen.state.stores[0]?.seq === seq);

/** The desk's own clock of the gateway: what happened before this has an earlier time. */
async function moment(): Promise<number> {
  const { to } = await desk.desk.handle('replay.range', { store: 'main' });
  await expect
    .poll(async () => (await desk.desk.handle('replay.range', { store: 'main' })).to)
    .toBeGreaterThan(to! + 1);
  return to!;
}

const replay = async (at: number) =>
  requests['replay.orders'].output.parse(await desk.desk.handle('replay.orders', { store: 'main', at }));

describe('[DL10] what the screen showed', () => {
  test('at each time since the first picture, also after a restart', async () => {
    const inTime = { expiresAt: Date.now() + 600_000, graceUntil: Date.now() + 900_000 };
    gateway.append(created('a', inTime));
    await live();
    await seen(1);
    const first = await moment();
    gateway.append(created('b'), detected('a', 'p'));
    await seen(3);
    const second = await moment();
    gateway.append(settled('a', 'p'));
    await seen(4);
    await moment();
    await desk.restart();
    const range = requests['replay.range'].output.parse(await desk.desk.handle('replay.range', { store: 'main' }));
    expect(range).toMatchObject({ complete: true });
    expect([(await replay(first)).orders.map(({ id }) => id), (await replay(first)).seq]).toEqual([['a'], 1]);
    const then = await replay(second);
    expect(then.orders.map(({ id, status }) => [id, status]).sort()).toEqual([
      ['a', 'detected'],
      ['b', 'awaiting'],
    ]);
    const now = await replay(range.to! + 3_600_000);
    expect(now.orders.find(({ id }) => id === 'a')?.status).toBe('paid');
    expect(now.at).toBeLessThan(range.to! + 60_000);
    expect(await replay(range.from! - 1)).toMatchObject({ orders: [], complete: true });
  });

  test('of another log nothing of the one before is told', async () => {
    gateway.append(created('a'), created('b'));
    await live();
    await seen(2);
    const before = await moment();
    gateway.newEpoch();
    gateway.cut();
    await desk.screen.until('the notice', () => desk.screen.notices.some(({ kind }) => kind === 'snapshot'));
    expect(await replay(before)).toMatchObject({ orders: [], complete: false });
    expect(await desk.desk.handle('replay.range', { store: 'main' })).toMatchObject({ complete: false });
  });

  test('asks about no store that this desk does not watch', async () => {
    await live();
    for (const name of ['replay.range', 'replay.orders', 'quarantine.list', 'orders.page'] as const) {
      const input = { store: 'elsewhere', at: 1, from: null, to: null } as never as RequestInput<typeof name>;
      await expect(desk.desk.handle(name, input)).rejects.toMatchObject({ code: 'unknown-store' });
    }
    await expect(desk.desk.handle('replay.orders', { store: 'main', at: 1, cursor: '1.500' })).rejects.toMatchObject({
      code: 'cursor-expired',
    });
  });
});

test('[DL7] what was set aside is listed with what is known of it', async () => {
  await live();
  gateway.script.emit = (event) => [event.seq === 2 ? { ...event, data: 'no data' } : event];
  const [, bad] = gateway.append(created('a'), noted('a', 'x'), noted('a', 'y'));
  await seen(3);
  const { events } = requests['quarantine.list'].output.parse(
    await desk.desk.handle('quarantine.list', { store: 'main' }),
  );
  expect(events).toMatchObject([{ seq: 2, id: bad!.id, order: 'a', kind: 'note.added', reason: 'fields data' }]);
  expect(Math.abs(events[0]!.receivedAt! - Date.now())).toBeLessThan(60_000);
  expect(desk.screen.state.stores[0]?.quarantined).toBe(1);
});

test('[DL7] one that may be about any order is listed too, though a new picture makes up for it', async () => {
  await live();
  gateway.append(created('a'));
  await seen(1);
  gateway.script.emit = (event) => [event.seq === 2 ? { ...event, order: 7, data: null } : event];
  gateway.append(noted('a', 'x'));
  await desk.screen.until('the count', () => desk.screen.state.stores[0]?.quarantined === 1);
  gateway.script.emit = (event) => [event];
  gateway.append(noted('a', 'y'));
  await seen(3);
  const { events } = await desk.desk.handle('quarantine.list', { store: 'main' });
  expect(events).toMatchObject([{ seq: 2, order: null, kind: 'note.added' }]);
});

test('the connection of the last hours goes on over a restart', async () => {
  const segments = async () => {
    const history = await desk.desk.handle('connection.history', { hours: 24 });
    return requests['connection.history'].output.parse(history).segments;
  };
  // What lasts less than a millisecond leaves no trace.
  const lasting = (state: string) => expect.poll(async () => (await segments()).at(-1)?.state).toBe(state);
  await live();
  await lasting('live');
  await desk.restart();
  await desk.live();
  await lasting('live');
  const told = await segments();
  const states = told.map(({ state }) => state).filter((state) => state !== 'connecting' && state !== 'catching-up');
  expect(states.filter((state, n) => state !== states[n - 1]).slice(-3)).toEqual(['live', 'closed', 'live']);
  expect(told.slice(1).map(({ from }) => from)).toEqual(told.slice(0, -1).map(({ to }) => to));
});

describe('all orders that are held', () => {
  test('are given in pages that make the whole', async () => {
    gateway.append(...Array.from({ length: 620 }, (_, n) => created(`o${n}`, { createdAt: 1_000 + n })));
    await live();
    await desk.screen.until('all', () => desk.screen.orders.get('main')?.size === 620);
    const first = await desk.desk.handle('orders.page', { store: null, from: null, to: null });
    const more = { store: null, from: null, to: null, cursor: first.next! };
    const rest = await desk.desk.handle('orders.page', more);
    expect([first.orders.length, rest.orders.length, rest.next]).toEqual([500, 120, null]);
    expect(new Set([...first.orders, ...rest.orders].map(({ id }) => id)).size).toBe(620);
    await desk.pair(gateway.url, gateway.code);
    await expect(desk.desk.handle('orders.page', more)).rejects.toMatchObject({ code: 'cursor-expired' });
  });
});

describe('a case file', () => {
  const ask = () => desk.desk.handle('case.export', { store: 'main', order: 'a' });
  const answered = (status: number, body: string, headers = {}) =>
    gateway.script.answer.push({ path: /\/export$/, status, body, headers, times: 1 });

  test('comes as the gateway signed it, to the letter', async () => {
    await live();
    const body = '{\n "b": 1.0,\n "a": "ü😀"\n}';
    answered(200, body, { 'content-disposition': 'attachment; filename="tillwatch-case-R-1.json"' });
    const file = requests['case.export'].output.parse(await ask());
    expect([file.parts.join(''), file.suggestedName]).toEqual([body, 'tillwatch-case-R-1.json']);
  });

  test('may be larger than any other answer, and comes in parts that can be sent', async () => {
    await live();
    const body = JSON.stringify({ deliveries: '€😀'.repeat(2_000_000) });
    answered(200, body);
    const { parts } = requests['case.export'].output.parse(await ask());
    expect([parts.join('') === body, parts.length]).toEqual([true, 6]);
  });

  test.each(['../../.bashrc', 'a.exe', '.json', ''])('is never named %j by a gateway', async (name) => {
    await live();
    answered(200, '{}', { 'content-disposition': `attachment; filename="${name}"` });
    expect((await ask()).suggestedName).toBe('tillwatch-case-a.json');
  });

  test('is refused in the gateway’s words, and not taken from a stranger', async () => {
    await live();
    answered(403, '{"error":{"code":"forbidden","message":"no"}}');
    await expect(ask()).rejects.toMatchObject({ code: 'forbidden' });
    answered(200, '<html>sign in</html>');
    await expect(ask()).rejects.toMatchObject({ code: 'captive-portal' });
  });

  test('needs a gateway that can be reached', async () => {
    await expect(ask()).rejects.toMatchObject({ code: 'not-connected' });
  });
});

test('[FR3] an absence makes one digest: complete, in order, nothing twice', async () => {
  gateway.append(created('a'));
  await live();
  await seen(1);
  gateway.script.blockSockets = true;
  gateway.script.hang = /./;
  gateway.cut();
  await desk.screen.until('away', () => !desk.screen.state.current);
  const drafts = Array.from({ length: 40 }, (_, n) => [
    created(`n${n}`),
    detected(`n${n}`, `p${n}`),
    noted(`n${n}`, 'x'),
  ]);
  const missed = gateway.append(...drafts.flat());
  gateway.script.blockSockets = false;
  gateway.script.hang = null;
  await desk.desk.handle('connection.retry', {});
  await desk.screen.until('the digest', () => desk.screen.notices.some(({ kind }) => kind === 'caught-up'));
  await desk.screen.until(
    'every moment',
    () => desk.screen.moments.filter((each) => each.missed).length >= missed.length,
  );
  expect(desk.screen.moments.filter((each) => each.missed).map(({ seq, kind }) => [seq, kind])).toEqual(
    missed.map(({ seq, kind }) => [seq, kind]),
  );
  const [digest] = desk.screen.notices.filter(({ kind }) => kind === 'caught-up');
  expect(digest).toMatchObject({ events: missed.length });
  expect(digest!.from).toBeLessThanOrEqual(digest!.to!);
});
