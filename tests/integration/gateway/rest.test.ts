import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { pairDesk, sessionOf } from './test-desk.ts';
import { startGateway } from './test-gateway.ts';
import type { TestGateway } from './test-gateway.ts';
import { testOrder, testPayment } from './test-source.ts';

let gateway: TestGateway;
let key: string;
let staff: string;
let support: string;
beforeAll(async () => {
  gateway = await startGateway();
  key = await gateway.key(['orders:write']);
  staff = await sessionOf(gateway, await pairDesk(gateway, 'staff'));
  support = await sessionOf(gateway, await pairDesk(gateway, 'support'));
});
afterAll(() => gateway.stop());

let addresses = 0;
const address = (): string => `0x${(++addresses).toString(16).padStart(40, '0')}`;
const direct = (fields: object = {}): Record<string, unknown> => ({
  reference: 'R-1',
  price: { currency: 'USD', amount: '19.99' },
  pay: [{ chain: 'eip155:1', asset: 'native', address: address(), amount: '8000000000000000' }],
  ...fields,
});
let keys = 0;
const place = (body: unknown, idempotency = `k-${++keys}`, token = key) =>
  gateway.call('POST', '/v1/stores/main/orders', { body, token, headers: { 'idempotency-key': idempotency } });

describe('a transaction that the customer named to the shop', () => {
  const hash = 'Cd'.repeat(32);
  const name = (id: string, body: unknown, token = key) =>
    gateway.call('POST', `/v1/stores/main/orders/${id}/transactions`, { body, token });

  test('is kept with the order, once, in the form of its chain', async () => {
    const { id } = (await place(direct())).body as { id: string };
    const named = [{ chain: 'eip155:1', txHash: `0x${hash.toLowerCase()}` }];
    expect(await name(id, { txHash: hash })).toMatchObject({ status: 200, body: { id, namedTransactions: named } });
    const again = await name(id, { txHash: `0x${hash}` });
    expect((again.body as { namedTransactions: object[] }).namedTransactions).toHaveLength(1);
  });

  test('is refused without a right key, a hash, or an order; and beyond twenty', async () => {
    const { id } = (await place(direct())).body as { id: string };
    const reading = await gateway.key(['orders:read']);
    expect((await name(id, { txHash: hash }, reading)).status).toBe(403);
    expect((await name(id, { txHash: hash }, support)).status).toBeGreaterThanOrEqual(401);
    expect(await name(id, { txHash: 'no hash' })).toMatchObject({ status: 422 });
    expect(await name(id, 'text')).toMatchObject({ status: 422 });
    expect(await name('nobody', { txHash: hash })).toMatchObject({ status: 404, code: 'unknown-order' });
    for (let n = 10; n < 30; n += 1) {
      expect((await name(id, { txHash: `${n}`.repeat(32) })).status).toBe(200);
    }
    expect(await name(id, { txHash: hash })).toMatchObject({ status: 409, code: 'conflict' });
  });
});

