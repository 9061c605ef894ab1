import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { post, webhooksOf } from './crypto-com-pay.ts';
import { pairDesk, session } from './desk.ts';
import { ORDERS, addressOf, bearer, order, place } from './direct-order.ts';
import { call } from './http.ts';
import type { Json } from './http.ts';
import { openWorkbench } from './workbench.ts';
import type { Workbench } from './workbench.ts';
import { PATIENCE } from '../../support/patience.ts';

let bench: Workbench;
let url: string;
let shop: string;
let reader: string;

beforeAll(async () => {
  bench = await openWorkbench();
  url = bench.url;
  [shop, reader] = await Promise.all([bench.key('orders:write'), bench.key('orders:read')]);
});
afterAll(() => bench.close());

interface Faults {
  error: { code: string; message: string; field: string; faults: { field: string; message: string }[] };
}
const pay = (changes: Json): Json => ({ pay: [{ ...(order(0).pay as Json[])[0], ...changes }] });

describe('placing an order', () => {
  test('201 the order, 200 the same for the same JSON in other words, 409 for another', async () => {
    const made = await place(url, shop, order(1), 'once');
    expect([made.status, made.body]).toEqual([
      201,
      expect.objectContaining({ reference: 'REF-1', status: 'awaiting', source: 'direct', store: 'main', live: true }),
    ]);
    const { pay: ways, price, reference } = order(1) as { pay: Json[]; price: Json; reference: string };
    const backwards = { pay: ways.map((way) => Object.fromEntries(Object.entries(way).reverse())), reference, price };
    const again = await place(url, shop, JSON.stringify(backwards, null, 2), 'once');
    expect([again.status, again.body]).toEqual([200, made.body]);
    for (const other of [order(2), order(1, { metadata: {} }), order(1, { expiresInSeconds: 900 })]) {
      expect(await place(url, shop, other, 'once')).toMatchObject({ status: 409, code: 'idempotency-conflict' });
    }
  });

  test('20 at once under one key make one order', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => place(url, shop, order(3), 'racing')));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(19);
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
  });

  test('20 at once with one address make one order', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => place(url, shop, order(4))));
    expect(answers.map(({ status, code }) => `${status} ${code}`).sort()).toEqual([
      '201 ',
      ...Array.from({ length: 19 }, () => '422 address-in-use'),
    ]);
    const cased = order(4, pay({ address: `0x${addressOf(4).slice(2).toUpperCase()}` }));
    expect(await place(url, shop, cased)).toMatchObject({ status: 422, code: 'address-in-use' });
    expect((await place(url, shop, order(4, pay({ address: addressOf(4), chain: 'eip155:10' })))).status).toBe(201);
  });

  test('an address that was refused leaves its key free for the order put right', async () => {
    expect((await place(url, shop, order(4), 'put right')).status).toBe(422);
    expect((await place(url, shop, order(5), 'put right')).status).toBe(201);
  });

  test('422 without Idempotency-Key', async () => {
    const without = await call(url, ORDERS, { body: order(6), headers: bearer(shop) });
    expect([without.status, without.text]).toEqual([422, expect.stringContaining('Idempotency-Key')]);
    expect((await place(url, shop, order(6), '')).status).toBe(422);
    expect((await place(url, shop, order(6), 'x'.repeat(4000))).status).toBe(422);
  });

  test('422 names every fault at once', async () => {
    const wrong = { reference: '', price: { currency: 5, amount: '-1' }, ...pay({ asset: 'x', amount: '0' }) };
    const { status, body } = await place<Faults>(url, shop, { ...wrong, expiresInSeconds: 5 });
    expect(status).toBe(422);
    expect(body.error.faults.map(({ field }) => field).sort()).toEqual([
      'expiresInSeconds',
      'pay.0.amount',
      'pay.0.asset',
      'price.amount',
      'price.currency',
      'reference',
    ]);
    expect(body.error.field).toBe(body.error.faults[0]?.field);
  });

  test.each<[string, Json | []]>([
    ['59 seconds', { expiresInSeconds: 59 }],
    ['86,401 seconds', { expiresInSeconds: 86_401 }],
    ['half a second', { expiresInSeconds: 900.5 }],
    ['no way to pay', { pay: [] }],
    ['an amount with an exponent', pay({ amount: '8e15' })],
    ['an amount as a number', pay({ amount: 8 })],
    ['an amount of 400 digits', pay({ amount: '9'.repeat(400) })],
    ['an address that is none', pay({ address: 'hello' })],
    ['a price with an exponent', { price: { currency: 'USD', amount: '1e3' } }],
    ['a price that is not a number', { price: { currency: 'USD', amount: 'NaN' } }],
    ['a reference of 129 characters', { reference: 'x'.repeat(129) }],
    ['metadata beyond 8 KiB', { metadata: { a: 'x'.repeat(8 * 1024) } }],
    ['metadata beyond 8 KiB in bytes only', { metadata: { a: 'é'.repeat(4 * 1024) } }],
    ['metadata that is a list', { metadata: [1] }],
    ['an array', []],
  ])('422 for %s', async (_, changes) => {
    const body = Array.isArray(changes) ? changes : order(7, changes);
    expect(await place(url, shop, body)).toMatchObject({ status: 422, code: 'invalid-fields' });
  });

  test.each([60, 86_400])('%i seconds are within the limits', async (expiresInSeconds) => {
    const { status, body } = await place(url, shop, order(expiresInSeconds, { expiresInSeconds }));
    expect([status, Number(body.expiresAt) - Number(body.createdAt)]).toEqual([201, expiresInSeconds * 1000]);
  });

  test('64 KiB are taken, one byte more is not', async () => {
    const body = JSON.stringify(order(8));
    expect((await place(url, shop, body.padEnd(64 * 1024 + 1))).status).toBe(413);
    expect((await place(url, shop, body.padEnd(64 * 1024))).status).toBe(201);
  });
});

