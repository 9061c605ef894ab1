import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Order } from '../../../contract/order.ts';
import type { Role, SearchMatch, SnapshotPage } from '../../../contract/protocol.ts';
import type { UnmatchedPayment } from '../../../contract/unmatched.ts';
import { CHAIN, WALLET, coins, inBlock, pretendChain, wallets } from './pretend-chain.ts';
import type { PretendChain } from './pretend-chain.ts';
import { pairDesk, sessionOf } from './test-desk.ts';
import { startGateway } from './test-gateway.ts';
import type { TestGateway } from './test-gateway.ts';

let gateway: TestGateway;
let chain: PretendChain;
let shop: string;
const sessions = new Map<Role, string>();

beforeEach(async () => {
  chain = pretendChain();
  gateway = await startGateway({ chains: [chain.watcher], wallets });
  shop = await gateway.key(['orders:write']);
  await signIn();
});
afterEach(() => gateway.stop());

async function signIn(): Promise<void> {
  for (const role of ['staff', 'support'] as const) {
    sessions.set(role, await sessionOf(gateway, await pairDesk(gateway, role)));
  }
}

let orders = 0;
/** An order for coins at an address of its own, waiting for 15 minutes. */
async function place(amount = '1000', address = `0x${String(++orders).padStart(40, 'a')}`): Promise<Order> {
  const pay = [{ chain: CHAIN, asset: 'native', address, amount }];
  const body = { reference: `A-${orders}`, price: { currency: 'USD', amount: '54.00' }, pay };
  const headers = { 'idempotency-key': randomUUID() };
  return (await gateway.call('POST', '/v1/stores/main/orders', { body, token: shop, headers }))
    .body as unknown as Order;
}
const token = (role: Role = 'support') => sessions.get(role);
const read = async (id: string): Promise<Order> =>
  (await gateway.call('GET', `/v1/stores/main/orders/${id}`, { token: token() })).body['order'] as Order;
const give = async (name: string, order: string | null, args: object, role: Role = 'support', id = randomUUID()) =>
  (await gateway.call('POST', '/v1/stores/main/commands', { body: { id, name, order, args }, token: token(role) }))
    .body;
const snapshot = async (query = ''): Promise<SnapshotPage> =>
  (await gateway.call('GET', `/v1/stores/main/snapshot${query}`, { token: token() })).body as unknown as SnapshotPage;
const unmatched = async (): Promise<UnmatchedPayment[]> => (await snapshot()).unmatched ?? [];
const find = async (q: string, role: Role = 'support') =>
  (await gateway.call('GET', `/v1/stores/main/orders?q=${encodeURIComponent(q)}`, { token: token(role) }))
    .body as unknown as {
    orders: Order[];
    unmatched?: UnmatchedPayment[];
    matches: SearchMatch[];
  };
const codes = (payment: UnmatchedPayment | undefined): string[] =>
  payment?.candidates[0]?.reasons.map(({ code }) => code) ?? [];
const now = () => gateway.clock.at;

describe('[MA1, MA2] money that one order alone explains', () => {
  test('in a wallet is the order’s, deepens, settles, and is taken back with its block', async () => {
    const order = await place('1234567');
    const money = coins('t1', '1234567', now());
    await chain.desk.seen(money);
    expect(await read(order.id)).toMatchObject({ status: 'detected', payments: [{ id: 't1', state: 'seen' }] });
    await chain.desk.seen(inBlock(money, 5, 1));
    await chain.desk.seen(inBlock(money, 5, 1));
    expect(await read(order.id)).toMatchObject({ status: 'confirming', payments: [{ confirmations: 1 }] });
    await chain.desk.seen(inBlock(money, 5, 2));
    expect((await read(order.id)).status).toBe('paid');
    await chain.desk.gone(CHAIN, 't1', 'The chain took it back.');
    await chain.desk.gone(CHAIN, 't1', 'The chain took it back.');
    expect((await read(order.id)).payments[0]?.state).toBe('reorged');
    await chain.desk.seen(inBlock(money, 6, 1));
    expect((await read(order.id)).payments).toMatchObject([{ state: 'confirming', block: { number: 6 } }]);
    expect(await unmatched()).toEqual([]);
  });

  test('to an order’s own address is the order’s, whatever its watcher knew', async () => {
    const order = await place();
    await chain.desk.seen(
      coins('t1', '7', now() + 60_000, { to: order.pay[0]!.address!.toUpperCase().replace('0X', '0x') }),
    );
    expect((await read(order.id)).payments).toMatchObject([{ id: 't1', amount: '7' }]);
  });

  test('is an order’s once, however often and by however many it is seen at a time', async () => {
    const order = await place('1234567');
    await Promise.all(Array.from({ length: 20 }, () => chain.desk.seen(coins('t1', '1234567', now()))));
    expect((await read(order.id)).payments).toHaveLength(1);
    expect((await read(order.id)).flags).toEqual([]);
  });
});

