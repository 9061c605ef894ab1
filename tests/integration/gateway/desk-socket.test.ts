import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Event } from '../../../contract/events.ts';
import { revokeDesk } from '../../../gateway/store/desks.ts';
import { openStorage } from '../../../gateway/store/open-store.ts';
import { connectDesk, openDesk, pairDesk, ticketOf } from './test-desk.ts';
import type { TestDesk } from './test-desk.ts';
import { startGateway } from './test-gateway.ts';
import type { TestGateway } from './test-gateway.ts';
import { testOrder } from './test-source.ts';
import { PATIENCE } from '../../support/patience.ts';
import { startStopwatch } from '../../support/stopwatch.ts';

let gateway: TestGateway;
let desk: TestDesk;
beforeAll(async () => {
  gateway = await startGateway();
  desk = await pairDesk(gateway);
  for (let n = 0; n < 10; n += 1) await gateway.deliver({ id: `seed-${n}`, ref: `seed-${n}` });
});
afterAll(() => gateway.stop());

const head = () => gateway.gateway.storage.log.head('main');
const until = (check: () => void) => vi.waitFor(check, { ...PATIENCE, interval: 10 });
const seqs = (events: readonly Event[]) => events.map(({ seq }) => seq);
const range = (from: number, to: number) => Array.from({ length: Math.max(0, to - from + 1) }, (_, n) => from + n);

describe('the handshake', () => {
  test('another protocol is refused with those that are spoken, and costs no ticket', async () => {
    const ticket = await ticketOf(gateway, desk);
    const refused = { code: 'protocol-unsupported', supported: [1] };
    await expect(connectDesk(gateway, { ticket, protocol: 99 })).rejects.toEqual(refused);
    (await connectDesk(gateway, { ticket, protocol: 1 })).close();
  });

  test('[AU2] without a ticket nobody gets in, and the default namespace is shut', async () => {
    await expect(connectDesk(gateway, {})).rejects.toEqual({ code: 'unauthorized' });
    await expect(connectDesk(gateway, { ticket: { $ne: 1 }, protocol: 1 })).rejects.toEqual({ code: 'unauthorized' });
    const { io } = await import('socket.io-client');
    const socket = io(gateway.url, {
      forceNew: true,
      reconnection: false,
      auth: { ticket: await ticketOf(gateway, desk) },
    });
    const error = await new Promise<Error>((resolve) => socket.once('connect_error', resolve));
    socket.close();
    expect(error.message).toBe('unauthorized');
  });
});

