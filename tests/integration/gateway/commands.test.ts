import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Event } from '../../../contract/events.ts';
import type { Role } from '../../../contract/protocol.ts';
import { openDesk, pairDesk, sessionOf } from './test-desk.ts';
import type { TestDesk, TestSocket } from './test-desk.ts';
import { startGateway } from './test-gateway.ts';
import type { TestGateway } from './test-gateway.ts';
import { testOrder } from './test-source.ts';

let gateway: TestGateway;
const desks = new Map<Role, { desk: TestDesk; socket: TestSocket }>();
beforeAll(async () => {
  gateway = await startGateway();
  for (const role of ['staff', 'support', 'admin'] as const) {
    const desk = await pairDesk(gateway, role);
    desks.set(role, { desk, socket: await openDesk(gateway, desk) });
  }
});
afterAll(async () => {
  for (const { socket } of desks.values()) socket.close();
  await gateway.stop();
});

let orders = 0;
async function newOrder(fact = {}): Promise<string> {
  const ref = `c${++orders}`;
  await gateway.deliver({ id: ref, ref, fact });
  return testOrder(ref);
}
const command = (order: string, name: string, args: object = {}) => ({
  id: randomUUID(),
  store: 'main',
  name,
  order,
  args,
});
const give = (role: Role, request: object) => desks.get(role)!.socket.ask('command', request);
const read = (order: string) => gateway.gateway.storage.ledger.order('main', order);
const head = () => gateway.gateway.storage.log.head('main').seq;
const refused = (code: string) => ({ ok: false, error: { code, message: expect.any(String) } });

describe('commands', () => {
  test('[CM1] 50 racing sends of one command have one effect and one answer', async () => {
    const order = await newOrder();
    const note = command(order, 'note', { text: 'Customer will pay the rest' });
    const before = head();
    const answers = await Promise.all(Array.from({ length: 50 }, () => give('staff', note)));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]).toEqual({ ok: true, state: 'done', seq: before + 1 });
    expect([head(), (await read(order))?.notes.map(({ text }) => text)]).toEqual([
      before + 1,
      ['Customer will pay the rest'],
    ]);
  });

  test('its event carries the command and who gave it', async () => {
    const order = await newOrder();
    const claim = command(order, 'claim');
    const answer = await give('support', claim);
    const [stored] = await gateway.gateway.storage.log.read('main', Number(answer['seq']) - 1, 1, 1e6);
    const { desk } = desks.get('support')!;
    expect(stored?.event).toMatchObject({
      kind: 'case.claimed',
      order,
      command: claim.id,
      actor: { deskId: desk.id, name: 'Desk support' },
    } satisfies Partial<Event>);
  });

  test('[CM1] the same id with another payload, or from another desk, is refused', async () => {
    const order = await newOrder();
    const note = command(order, 'note', { text: 'one' });
    await give('staff', note);
    expect(await give('staff', { ...note, args: { text: 'two' } })).toEqual(refused('id-reused'));
    expect(await give('admin', note)).toEqual(refused('id-reused'));
    expect((await read(order))?.notes).toHaveLength(1);
  });

  test('[AU3] each command asks for its least role', async () => {
    const order = await newOrder();
    const least: Record<string, Role[]> = {
      note: ['staff', 'support', 'admin'],
      resolve: ['support', 'admin'],
      'override-verdict': ['admin'],
    };
    const args: Record<string, object> = {
      note: { text: 'x' },
      resolve: { reason: 'paid in cash' },
      'override-verdict': { verdict: 'release', reason: 'manager' },
    };
    for (const [name, allowed] of Object.entries(least)) {
      for (const role of ['staff', 'support', 'admin'] as const) {
        const answer = await give(role, command(order, name, args[name]));
        expect([name, role, answer['ok']]).toEqual([name, role, allowed.includes(role)]);
        if (!allowed.includes(role)) expect(answer).toEqual(refused('forbidden'));
      }
    }
    expect(await read(order)).toMatchObject({
      verdict: 'release',
      verdictRule: 'override (known: none): manager',
      resolvedAt: gateway.clock.at,
    });
  });

  test('unknown commands, orders and wrong arguments are told apart', async () => {
    const order = await newOrder();
    expect(await give('admin', command(order, 'explode'))).toEqual(refused('unknown-command'));
    expect(await give('admin', command(order, 'toString'))).toEqual(refused('unknown-command'));
    expect(await give('admin', command('ord_none', 'claim'))).toEqual(refused('unknown-order'));
    expect(await give('admin', command(order, 'note', { text: '' }))).toEqual(refused('invalid-args'));
    expect(await give('admin', command(order, 'note', { text: 'x'.repeat(4001) }))).toEqual(refused('invalid-args'));
    expect(await give('admin', { ...command(order, 'claim'), id: 'no-uuid' })).toEqual(refused('invalid-args'));
    expect(await give('admin', { ...command(order, 'claim'), store: 'other' })).toEqual(refused('forbidden'));
  });

  test('claim, unclaim and release conflict where another desk was first', async () => {
    const order = await newOrder();
    expect(await give('staff', command(order, 'claim'))).toMatchObject({ ok: true });
    expect(await give('staff', command(order, 'claim'))).toEqual({ ok: true, state: 'done' });
    expect(await give('admin', command(order, 'claim'))).toEqual(refused('conflict'));
    expect(await give('support', command(order, 'unclaim'))).toMatchObject({ ok: true });
    expect(await read(order)).not.toHaveProperty('claimedBy');
    await give('admin', command(order, 'claim'));
    expect(await give('staff', command(order, 'unclaim'))).toEqual(refused('conflict'));
    expect(await give('staff', command(order, 'release'))).toMatchObject({ ok: true });
    expect(await give('admin', command(order, 'release'))).toEqual(refused('conflict'));
    expect((await read(order))?.releasedAt).toBe(gateway.clock.at);
  });

  test('a test order keeps its verdict, and recheck says who was asked', async () => {
    const order = await newOrder({ live: false });
    const override = command(order, 'override-verdict', { verdict: 'release', reason: 'x' });
    expect(await give('admin', override)).toEqual(refused('conflict'));
    expect(await give('staff', command(order, 'recheck'))).toMatchObject({
      ...{ ok: true, state: 'done' },
      result: {
        asked: [
          { id: 'shop', outcome: 'not-asked' },
          { id: 'eip155:1', outcome: 'not-asked' },
        ],
      },
    });
  });
});