describe('[MA3] money that no order explains beyond doubt', () => {
  test('is unmatched, with the orders it may be for and why; nothing at all is let go silently', async () => {
    const [one, other] = [await place(), await place()];
    await chain.desk.seen(coins('t1', '1000', now()));
    const [payment] = await unmatched();
    expect(payment).toMatchObject({ id: 't1', store: 'main', state: 'open', confirmations: 0 });
    expect(payment?.candidates.map(({ order }) => order).sort()).toEqual([one.id, other.id].sort());
    expect(codes(payment)).toEqual(['same-amount', 'in-time']);
    await chain.desk.seen(coins('t0', '0', now()));
    expect(await unmatched()).toHaveLength(1);
    await chain.desk.seen(coins('t2', '5', now(), { to: '0xNobodys' }));
    expect(gateway.log).toContainEqual(expect.objectContaining({ level: 'warn', fields: { payment: 't2' } }));
  });

  test('to the address of an order whose watch is over names that order, after a restart too', async () => {
    const order = await place();
    const address = order.pay[0]!.address!;
    expect(await chain.desk.addresses(CHAIN)).toEqual(new Set([WALLET, address]));
    gateway.clock.at = order.graceUntil + 25 * 3_600_000;
    await gateway.restart();
    await signIn();
    expect(await chain.desk.addresses(CHAIN)).toEqual(new Set([WALLET, address]));
    const next = await place('5');
    expect(await chain.desk.addresses(CHAIN)).toContain(next.pay[0]!.address);
    await chain.desk.seen(coins('t1', '1000', now(), { to: address.toUpperCase().replace('0X', '0x') }));
    const [payment] = await unmatched();
    expect(codes(payment)).toEqual(['own-address', 'same-amount', 'after-grace']);
    expect((await read(order.id)).payments).toEqual([]);
  });

  test('is told again when a block has it, when it is deep, and not for each confirmation between', async () => {
    const money = coins('t1', '9', now(), { required: 12 });
    await chain.desk.seen(money);
    for (let n = 1; n <= 20; n += 1) await chain.desk.seen(inBlock(money, 5, n));
    const { storage } = gateway.gateway;
    const said = (await storage.log.read('main', 0, 1_000, 1e9)).filter(
      ({ event }) => event.kind === 'payment.unmatched',
    );
    expect(said.map(({ event }) => event.data['confirmations'])).toEqual([0, 1, 12]);
  });

  test('[MA2] at the price that many orders had, one that waits alone is not beyond doubt', async () => {
    for (let n = 0; n < 201; n += 1) await gateway.deliver({ id: `d${n}`, ref: `o${n}` });
    gateway.clock.at += 10 * 24 * 3_600_000;
    await signIn();
    const order = await place('1000');
    await chain.desk.seen(coins('t1', '1000', now()));
    expect((await read(order.id)).payments).toEqual([]);
    expect((await unmatched())[0]?.candidates.map(({ order: id }) => id)).toEqual([order.id]);
  });

  test('vanishes with its transaction, and is back when that is', async () => {
    const money = coins('t1', '9', now());
    await chain.desk.seen(money);
    await chain.desk.gone(CHAIN, 't1', 'The pool forgot it.');
    await chain.desk.gone(CHAIN, 't1', 'The pool forgot it.');
    expect(await unmatched()).toMatchObject([{ state: 'vanished', reason: 'The pool forgot it.' }]);
    expect(await give('attach-payment', (await place()).id, { paymentId: 't1' })).toMatchObject({
      error: { code: 'conflict' },
    });
    await chain.desk.seen(inBlock(money, 5, 1));
    expect(await unmatched()).toMatchObject([{ state: 'open', block: { number: 5 } }]);
  });

  test('is followed on after a restart, deep as it may be: a reorg may still take it', async () => {
    const money = coins('t1', '9', now());
    await chain.desk.seen(inBlock(money, 5, 1));
    await chain.desk.seen(coins('t2', '9', now()));
    await gateway.restart();
    expect((await chain.desk.open(CHAIN)).map(({ payment }) => payment.id).sort()).toEqual(['t1', 't2']);
    await chain.desk.seen(inBlock(money, 5, 2));
    expect(await chain.desk.open(CHAIN)).toMatchObject([
      { payment: { id: 't1' }, confirmations: 2 },
      { payment: { id: 't2' }, confirmations: 0 },
    ]);
  });

  test('a snapshot tells it all, however much it is', async () => {
    for (let n = 0; n < 150; n += 1) {
      const memo = 'm'.repeat(200);
      await chain.desk.seen(coins(`t${n}`, '9', now() + n, { memo }));
    }
    await place();
    const seen: string[] = [];
    const held: string[] = [];
    for (let cursor = ''; ;) {
      const page = await snapshot(cursor);
      expect(Buffer.byteLength(JSON.stringify(page))).toBeLessThanOrEqual(256 * 1024);
      seen.push(...(page.unmatched ?? []).map(({ id }) => id));
      held.push(...page.orders.map(({ id }) => id));
      if (page.next === undefined) break;
      cursor = `?cursor=${page.next}`;
    }
    expect(new Set(seen).size).toBe(150);
    expect([seen.length, held.length]).toEqual([150, 1]);
  });
});