describe('subscribing', () => {
  test('[DL4] null: everything from 1; a position: what follows it', async () => {
    const client = await openDesk(gateway, desk);
    const { epoch, seq } = head();
    expect(await client.ask('subscribe', { store: 'main', after: null })).toEqual({
      ok: true,
      epoch,
      head: seq,
      mode: 'resumed',
    });
    await until(() => expect(seqs(client.events)).toEqual(range(1, seq)));
    const at = client.events[3];
    client.events.length = 0;
    const after = { epoch, seq: 4, id: at?.id };
    expect(await client.ask('subscribe', { store: 'main', after })).toMatchObject({ mode: 'resumed' });
    await until(() => expect(seqs(client.events)).toEqual(range(5, seq)));
    client.close();
  });

  test('[DL4] epoch-changed, ahead and diverged ask for a snapshot, and nothing follows', async () => {
    const client = await openDesk(gateway, desk);
    const { epoch, seq } = head();
    const reasons: unknown[] = [];
    for (const after of [
      { epoch: 'another', seq: 1 },
      { epoch, seq: seq + 1 },
      { epoch, seq: 2, id: 'not-that-one' },
    ]) {
      const answer = await client.ask('subscribe', { store: 'main', after });
      reasons.push([answer['mode'], answer['reason'], answer['epoch'], answer['head']]);
    }
    expect(reasons).toEqual(['epoch-changed', 'ahead', 'diverged'].map((reason) => ['snapshot', reason, epoch, seq]));
    await gateway.deliver({ id: 'unfollowed', ref: 'unfollowed' });
    await client.ask('health', { sentAt: 0 });
    expect(client.events).toEqual([]);
    client.close();
  });

  test('[DL4] too-old: where the log was trimmed', async () => {
    const { storage } = gateway.gateway;
    const { epoch } = head();
    await storage.writer.write(async ({ db }) => {
      await db.updateTable('stores').set({ floor: 3 }).where('id', '=', 'main').execute();
    });
    await storage.reload();
    const client = await openDesk(gateway, desk);
    const old = await client.ask('subscribe', { store: 'main', after: { epoch, seq: 2 } });
    expect(old).toMatchObject({ mode: 'snapshot', reason: 'too-old' });
    expect(await client.ask('subscribe', { store: 'main', after: null })).toMatchObject({ reason: 'too-old' });
    expect(await client.ask('subscribe', { store: 'main', after: { epoch, seq: 3 } })).toMatchObject({
      mode: 'resumed',
    });
    await storage.writer.write(async ({ db }) => {
      await db.updateTable('stores').set({ floor: 0 }).where('id', '=', 'main').execute();
    });
    await storage.reload();
    client.close();
  });

  test("a store that is not the desk's is forbidden, malformed requests are answered", async () => {
    const client = await openDesk(gateway, desk);
    for (const store of ['other', 'none']) {
      const answer = await client.ask('subscribe', { store, after: null });
      expect(answer).toEqual({ ok: false, error: { code: 'forbidden', message: expect.any(String) } });
    }
    for (const wrong of [null, 'text', { store: 'main' }, { store: 'main', after: { epoch: 1 } }]) {
      expect(await client.ask('subscribe', wrong)).toMatchObject({ ok: false, error: { code: 'invalid-args' } });
    }
    client.close();
  });

  test('[DL5] replay and live join without hole or overlap while events keep coming', async () => {
    const writing = (async () => {
      for (let n = 0; n < 40; n += 1) {
        await Promise.all([0, 1, 2, 3, 4].map((k) => gateway.deliver({ id: `j-${n}-${k}`, ref: `j-${n}-${k}` })));
      }
    })();
    const clients = [];
    for (let n = 0; n < 6; n += 1) {
      const own = await pairDesk(gateway);
      const client = await openDesk(gateway, own);
      await client.ask('subscribe', { store: 'main', after: null });
      clients.push(client);
    }
    await writing;
    const expected = range(1, head().seq);
    for (const client of clients) {
      await until(() => expect(client.events.length).toBeGreaterThanOrEqual(expected.length));
      expect(seqs(client.events)).toEqual(expected);
      client.close();
    }
  });
});

describe('health', () => {
  test("the gateway's times, its version, and each of the desk's stores", async () => {
    const client = await openDesk(gateway, desk);
    const { epoch, seq } = head();
    expect(await client.ask('health', { sentAt: 12.5 })).toEqual({
      ok: true,
      receivedAt: gateway.clock.at,
      sentAt: gateway.clock.at,
      version: 'test',
      stores: [{ store: 'main', epoch, head: seq }],
      sources: [expect.objectContaining({ id: 'shop', kind: 'test', state: 'hearing' })],
    });
    client.close();
  });
});

describe('two sockets of one desk', () => {
  test("[CN8] the newer one's resumed subscribe supersedes the older", async () => {
    const older = await openDesk(gateway, desk);
    await older.ask('subscribe', { store: 'main', after: null });
    const newer = await openDesk(gateway, desk);
    await newer.ask('health', { sentAt: 0 });
    expect([older.socket.connected, newer.socket.connected]).toEqual([true, true]);
    await newer.ask('subscribe', { store: 'main', after: { epoch: 'wrong', seq: 1 } });
    expect(older.socket.connected).toBe(true);
    await newer.ask('subscribe', { store: 'main', after: null });
    await until(() => expect(older.socket.connected).toBe(false));
    expect(older.notices).toEqual([{ kind: 'superseded' }]);
    expect(newer.socket.connected).toBe(true);
    newer.close();
  });

  test('[CN1] two for a limited time only, and never three', async () => {
    const short = await startGateway({ timings: { overlapMs: 100 } });
    try {
      const own = await pairDesk(short);
      const first = await openDesk(short, own);
      const second = await openDesk(short, own);
      await until(() => expect(first.notices).toEqual([{ kind: 'superseded' }]));
      expect(second.socket.connected).toBe(true);
      second.close();
    } finally {
      await short.stop();
    }
    const own = await pairDesk(gateway);
    const [first, second, third] = [
      await openDesk(gateway, own),
      await openDesk(gateway, own),
      await openDesk(gateway, own),
    ];
    await until(() => expect(first.socket.connected).toBe(false));
    expect([second.socket.connected, third.socket.connected]).toEqual([true, true]);
    second.close();
    third.close();
  });
});

