/** The public client against real and misbehaving gateways. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import https from 'node:https';
import tls from 'node:tls';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { connect } from '../../../client/gateway-client.ts';
import type { GatewayClient } from '../../../client/gateway-client.ts';
import { matching } from '../../../client/matching.ts';
import { newKeyPair } from '../../../client/identity.ts';
import { pair } from '../../../client/pair.ts';
import { placeOrder } from '../../../client/place-order.ts';
import { revokeDesk } from '../../../gateway/store/desks.ts';
import { created, noted } from '../../support/scripted-gateway/drafts.ts';
import { startScriptedGateway } from '../../support/scripted-gateway/scripted-gateway.ts';
import type { ScriptedGateway } from '../../support/scripted-gateway/scripted-gateway.ts';
import { createAuthority } from '../../support/tls/certificates.ts';
import { startGateway } from '../gateway/test-gateway.ts';
import type { TestGateway } from '../gateway/test-gateway.ts';
import { PATIENCE } from '../../support/patience.ts';

const closers: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function realGateway(): Promise<TestGateway> {
  const gateway = await startGateway();
  closers.push(() => gateway.stop());
  return gateway;
}

async function scripted(...given: Parameters<typeof startScriptedGateway>): Promise<ScriptedGateway> {
  const gateway = await startScriptedGateway(...given);
  closers.push(() => gateway.close());
  return gateway;
}

type Options = Parameters<typeof connect>[1];

async function client(
  { url: gateway, code }: { url: string; code: string },
  options: Options = {},
): Promise<GatewayClient> {
  const { agent } = options;
  const opened = await connect(await pair({ gateway, code, name: 'Test', ...(agent && { agent }) }), options);
  closers.push(() => opened.close());
  return opened;
}

const at = async (gateway: TestGateway, role: 'staff' | 'support' = 'staff') => ({
  url: gateway.url,
  code: await gateway.pairingCode(role),
});

const order = (reference: string) => ({
  reference,
  price: { currency: 'USD', amount: '19.99' },
  pay: [
    {
      chain: 'eip155:1',
      asset: 'native',
      address: `0x${Buffer.from(reference).toString('hex').padEnd(40, '1')}`,
      amount: '1',
    },
  ],
});

describe('pairing and connecting', () => {
  test('a wrong code, a used code', async () => {
    const gateway = await realGateway();
    const { url, code } = await at(gateway);
    await expect(pair({ gateway: url, code: 'WRONG', name: 'x' })).rejects.toMatchObject({
      code: 'bad-code',
      status: 401,
    });
    const identity = await pair({ gateway: url, code, name: 'x' });
    expect(identity).toMatchObject({ gateway: url, role: 'staff', stores: [{ id: 'main', name: 'Store main' }] });
    await expect(pair({ gateway: url, code, name: 'x' })).rejects.toMatchObject({ code: 'bad-code' });
  });

  test('another key, a revoked desk', async () => {
    const gateway = await realGateway();
    const { url, code } = await at(gateway);
    const identity = await pair({ gateway: url, code, name: 'x' });
    const stranger = { ...identity, privateKey: newKeyPair().privateKey };
    await expect(connect(stranger)).rejects.toMatchObject({ code: 'bad-signature' });
    await gateway.gateway.storage.writer.write((tx) => revokeDesk(tx, identity.deskId, Date.now()));
    await expect(connect(identity)).rejects.toMatchObject({ code: 'revoked' });
  });

  test('nobody there, somebody else there, and nowhere a key should travel', async () => {
    const server = createServer((_, response) => response.end('<html>')).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    await expect(pair({ gateway: url, code: 'C', name: 'x' })).rejects.toMatchObject({ code: 'not-a-gateway' });
    await new Promise((resolve) => server.close(resolve));
    await expect(pair({ gateway: url, code: 'C', name: 'x' })).rejects.toMatchObject({ code: 'unreachable' });
    await expect(pair({ gateway: 'http://g.example', code: 'C', name: 'x' })).rejects.toMatchObject({
      code: 'insecure-address',
    });
  });

  test('a gateway that says nothing is given up in time, and one that drains says how long', async () => {
    const gateway = await scripted();
    const identity = await pair({ gateway: gateway.url, code: gateway.code, name: 'x' });
    gateway.script.refuse = { code: 'draining', retryAfterMs: 7_000 };
    await expect(connect(identity)).rejects.toMatchObject({ code: 'draining', retryAfterMs: 7_000 });
    gateway.script.hangSockets = true;
    await expect(connect(identity, { timeoutMs: 200 })).rejects.toMatchObject({ code: 'timeout' });
    gateway.script.hang = /challenges/;
    await expect(connect(identity, { timeoutMs: 200 })).rejects.toMatchObject({ code: 'timeout' });
    expect(gateway.sockets()).toBe(0);
  });

  test('[CN12] an authority of one’s own, by an agent', async () => {
    const authority = createAuthority('Shop authority');
    const gateway = await scripted(authority.issue(['localhost']));
    const url = `https://localhost:${new URL(gateway.url).port}`;
    const refused = pair({ gateway: url, code: gateway.code, name: 'x' });
    await expect(refused).rejects.toMatchObject({ code: 'unreachable', message: expect.stringMatching(/CERT|SIGN/) });
    const agent = new https.Agent({ ca: [...tls.getCACertificates('default'), authority.cert] });
    closers.push(() => agent.destroy());
    const opened = await client({ url, code: gateway.code }, { agent });
    await opened.subscribe('main');
    gateway.append(created('a'));
    await opened.waitFor(matching({ order: 'a' }));
  });
});

describe('following a log', () => {
  test('from the start, from now, from a position; each event once', async () => {
    const gateway = await realGateway();
    const key = await gateway.key(['orders:write']);
    const place = (reference: string) => placeOrder(order(reference), { gateway: gateway.url, store: 'main', key });
    const placed = await place('a');
    const one = await client(await at(gateway));
    await one.subscribe('main', 'start');
    const first = await one.waitFor(matching({ kind: 'order.created', order: placed }));
    const two = await client(await at(gateway));
    await two.subscribe('main');
    await place('b');
    await two.waitFor(matching({ kind: 'order.created' }));
    expect(two.events(matching({ kind: 'order.created' })).map(({ data }) => data)).toMatchObject([
      { order: { reference: 'b' } },
    ]);
    const three = await client(await at(gateway));
    await three.subscribe('main', { epoch: first.epoch, seq: first.seq, id: first.id });
    const seqs = () => three.events().map(({ seq }) => seq);
    await three.waitFor(matching({ kind: 'order.created' }));
    expect(seqs()[0]).toBe(first.seq + 1);
    expect(three.position('main')?.seq).toBe(seqs().at(-1));
  });

  test('[DL4] a position of another log asks for a snapshot, and its position goes on', async () => {
    const gateway = await realGateway();
    const opened = await client(await at(gateway));
    await expect(opened.subscribe('main', { epoch: 'other', seq: 3 })).rejects.toMatchObject({ code: 'epoch-changed' });
    expect(opened.position('main')).toBeNull();
    const { epoch, seq } = await opened.snapshot('main', { limit: 1 });
    await expect(opened.subscribe('main', { epoch, seq })).resolves.toMatchObject({ mode: 'resumed' });
    await expect(opened.subscribe('other')).rejects.toMatchObject({ code: 'forbidden' });
  });

  test('[DL2, DL7] gaps are fetched, doubles ignored, poison named, everything confirmed', async () => {
    const gateway = await scripted();
    const opened = await client(gateway);
    await opened.subscribe('main');
    gateway.append(created('a'));
    await opened.waitFor(matching({ order: 'a' }));
    gateway.script.emit = (event) => (event.seq === 2 ? [] : [event, event]);
    gateway.append(created('lost'), created('b'));
    gateway.script.emit = (event) => [event.seq === 4 ? { ...event, at: 'never' } : event];
    await opened.waitFor(matching({ order: 'b' }));
    gateway.append(noted('a', 'poisoned'), noted('a', 'fine'));
    await opened.waitFor(matching({ kind: 'note.added', data: { text: 'fine' } }));
    expect(opened.events().map(({ seq }) => seq)).toEqual([1, 2, 3, 5]);
    expect(opened.unreadable()).toEqual([{ store: 'main', seq: 4 }]);
    await vi.waitFor(() => expect(gateway.seen.at(-1)).toBe('confirm 5'), PATIENCE);
  });

  test('a wait in vain says what came instead', async () => {
    const gateway = await scripted();
    const opened = await client(gateway);
    await opened.subscribe('main');
    gateway.append(created('a'));
    await opened.waitFor(matching({ order: 'a' }));
    const waiting = opened.waitFor(matching({ kind: 'payment.settled', order: 'a' }), { withinMs: 30 });
    await expect(waiting).rejects.toThrow(/#1 order\.created main\/a[\s\S]*Nearest: #1 but for its kind/);
  });
});

describe('commands and REST', () => {
  test('the same id twice has one effect; refusals have their codes', async () => {
    const gateway = await realGateway();
    const key = await gateway.key(['orders:write']);
    const placed = await placeOrder(order('a'), { gateway: gateway.url, store: 'main', key });
    const opened = await client(await at(gateway));
    await opened.subscribe('main');
    const id = crypto.randomUUID();
    const note = { id, store: 'main', order: placed.id, name: 'note', args: { text: 'hello' } };
    const answers = [await opened.send(note), await opened.send(note), await opened.commandStatus(id)];
    expect(new Set(answers.map(({ seq }) => seq)).size).toBe(1);
    await opened.waitFor(matching({ kind: 'note.added', command: id }));
    expect(opened.events(matching({ kind: 'note.added' }))).toHaveLength(1);
    const resolve = opened.send({ store: 'main', order: placed.id, name: 'resolve', args: { reason: 'x' } });
    await expect(resolve).rejects.toMatchObject({ code: 'forbidden', status: null });
    await expect(opened.send({ ...note, id: 'no-uuid' })).rejects.toMatchObject({ code: 'invalid-args' });
  });

  test('orders, an order, its history, errors in the gateway’s words', async () => {
    const gateway = await realGateway();
    const key = await gateway.key(['orders:write']);
    const shop = { gateway: gateway.url, store: 'main', key };
    const placed = await placeOrder(order('a'), { ...shop, idempotencyKey: 'one' });
    expect(await placeOrder(order('a'), { ...shop, idempotencyKey: 'one' })).toMatchObject({ id: placed.id });
    await expect(placeOrder(order('b'), { ...shop, idempotencyKey: 'one' })).rejects.toMatchObject({
      code: 'idempotency-conflict',
      status: 409,
    });
    const faulty = placeOrder({ ...order('c'), reference: '', pay: [] }, shop);
    await expect(faulty).rejects.toMatchObject({ status: 422, message: expect.stringMatching(/reference[\s\S]*pay/) });
    const opened = await client(await at(gateway, 'support'));
    expect((await opened.orders('main', { q: 'a' })).orders.map(({ id }) => id)).toEqual([placed.id]);
    expect((await opened.order('main', placed.id)).events[0]?.kind).toBe('order.created');
    await expect(opened.order('main', 'ord_none')).rejects.toMatchObject({ code: 'unknown-order', status: 404 });
    await expect(opened.delivery('main', 'none')).rejects.toMatchObject({ status: 404 });
    expect((await opened.health()).stores).toMatchObject([{ store: 'main' }]);
  });

  test('[CN7] a session that ends is renewed without anybody noticing', async () => {
    const gateway = await realGateway();
    const opened = await client(await at(gateway));
    await opened.snapshot('main');
    gateway.clock.at += 16 * 60_000;
    const both = await Promise.all([opened.snapshot('main'), opened.orders('main')]);
    expect(both[0].store.id).toBe('main');
  });
});

describe('the end', () => {
  test('closing ends waits and requests, tells nobody, and leaves no socket', async () => {
    const gateway = await scripted();
    const onEnd = vi.fn();
    const opened = await client(gateway, { onEnd });
    gateway.script.silent.add('health');
    const ended = [opened.waitFor(matching({})), opened.health()].map((each) =>
      expect(each).rejects.toMatchObject({ code: 'ended' }),
    );
    await Promise.all([opened.close(), opened.close()]);
    await Promise.all(ended);
    await expect(opened.health()).rejects.toMatchObject({ code: 'ended' });
    expect(onEnd).not.toHaveBeenCalled();
    await vi.waitFor(() => expect(gateway.sockets()).toBe(0), PATIENCE);
  });

  test.each([
    ['a notice', (gateway: ScriptedGateway) => gateway.notify({ kind: 'draining', retryAfterMs: 9 }), 'draining'],
    ['being revoked', (gateway: ScriptedGateway) => gateway.notify({ kind: 'revoked' }), 'revoked'],
    ['a cut', (gateway: ScriptedGateway) => gateway.cut(), 'ended'],
  ])('%s is told once, with why', async (_what, act, code) => {
    const gateway = await scripted();
    const onEnd = vi.fn();
    const opened = await client(gateway, { onEnd });
    const waiting = expect(opened.waitFor(matching({}))).rejects.toMatchObject({ code });
    act(gateway);
    await waiting;
    expect(onEnd).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ code }));
  });

  test('[CN8] a second client of one identity takes its place', async () => {
    const gateway = await realGateway();
    const { url, code } = await at(gateway);
    const identity = await pair({ gateway: url, code, name: 'x' });
    const onEnd = vi.fn();
    const first = await connect(identity, { onEnd });
    const second = await connect(identity);
    closers.push(
      () => first.close(),
      () => second.close(),
    );
    await first.subscribe('main');
    await second.subscribe('main');
    await vi.waitFor(
      () => expect(onEnd).toHaveBeenCalledWith(expect.objectContaining({ code: 'superseded' })),
      PATIENCE,
    );
  });
});