describe('[MA4] what a person decides', () => {
  test('attached, it counts, and whoever did it stands in the order’s history', async () => {
    const [order] = [await place(), await place()];
    await chain.desk.seen(inBlock(coins('t1', '1000', now()), 5, 1));
    const answer = await give('attach-payment', order.id, { paymentId: 't1' });
    expect(answer).toMatchObject({ ok: true, state: 'done' });
    const { body } = await gateway.call('GET', `/v1/stores/main/orders/${order.id}`, { token: token() });
    expect(body['order']).toMatchObject({ status: 'confirming', payments: [{ id: 't1', confirmations: 1 }] });
    const history = body['events'] as { kind: string; actor?: { name: string } }[];
    expect(history.map(({ kind, actor }) => [kind, actor?.name])).toEqual([
      ['order.created', undefined],
      ['payment.attached', 'Desk support'],
      ['payment.detected', 'Desk support'],
      ['payment.confirmations', 'Desk support'],
    ]);
    expect(await unmatched()).toMatchObject([{ state: 'attached', order: order.id, by: { name: 'Desk support' } }]);
    await chain.desk.seen(inBlock(coins('t1', '1000', now()), 5, 2));
    expect((await read(order.id)).status).toBe('paid');
  });

  test('of many who attach at once to two orders, one alone does', async () => {
    const [one, other] = [await place(), await place()];
    await chain.desk.seen(coins('t1', '1000', now()));
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) => give('attach-payment', n % 2 ? one.id : other.id, { paymentId: 't1' })),
    );
    expect(answers.filter(({ ok }) => ok === true)).toHaveLength(1);
    expect(
      answers.filter((each) => (each['error'] as { code?: string } | undefined)?.code === 'conflict'),
    ).toHaveLength(19);
    expect([...(await read(one.id)).payments, ...(await read(other.id)).payments]).toHaveLength(1);
  });

  test('[CM1] the same command again has no second effect', async () => {
    const [order] = [await place(), await place()];
    await chain.desk.seen(coins('t1', '1000', now()));
    const id = randomUUID();
    const first = await give('attach-payment', order.id, { paymentId: 't1' }, 'support', id);
    expect(await give('attach-payment', order.id, { paymentId: 't1' }, 'support', id)).toEqual(first);
  });

  test('dismissed, it stays so however deep it gets, and can still be attached', async () => {
    const [order] = [await place(), await place()];
    const money = coins('t1', '1000', now());
    await chain.desk.seen(money);
    expect(await give('dismiss-payment', null, { paymentId: 't1', reason: 'from our own exchange' })).toMatchObject({
      ok: true,
    });
    await chain.desk.seen(inBlock(money, 5, 2));
    expect(await unmatched()).toMatchObject([
      { state: 'dismissed', reason: 'from our own exchange', by: { name: 'Desk support' } },
    ]);
    await give('attach-payment', order.id, { paymentId: 't1' });
    expect((await read(order.id)).payments).toHaveLength(1);
    expect(await unmatched()).toMatchObject([{ state: 'attached' }]);
  });

  test('[AU3] staff decide nothing, and unknown money or a wrong subject is refused', async () => {
    const order = await place();
    const refused = (answer: Record<string, unknown>) => (answer['error'] as { code: string }).code;
    expect(refused(await give('attach-payment', order.id, { paymentId: 'x' }, 'staff'))).toBe('forbidden');
    expect(refused(await give('dismiss-payment', null, { paymentId: 'x', reason: 'r' }, 'staff'))).toBe('forbidden');
    expect(refused(await give('attach-payment', order.id, { paymentId: 'x' }))).toBe('unknown-payment');
    expect(refused(await give('dismiss-payment', null, { paymentId: 'x', reason: 'r' }))).toBe('unknown-payment');
    expect(refused(await give('dismiss-payment', order.id, { paymentId: 'x', reason: 'r' }))).toBe('invalid-args');
    expect(refused(await give('note', null, { text: 'x' }))).toBe('invalid-args');
  });
});

