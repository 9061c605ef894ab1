import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { post, webhooksOf } from './crypto-com-pay.ts';
import { Refused, connect, online, pairDesk, refusal, session, ticket } from './desk.ts';
import type { Connection, Desk } from './desk.ts';
import { ORDERS } from './direct-order.ts';
import { command } from './gateway-process.ts';
import { call } from './http.ts';
import type { Json } from './http.ts';
import { openWorkbench } from './workbench.ts';
import type { Workbench } from './workbench.ts';
import { PATIENCE } from '../../support/patience.ts';
import { startStopwatch } from '../../support/stopwatch.ts';

const DELIVERIES = 300;
let bench: Workbench;
let url: string;
let staff: Desk;
let admin: Desk;
let orderId: string;

beforeAll(async () => {
  bench = await openWorkbench();
  url = bench.url;
  staff = await pairDesk(url, await bench.pairingCode('staff'), 'Counter');
  admin = await pairDesk(url, await bench.pairingCode('admin', 'main', 'second'), 'Office');
  const bodies = Array.from({ length: DELIVERIES }, (_, n) => webhooksOf(n, Date.now())[0]?.body ?? '');
  for (let n = 0; n < DELIVERIES; n += 50) await Promise.all(bodies.slice(n, n + 50).map((body) => post(url, body)));
  const headers = await session(staff);
  await vi.waitFor(async () => {
    const { body } = await call<{ orders: Json[] }>(url, `${ORDERS}?q=BB-${DELIVERIES - 1}`, { headers });
    orderId = String(body.orders[0]?.id);
    expect(orderId).toMatch(/^ord_/);
  }, PATIENCE);
});
afterAll(() => bench.close());

const errorOf = (answer: Json): unknown => (answer.error as { code?: unknown } | undefined)?.code;
const give = (changes: Json = {}): Json => {
  const id = crypto.randomUUID();
  return { id, store: 'main', name: 'note', order: orderId, args: { text: 'A customer asked.' }, ...changes };
};
const seqs = ({ messages }: Connection): number[] => messages.flatMap(({ events }) => events.map(({ seq }) => seq));

describe('coming in', () => {
  test('[AU2] refusals say why', async () => {
    const used = await ticket(staff);
    (await connect(url, { ticket: used, protocol: 1 })).socket.close();
    expect(await refusal(url, { ticket: used, protocol: 1 })).toEqual({ code: 'ticket-used' });
    for (const auth of [{}, { protocol: 1 }, { ticket: 'x', protocol: 1 }, { ticket: ['x'], protocol: 1 }])
      expect(await refusal(url, auth)).toEqual({ code: 'unauthorized' });
    for (const protocol of [0, 2, 99])
      expect(await refusal(url, { ticket: await ticket(staff), protocol })).toEqual({
        code: 'protocol-unsupported',
        supported: [1],
      });
  });

  test('[AU2] exactly one of 100 racing uses of a ticket wins, sockets and sessions together', async () => {
    const one = await ticket(admin);
    const sockets = Array.from({ length: 50 }, () =>
      connect(url, { ticket: one, protocol: 1 }).then(
        ({ socket }) => (socket.close(), 'in'),
        (error: unknown) => (error instanceof Refused ? (error.data as Json).code : error),
      ),
    );
    const sessions = Array.from({ length: 50 }, async () => {
      const answer = await call(url, '/v1/sessions', { body: { ticket: one } });
      return answer.status === 200 ? 'in' : answer.code;
    });
    const ends = await Promise.all([...sockets, ...sessions]);
    expect(ends.filter((end) => end === 'in')).toHaveLength(1);
    expect(ends.filter((end) => end === 'ticket-used')).toHaveLength(99);
  });

  test('[CN8] the newer socket supersedes the older when it subscribes, not before', async () => {
    const older = await online(staff);
    const newer = await online(staff);
    expect((await older.ask('health', { sentAt: 1 })).ok).toBe(true);
    expect((await newer.ask('subscribe', { store: 'none', after: null })).ok).toBe(false);
    expect(older.ended()).toBe('');
    expect(await newer.ask('subscribe', { store: 'main', after: null })).toMatchObject({ mode: 'resumed' });
    await vi.waitFor(() => expect(older.ended()).not.toBe(''), PATIENCE);
    expect(older.notices).toEqual([{ kind: 'superseded' }]);
    expect([newer.ended(), newer.notices]).toEqual(['', []]);
    newer.socket.close();
  });
});