describe('finding an order', () => {
  const TX = '0xABCDEF0123456789abcdef0123456789abcdef0123456789abcdef0123456789';
  let id: string;

  beforeAll(async () => {
    const customer = { name: 'Zoë Maskerade', email: 'zoe@customer.example' };
    id = String((await place(url, shop, order(20, { reference: 'FIND-20', customer }))).body.id);
    const envelope = JSON.parse(webhooksOf(20, Date.now())[0]?.body ?? '') as { data: { object: Json } };
    envelope.data.object.current_inbound_fund = {
      ...{ txn_id: TX, deposit_address: '0xDeP051t', currency: 'CRO', amount: '1', confirmed: false },
      ...{ status: 'pending', txn_created_at: new Date().toISOString() },
    };
    expect(await post(url, JSON.stringify(envelope))).toBe(200);
    await vi.waitFor(async () => expect(await find('BB-20')).toEqual(['BB-20']), PATIENCE);
  });

  async function find(q: string, key = reader): Promise<unknown[]> {
    const answer = await call<{ orders: Json[] }>(url, `${ORDERS}?q=${encodeURIComponent(q)}`, {
      headers: bearer(key),
    });
    expect([q, answer.status]).toEqual([q, 200]);
    return answer.body.orders.map(({ reference }) => reference);
  }

  test('by order id, reference, sourceRef, transaction, address, customer and amount, exact and by prefix', async () => {
    for (const q of [
      id,
      id.slice(0, 12),
      'FIND-20',
      'find-2',
      'zoe@customer.example',
      'Zoë',
      'ZOË MASK',
      addressOf(20),
    ])
      expect(await find(q), q).toEqual(['FIND-20']);
    for (const q of ['BB-20', '00000000-0000-4000-8000-000000000020', TX, TX.toLowerCase(), TX.slice(0, 12), '10.2'])
      expect(await find(q), q).toEqual(['BB-20']);
    for (const q of ['19.99', '8000000000000000', 'FIND']) expect(await find(q), q).toContain('FIND-20');
  });

  test('what looks like a pattern or a statement is taken as text', async () => {
    for (const q of ['%', '_', '*', "' OR 1=1 --", '\\', '\u0000', '"', 'FIND_20', 'FIND%'])
      expect(await find(q), q).toEqual([]);
  });

  test('an unknown status, a limit out of range, a cursor of nobody: 422', async () => {
    for (const query of ['status=bogus', 'limit=0', 'limit=501', 'limit=x', 'limit=1.5', 'cursor=garbage', 'q=a&q=b']) {
      expect(await call(url, `${ORDERS}?${query}`, { headers: bearer(reader) }), query).toMatchObject({ status: 422 });
    }
    const forged = Buffer.from(JSON.stringify([{ $ne: 1 }, ['x']])).toString('base64url');
    expect((await call(url, `${ORDERS}?cursor=${forged}`, { headers: bearer(reader) })).status).toBe(422);
  });

  test('pages hold every order once, also when one is placed in between', async () => {
    const ids: unknown[] = [];
    let next = '';
    do {
      const query = `limit=3${next && `&cursor=${encodeURIComponent(next)}`}`;
      const page = await call<{ orders: Json[]; next?: string }>(url, `${ORDERS}?${query}`, {
        headers: bearer(reader),
      });
      if (ids.length === 3) await place(url, shop, order(30));
      ids.push(...page.body.orders.map((each) => each.id));
      next = page.body.next ?? '';
    } while (next !== '');
    expect([ids.length, new Set(ids).size]).toEqual([ids.length, ids.length]);
    expect(ids).toContain(id);
  });

  test('[AU4] staff neither see a customer nor find an order by one; support does', async () => {
    const as = async (role: string) => session(await pairDesk(url, await bench.pairingCode(role)));
    const [staff, support] = await Promise.all([as('staff'), as('support')]);
    const paths = [
      `${ORDERS}/${id}`,
      `${ORDERS}?q=FIND-20`,
      '/v1/stores/main/snapshot',
      '/v1/stores/main/events?after=0',
    ];
    for (const path of paths) {
      const { status, text } = await call(url, path, { headers: staff });
      expect([path, status, /maskerade|customer\.example/i.test(text)]).toEqual([path, 200, false]);
      expect(text).toContain('FIND-20');
    }
    for (const path of paths.slice(0, 3))
      expect((await call(url, path, { headers: support })).text).toContain('zoe@customer.example');
    for (const q of ['zoe@customer.example', 'Zo%C3%AB'])
      expect((await call(url, `${ORDERS}?q=${q}`, { headers: staff })).body.orders).toEqual([]);
    expect(bench.gateway().log()).not.toMatch(/maskerade|customer\.example/i);
  });
});