describe('a transaction that a customer named', () => {
  const hash = 'ab'.repeat(32);

  test('is kept with the order, found by search, and lifts the order among the candidates', async () => {
    const orders = [await place(), await place(), await place()];
    await chain.desk.seen(coins('t1', '1000', now(), { txHash: `0x${hash}` }));
    const last = orders.find(({ id }) => id === (unmatchedOrder(orders) ?? id))!;
    const answer = await give('name-transaction', last.id, { txHash: hash.toUpperCase() }, 'staff');
    expect(answer).toMatchObject({
      ok: true,
      state: 'done',
      result: { asked: [{ id: 'eip155:1', outcome: 'not-asked', note: 'it cannot be asked' }] },
    });
    expect((await read(last.id)).namedTransactions).toMatchObject([
      { chain: CHAIN, txHash: `0x${hash}`, by: { name: 'Desk staff' } },
    ]);
    const [payment] = await unmatched();
    expect(payment?.candidates[0]).toMatchObject({ order: last.id, score: 100 });
    expect(codes(payment)[0]).toBe('hash-named');
    const found = await find(hash.slice(0, 20));
    expect(found.orders.map(({ id }) => id)).toEqual([last.id]);
    expect(found.unmatched?.map(({ id }) => id)).toEqual(['t1']);
    expect(found.matches).toEqual([
      { order: last.id, field: 'transaction', value: `0x${hash}` },
      { order: 't1', field: 'transaction', value: `0x${hash}` },
    ]);
  });
});

/** One that is not the first candidate by itself. */
function unmatchedOrder(orders: readonly Order[]): string | undefined {
  return [...orders].sort((a, b) => (a.id < b.id ? 1 : -1))[0]?.id;
}