describe('[DL4] subscribing', () => {
  let desk: Connection;
  beforeAll(async () => void (desk = await online(admin)));
  afterAll(() => void desk.socket.close());

  test('from the beginning, then from where one is: every event once, in order, in messages of their size', async () => {
    const answer = await desk.ask('subscribe', { store: 'main', after: null });
    expect(answer).toMatchObject({ ok: true, mode: 'resumed' });
    await vi.waitFor(() => expect(seqs(desk).length).toBeGreaterThanOrEqual(Number(answer.head)), PATIENCE);
    expect(seqs(desk)).toEqual(seqs(desk).map((_, n) => n + 1));
    for (const message of desk.messages) {
      expect(message.events.length).toBeLessThanOrEqual(200);
      expect(Buffer.byteLength(JSON.stringify(message))).toBeLessThanOrEqual(256 * 1024);
    }
    const at = desk.messages.flatMap(({ events }) => events)[99];
    const before = desk.messages.length;
    const after = { epoch: at?.epoch, seq: at?.seq, id: at?.id };
    expect(await desk.ask('subscribe', { store: 'main', after })).toMatchObject({ mode: 'resumed' });
    const again = () => desk.messages.slice(before).flatMap(({ events }) => events);
    await vi.waitFor(() => expect(again().at(-1)?.seq).toBe(answer.head), PATIENCE);
    expect(again().map(({ seq }) => seq)).toEqual(again().map((_, n) => 101 + n));
  });

  test('from a place the log does not have', async () => {
    const { epoch, head } = await desk.ask('subscribe', { store: 'main', after: null });
    const quiet = (): Promise<Json> => desk.ask('subscribe', { store: 'main', after: { epoch, seq: head } });
    await quiet();
    const cases: [Json, string][] = [
      [{ epoch: 'another', seq: 1 }, 'epoch-changed'],
      [{ epoch, seq: Number(head) + 1_000 }, 'ahead'],
      [{ epoch, seq: 5, id: crypto.randomUUID() }, 'diverged'],
    ];
    for (const [after, reason] of cases)
      expect(await desk.ask('subscribe', { store: 'main', after })).toMatchObject({
        ok: true,
        mode: 'snapshot',
        reason,
      });
    const before = desk.messages.length;
    expect((await desk.ask('command', give())).ok).toBe(true);
    await desk.ask('health', { sentAt: 1 });
    expect(desk.messages.length, 'nothing follows until the desk subscribes again').toBe(before);
    expect(await quiet()).toMatchObject({ mode: 'resumed' });
    await vi.waitFor(() => expect(desk.messages.length).toBeGreaterThan(before), PATIENCE);
  });

  test('what is no request is answered all the same, and costs nothing', async () => {
    const odd: [string, ...unknown[]][] = [
      ['subscribe'],
      ['subscribe', null],
      ['subscribe', { store: '__proto__', after: null }],
      ['subscribe', { store: 'main', after: { epoch: 'x', seq: -1 } }],
      ['subscribe', { store: 'main', after: { epoch: 'x', seq: 2 ** 60 } }],
      ['health'],
      ['command', 'x'],
      ['command-status', { id: 'x' }],
    ];
    for (const [event, ...sent] of odd)
      expect([event, errorOf(await desk.ask(event, ...sent))]).toEqual([event, 'invalid-args']);
    expect(errorOf(await desk.ask('tomorrow', {}))).toBe('unknown-request');
    expect(await desk.ask('health', { sentAt: 1 }, 'of a later version')).toMatchObject({ ok: true });
    expect(errorOf(await desk.ask('subscribe', { store: 'third', after: null }))).toBe('forbidden');
    expect(desk.ended()).toBe('');
  });

  test('health names the desk’s own stores', async () => {
    const own = await online(staff);
    const { stores, sources, ...rest } = await own.ask('health', { sentAt: Date.now() });
    expect(rest).toEqual({
      ok: true,
      receivedAt: expect.any(Number),
      sentAt: expect.any(Number),
      version: expect.any(String),
    });
    expect((stores as Json[]).map(({ store }) => store)).toEqual(['main']);
    expect((sources as Json[]).map(({ id }) => id)).toEqual(['cdc', 'eip155:1']);
    expect(errorOf(await own.ask('subscribe', { store: 'second', after: null }))).toBe('forbidden');
    own.socket.close();
  });
});