describe('command-status', () => {
  test('[CM2] unknown, done and failed, for the desk that asked', async () => {
    const order = await newOrder();
    const note = command(order, 'note', { text: 'done' });
    const wrong = command('ord_none', 'claim');
    const status = (role: Role, id: string) => desks.get(role)!.socket.ask('command-status', { id });
    expect(await status('staff', note.id)).toEqual({ ok: true, state: 'unknown' });
    const answer = await give('staff', note);
    await give('staff', wrong);
    expect(await status('staff', note.id)).toEqual(answer);
    expect(await status('staff', wrong.id)).toEqual({
      ok: true,
      state: 'failed',
      error: refused('unknown-order').error,
    });
    expect(await status('admin', note.id)).toEqual({ ok: true, state: 'unknown' });
  });

  test('[CM1] answers survive a restart, and REST gives the same', async () => {
    const own = await pairDesk(gateway, 'staff');
    const order = await newOrder();
    const note = command(order, 'note', { text: 'over REST' });
    const post = async () => {
      const token = await sessionOf(gateway, own);
      return gateway.call('POST', '/v1/stores/main/commands', { body: note, token });
    };
    const first = await post();
    expect([first.status, first.body]).toEqual([200, { ok: true, state: 'done', seq: expect.any(Number) }]);
    await gateway.restart();
    expect((await post()).body).toEqual(first.body);
    const token = await sessionOf(gateway, own);
    const status = await gateway.call('GET', `/v1/stores/main/commands/${note.id}`, { token });
    expect(status.body).toEqual(first.body);
    const forbidden = { ...command(order, 'resolve', { reason: 'x' }) };
    const answer = await gateway.call('POST', '/v1/stores/main/commands', { body: forbidden, token });
    expect([answer.status, answer.body]).toEqual([200, refused('forbidden')]);
    expect((await read(order))?.notes).toHaveLength(1);
  });
});