describe('the doors', () => {
  test('healthz and readyz answer anyone', async () => {
    expect(await gateway.call('GET', '/healthz')).toMatchObject({ status: 200, body: { ok: true } });
    expect(await gateway.call('GET', '/readyz')).toMatchObject({ status: 200, body: { ok: true } });
  });

  test('what does not exist is answered in the one error envelope', async () => {
    const { status, body } = await gateway.call('GET', '/v2/anything');
    expect([status, body]).toEqual([404, { error: { code: 'not-found', message: expect.any(String) } }]);
  });

  test('a foreign Origin is refused everywhere, its own is not, and no CORS header is ever given', async () => {
    for (const origin of ['https://evil.example', 'null', 'http://127.0.0.1:1']) {
      const { status, code, headers } = await gateway.call('GET', '/healthz', { headers: { origin } });
      expect([status, code]).toEqual([403, 'foreign-origin']);
      expect([...headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
    }
    const socket = await fetch(`${gateway.url}/socket.io/?EIO=4&transport=polling`, {
      headers: { origin: 'https://evil.example' },
    });
    expect(socket.ok).toBe(false);
    expect((await gateway.call('GET', '/healthz', { headers: { origin: gateway.url } })).status).toBe(200);
  });

  test('a body over 64 KiB is 413, one that is no JSON 400', async () => {
    const raw = JSON.stringify({ deskId: 'x'.repeat(65 * 1024) });
    expect(await gateway.call('POST', '/v1/challenges', { raw })).toMatchObject({ status: 413, code: 'too-large' });
    expect(await gateway.call('POST', '/v1/challenges', { raw: '{' })).toMatchObject({
      status: 400,
      code: 'invalid-json',
    });
  });

  test('every wrong field is named at once, with 422', async () => {
    const body = { code: '', name: ' ', publicKey: 'short' };
    const { status, body: answer } = await gateway.call('POST', '/v1/desks', { body });
    const { faults } = answer['error'] as { faults: { field: string }[] };
    expect([status, faults.map(({ field }) => field)]).toEqual([422, ['code', 'name', 'publicKey']]);
  });

  test('metrics need an operator key', async () => {
    const token = await gateway.key(['operator']);
    expect((await gateway.call('GET', '/metrics')).status).toBe(401);
    expect((await gateway.call('GET', '/metrics', { token: key })).status).toBe(403);
    const { status, body, headers } = await gateway.call('GET', '/metrics', { token });
    expect([status, headers.get('content-type')]).toEqual([200, expect.stringContaining('text/plain')]);
    expect(body['text']).toContain('# TYPE tillwatch_events_head gauge\ntillwatch_events_head{store="main"}');
    expect((await gateway.call('GET', '/v1/stores/main/orders', { token })).status).toBe(403);
  });
});

describe('placing orders', () => {
  test('201 the order; 200 the same order when repeated, however its JSON is written', async () => {
    const body = direct({ reference: 'twice' });
    const first = await place(body, 'same');
    const again = await place(Object.fromEntries(Object.entries(body).reverse()), 'same');
    expect([first.status, again.status]).toEqual([201, 200]);
    expect(again.body).toEqual(first.body);
    expect(first.body).toMatchObject({
      id: expect.stringMatching(/^ord_/),
      store: 'main',
      source: 'direct',
      reference: 'twice',
      status: 'awaiting',
      verdict: 'wait',
      expiresAt: gateway.clock.at + 900_000,
      graceUntil: gateway.clock.at + 900_000 + 3_600_000,
    });
  });

  test('100 racing requests with one key place one order', async () => {
    const body = direct({ reference: 'raced' });
    const answers = await Promise.all(Array.from({ length: 100 }, () => place(body, 'race')));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(99);
    expect(new Set(answers.map(({ body: order }) => order['id'])).size).toBe(1);
  });

  test('an order that is refused costs those who write at the same moment nothing', async () => {
    const taken = direct();
    await place(taken, 'taken');
    const write = vi.spyOn(gateway.gateway.storage.writer, 'write');
    const answers = await Promise.all([place(direct(), 'taken'), place(taken, 'another'), place(direct(), 'fine')]);
    expect(answers.map(({ status, code }) => `${status} ${code}`)).toEqual([
      '409 idempotency-conflict',
      '422 address-in-use',
      '201 ',
    ]);
    const jobs = await Promise.allSettled(write.mock.results.map(({ value }) => value as Promise<unknown>));
    expect(jobs.filter(({ status }) => status === 'rejected')).toEqual([]);
    write.mockRestore();
  });

  test('another body under the same key is a conflict, for 30 days', async () => {
    await place(direct(), 'conflict');
    expect(await place(direct(), 'conflict')).toMatchObject({ status: 409, code: 'idempotency-conflict' });
  });

  test('without a key of the store, its scope and an Idempotency-Key nothing is placed', async () => {
    const reading = await gateway.key(['orders:read']);
    const elsewhere = await gateway.key(['orders:write'], 'other');
    expect((await gateway.call('POST', '/v1/stores/main/orders', { body: direct() })).status).toBe(401);
    expect((await place(direct(), 'a2', 'twk_wrong')).status).toBe(401);
    expect((await place(direct(), 'a3', reading)).status).toBe(403);
    expect((await place(direct(), 'a4', elsewhere)).status).toBe(403);
    expect((await place(direct(), 'a5', staff)).status).toBe(403);
    const { status, body } = await gateway.call('POST', '/v1/stores/main/orders', { body: direct(), token: key });
    expect([status, body['error']]).toEqual([422, expect.objectContaining({ field: 'Idempotency-Key' })]);
  });

  test('wrong fields are all named, down to each way to pay', async () => {
    const body = {
      reference: '',
      price: { currency: 'USD', amount: '-1' },
      pay: [{ chain: 'eip155:1' }],
      expiresInSeconds: 5,
    };
    const { status, body: answer } = await place(body);
    const { faults } = answer['error'] as { faults: { field: string }[] };
    expect(status).toBe(422);
    expect(faults.map(({ field }) => field)).toEqual([
      'reference',
      'price.amount',
      'pay.0.asset',
      'pay.0.address',
      'pay.0.amount',
      'expiresInSeconds',
    ]);
  });

  test('an address belongs to one order per chain until 24 h after its grace', async () => {
    const taken = '0x52908400098527886E0F7030069857D2E4169EE7';
    const on = (chain: string, at = taken) => [{ chain, asset: 'native', address: at, amount: '1' }];
    expect((await place(direct({ pay: on('eip155:1') }))).status).toBe(201);
    const again = await place(direct({ pay: on('eip155:1', taken.toLowerCase()) }));
    expect([again.status, again.code]).toEqual([422, 'address-in-use']);
    expect(again.body['error']).toMatchObject({ field: 'pay.0.address' });
    expect((await place(direct({ pay: on('eip155:10') }))).status).toBe(201);
    const before = gateway.clock.at;
    gateway.clock.at += 900_000 + 3_600_000 + 86_400_000 + 1;
    expect((await place(direct({ pay: on('eip155:1') }))).status).toBe(201);
    gateway.clock.at = before;
  });
});

describe('reading orders', () => {
  test('an order comes with its events, in pages', async () => {
    await gateway.deliver({ id: 'h1', ref: 'history', payment: testPayment('hp1', '400') });
    await gateway.deliver({ id: 'h2', ref: 'history', payment: testPayment('hp2', '600') });
    const path = `/v1/stores/main/orders/${testOrder('history')}`;
    const { body } = await gateway.call('GET', path, { token: staff });
    const events = body['events'] as { kind: string; raw?: string }[];
    expect(events.map(({ kind }) => kind)).toEqual(['order.created', 'payment.detected', 'payment.detected']);
    expect(body['order']).toMatchObject({ id: testOrder('history'), status: 'detected', flags: ['multiple'] });
    expect(body).not.toHaveProperty('next');
    const first = await gateway.call('GET', `${path}?limit=2`, { token: staff });
    const second = await gateway.call('GET', `${path}?limit=2&cursor=${String(first.body['next'])}`, { token: staff });
    expect([...(first.body['events'] as unknown[]), ...(second.body['events'] as unknown[])]).toEqual(events);
    expect(second.body).not.toHaveProperty('next');
    expect((await gateway.call('GET', '/v1/stores/main/orders/ord_none', { token: staff })).code).toBe('unknown-order');
    expect((await gateway.call('GET', '/v1/stores/other/orders/x', { token: staff })).status).toBe(403);
  });

  test('search finds by id, reference, source, hash, address and amount, exact and by beginning', async () => {
    const pay = [
      {
        chain: 'eip155:1',
        asset: 'native',
        address: '0xFEEDBEEF00000000000000000000000000000001',
        amount: '7777000000000000000',
      },
    ];
    const { body: order } = await place(
      direct({ reference: 'Findable-77', price: { currency: 'EUR', amount: '77.31' }, pay }),
    );
    await gateway.deliver({ id: 's1', ref: 'searched', payment: testPayment('cafe99') });
    const find = async (q: string): Promise<unknown[]> => {
      const { body } = await gateway.call('GET', `/v1/stores/main/orders?q=${encodeURIComponent(q)}`, { token: staff });
      return (body['orders'] as { id: string }[]).map(({ id }) => id);
    };
    const id = String(order['id']);
    const given = [
      id,
      id.slice(0, 12),
      'findable-77',
      'FINDABLE',
      '0xfeedbeef',
      '0xFeedBeef00000000000000000000000000000001',
      '77.31',
      '7.777',
      String(order['sourceRef']),
    ];
    for (const q of given) expect([q, await find(q)]).toEqual([q, [id]]);
    expect(await find('0xcafe')).toEqual([testOrder('searched')]);
    expect(await find('R-searched')).toEqual([testOrder('searched')]);
    for (const q of ['indable', '0xfeedbeee', "' or 1=1 --", '%', '_']) expect([q, await find(q)]).toEqual([q, []]);
  });

  test('[AU4] customers are shown to and found by support and the shop, hidden from staff, and in no event', async () => {
    const customer = { name: 'Grace Hopper', email: 'Grace@navy.example' };
    const { body: order } = await place(direct({ reference: 'with-customer', customer }));
    const path = `/v1/stores/main/orders/${String(order['id'])}`;
    const read = async (token: string) => (await gateway.call('GET', path, { token })).body;
    const find = async (q: string, token: string) =>
      ((await gateway.call('GET', `/v1/stores/main/orders?q=${q}`, { token })).body['orders'] as unknown[]).length;
    expect(order['customer']).toEqual(customer);
    expect((await read(support))['order']).toMatchObject({ customer });
    expect((await read(key))['order']).toMatchObject({ customer });
    expect(JSON.stringify(await read(staff))).not.toMatch(/hopper|navy/i);
    expect(JSON.stringify((await read(support))['events'])).not.toMatch(/hopper|navy/i);
    for (const q of ['grace', 'hopper', 'Grace%20Hopper', 'GRACE@navy']) {
      expect([q, await find(q, support), await find(q, key), await find(q, staff)]).toEqual([q, 1, 1, 0]);
    }
    const snapshot = await gateway.call('GET', '/v1/stores/main/snapshot', { token: staff });
    expect(JSON.stringify(snapshot.body)).not.toMatch(/hopper|navy/i);
    expect(JSON.stringify(gateway.log)).not.toMatch(/hopper|navy/i);
  });

  test('[AU4] metadata is kept with the customer: for support and the shop, and in no event', async () => {
    const metadata = { table: 'window 7', guests: 2 };
    const { body: order } = await place(direct({ reference: 'with-metadata', metadata }));
    const path = `/v1/stores/main/orders/${String(order['id'])}`;
    const read = async (token: string) => (await gateway.call('GET', path, { token })).body;
    for (const token of [support, key]) expect((await read(token))['order']).toMatchObject({ customer: { metadata } });
    expect(JSON.stringify(await read(staff))).not.toContain('window 7');
    expect(JSON.stringify((await read(support))['events'])).not.toContain('window 7');
  });

  test('lists page by age without gap or overlap, and filter by status', async () => {
    const seen: string[] = [];
    let cursor = '';
    do {
      const path = `/v1/stores/main/orders?limit=3${cursor && `&cursor=${cursor}`}`;
      const { body } = await gateway.call('GET', path, { token: key });
      seen.push(...(body['orders'] as { id: string }[]).map(({ id }) => id));
      cursor = (body['next'] as string | undefined) ?? '';
    } while (cursor !== '');
    const { body } = await gateway.call('GET', '/v1/stores/main/orders?limit=500', { token: key });
    expect(seen).toEqual((body['orders'] as { id: string }[]).map(({ id }) => id));
    expect(seen.length).toBeGreaterThan(6);
    const detected = await gateway.call('GET', '/v1/stores/main/orders?status=detected,paid', { token: key });
    const statuses = (detected.body['orders'] as { status: string }[]).map(({ status }) => status);
    expect([statuses.length > 0, statuses.every((status) => status === 'detected')]).toEqual([true, true]);
    for (const wrong of ['status=weird', 'limit=0', 'limit=501', 'cursor=nonsense']) {
      expect((await gateway.call('GET', `/v1/stores/main/orders?${wrong}`, { token: key })).status, wrong).toBe(422);
    }
  });

  test('raw deliveries are for support, without secrets', async () => {
    const headers = { 'x-word': 'right', authorization: 'Bearer secret', cookie: 'secret=1' };
    await gateway.call('POST', '/v1/webhooks/shop', { raw: ' {"id":"raw1","ref":"raw"} ', headers });
    const history = await gateway.call('GET', `/v1/stores/main/orders/${testOrder('raw')}`, { token: support });
    const id = (history.body['events'] as { raw: string }[])[0]?.raw;
    const { body } = await gateway.call('GET', `/v1/stores/main/deliveries/${String(id)}`, { token: support });
    expect(body).toMatchObject({
      id,
      source: 'shop',
      receivedAt: gateway.clock.at,
      verified: true,
      body: ' {"id":"raw1","ref":"raw"} ',
    });
    expect(body['headers']).toMatchObject({ 'x-word': 'right' });
    expect(JSON.stringify(body)).not.toContain('secret');
    expect((await gateway.call('GET', `/v1/stores/main/deliveries/${String(id)}`, { token: staff })).code).toBe(
      'forbidden',
    );
    expect((await gateway.call('GET', '/v1/stores/main/deliveries/none', { token: support })).status).toBe(404);
  });
});