describe('leaving', () => {
  test('[AU3] a desk revoked by another process is told and closed within a second', async () => {
    const own = await pairDesk(gateway);
    const [client, other] = [await openDesk(gateway, own), await openDesk(gateway, desk)];
    const beside = await openStorage({ dataDir: gateway.dataDir, clock: Date });
    const watch = startStopwatch();
    await beside.writer.write((tx) => revokeDesk(tx, own.id, gateway.clock.at));
    await beside.close();
    await until(() => expect(client.socket.connected).toBe(false));
    expect(watch.ms()).toBeLessThan(1_000);
    expect(client.notices).toEqual([{ kind: 'revoked' }]);
    expect(other.socket.connected).toBe(true);
    other.close();
  });

  test('a message beyond 64 KiB closes the socket', async () => {
    const client = await openDesk(gateway, desk);
    client.socket.emit('health', { sentAt: 0, padding: 'x'.repeat(70 * 1024) });
    await until(() => expect(client.socket.connected).toBe(false));
  });

  test('a drain is announced, and newcomers are sent elsewhere', async () => {
    const closing = await startGateway({ timings: { drainMs: 1_000 } });
    const own = await pairDesk(closing);
    const client = await openDesk(closing, own);
    const ticket = await ticketOf(closing, own);
    const closed = closing.stop();
    await until(() => expect(client.notices).toEqual([{ kind: 'draining', retryAfterMs: 1_000 }]));
    const refused = { code: 'draining', retryAfterMs: expect.any(Number) };
    await expect(connectDesk(closing, { ticket, protocol: 1 })).rejects.toEqual(refused);
    await closed;
    expect(client.socket.connected).toBe(false);
  });
});

describe('flow control', () => {
  /** @param stalledMs soon where a desk is to be found stalling, and never for one whose machine is merely busy */
  async function filled(stalledMs: number): Promise<{ own: TestGateway; desk: TestDesk; seq: number }> {
    const flow = { startBytes: 32 * 1024, mostBytes: 2 * 1024 * 1024, promptMs: PATIENCE.timeout };
    const own = await startGateway({ flow: { ...flow, stalledMs } });
    const padding = 'x'.repeat(3_000);
    await Promise.all(Array.from({ length: 150 }, (_, n) => own.deliver({ id: `f${n}`, ref: `f${n % 10}`, padding })));
    return { own, desk: await pairDesk(own), seq: own.gateway.storage.log.head('main').seq };
  }

  test('[DL6] a desk that confirms nothing gets 32 KiB, and is disconnected when it stalls', async () => {
    const { own, desk: slow } = await filled(300);
    const client = await connectDesk(own, { ticket: await ticketOf(own, slow), protocol: 1 }, () => undefined);
    await client.ask('subscribe', { store: 'main', after: null });
    await until(() => expect(client.socket.connected).toBe(false));
    const bytes = client.events.reduce((sum, event) => sum + JSON.stringify(event).length, 0);
    expect(bytes).toBeGreaterThan(20 * 1024);
    expect(bytes).toBeLessThan(32 * 1024);
    await own.stop();
  });

  test('[DL6] a desk that confirms gets everything, in messages that grow with its confirmations', async () => {
    const { own, desk: prompt, seq } = await filled(PATIENCE.timeout);
    const sizes: number[] = [];
    const client = await connectDesk(own, { ticket: await ticketOf(own, prompt), protocol: 1 });
    client.socket.on('events', (message: object) => sizes.push(JSON.stringify(message).length));
    await client.ask('subscribe', { store: 'main', after: null });
    await until(() => expect(seqs(client.events)).toEqual(range(1, seq)));
    expect(sizes[0]).toBeLessThanOrEqual(32 * 1024);
    expect(Math.max(...sizes)).toBeGreaterThan(48 * 1024);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(256 * 1024);
    client.close();
    await own.stop();
  });
});

test('an order of another store is never told', async () => {
  const client = await openDesk(gateway, await pairDesk(gateway, 'admin', ['other']));
  await client.ask('subscribe', { store: 'other', after: null });
  await gateway.deliver({ id: 'private', ref: 'private' });
  expect(gateway.gateway.storage.log.head('main').seq).toBeGreaterThan(0);
  await client.ask('health', { sentAt: 0 });
  expect(client.events.filter(({ order }) => order === testOrder('private'))).toEqual([]);
  client.close();
});