describe('[CM1] commands', () => {
  let desk: Connection;
  let boss: Connection;
  beforeAll(async () => {
    desk = await online(staff);
    boss = await online(admin);
  });
  afterAll(() => {
    desk.socket.close();
    boss.socket.close();
  });

  test('one id has one effect, whatever is raced, repeated or looked up', async () => {
    const note = give({ args: { text: 'once only' } });
    const answers = await Promise.all(Array.from({ length: 30 }, () => desk.ask('command', note)));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]).toMatchObject({ ok: true, state: 'done', seq: expect.any(Number) });
    expect(await desk.ask('command-status', { id: note.id })).toEqual(answers[0]);
    expect(errorOf(await desk.ask('command', { ...note, args: { text: 'other' } }))).toBe('id-reused');
    expect(errorOf(await boss.ask('command', note))).toBe('id-reused');
    expect(await desk.ask('command-status', { id: crypto.randomUUID() })).toEqual({ ok: true, state: 'unknown' });
    const headers = await session(staff);
    const { body } = await call<{ order: { notes: Json[] }; events: Json[] }>(url, `${ORDERS}/${orderId}`, { headers });
    expect(body.order.notes.filter(({ text }) => text === 'once only')).toHaveLength(1);
    expect(body.events.find((event) => event.command === note.id)).toMatchObject({
      actor: { deskId: staff.deskId, name: expect.any(String) },
    });
  });

  test('[AU3] the gateway checks roles, stores, orders, names and arguments', async () => {
    const cases: [Json, string][] = [
      [{ name: 'resolve', args: { reason: 'x' } }, 'forbidden'],
      [{ name: 'override-verdict', args: { verdict: 'release', reason: 'x' } }, 'forbidden'],
      [{ store: 'second' }, 'forbidden'],
      [{ name: 'bogus' }, 'unknown-command'],
      [{ name: '__proto__' }, 'unknown-command'],
      [{ name: 'constructor' }, 'unknown-command'],
      [{ order: 'ord_none' }, 'unknown-order'],
      [{ args: { text: '' } }, 'invalid-args'],
      [{ args: { text: 'x'.repeat(4_001) } }, 'invalid-args'],
      [{ args: null }, 'invalid-args'],
      [{ id: 'not-a-uuid' }, 'invalid-args'],
    ];
    for (const [changes, code] of cases)
      expect([changes, errorOf(await desk.ask('command', give(changes)))]).toEqual([changes, code]);
    expect(errorOf(await boss.ask('command', give({ store: 'second' })))).toBe('unknown-order');
    const test = { name: 'override-verdict', args: { verdict: 'test', reason: 'x' } };
    expect(errorOf(await boss.ask('command', give(test)))).toBe('invalid-args');
    expect((await boss.ask('command', give({ name: 'claim', args: {} }))).ok).toBe(true);
    expect(errorOf(await desk.ask('command', give({ name: 'claim', args: {} })))).toBe('conflict');
    const hold = { name: 'override-verdict', args: { verdict: 'hold', reason: 'looks odd' } };
    expect((await boss.ask('command', give(hold))).ok).toBe(true);
    const headers = await session(staff);
    const { body } = await call<{ order: Json }>(url, `${ORDERS}/${orderId}`, { headers });
    expect(body.order.verdict).toBe('hold');
    expect(body.order.verdictRule, 'the troubles that were known').toContain('known:');
  });

  test('over REST they answer in the same words', async () => {
    const headers = await session(staff);
    const note = give();
    const path = '/v1/stores/main/commands';
    const first = await call(url, path, { headers, body: note });
    expect([first.status, first.body]).toEqual([200, { ok: true, state: 'done', seq: expect.any(Number) }]);
    expect((await call(url, `${path}/${String(note.id)}`, { headers })).body).toEqual(first.body);
    expect(await desk.ask('command', note)).toEqual(first.body);
    expect(errorOf((await call(url, path, { headers, body: give({ name: 'bogus' }) })).body)).toBe('unknown-command');
    expect((await call(url, path, { headers, body: give({ store: 'second' }) })).status).toBe(403);
    expect((await call(url, `${path}/x`, { headers })).status).toBe(422);
  });
});

describe('[AU3] a revoked desk', () => {
  test('is out within 1 s of the command: sockets, polls, sessions, tickets', async () => {
    const gone = await pairDesk(url, await bench.pairingCode('staff'));
    const desk = await online(gone);
    const unused = await ticket(gone);
    const headers = await session(gone);
    const { stores } = (await desk.ask('health', { sentAt: 1 })) as { stores: { head: number }[] };
    const poll = call(url, `/v1/stores/main/events?after=${stores[0]?.head}&wait=25`, { headers });
    await command('desks', '--data', bench.data, 'revoke', gone.deskId);
    const watch = startStopwatch();
    expect(await poll).toMatchObject({ status: 401, code: 'revoked' });
    await vi.waitFor(() => expect(desk.ended()).not.toBe(''), PATIENCE);
    expect(watch.ms()).toBeLessThan(1_000);
    expect(desk.notices).toEqual([{ kind: 'revoked' }]);
    expect(await call(url, ORDERS, { headers })).toMatchObject({ status: 401, code: 'revoked' });
    expect(await refusal(url, { ticket: unused, protocol: 1 })).toEqual({ code: 'revoked' });
  });
});
