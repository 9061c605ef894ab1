import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { post, signature, webhooksOf } from './crypto-com-pay.ts';
import { pairDesk, session } from './desk.ts';
import { ORDERS, bearer, order, place } from './direct-order.ts';
import { command } from './gateway-process.ts';
import { call } from './http.ts';
import type { Json } from './http.ts';
import { OTHER_SECRET, openWorkbench } from './workbench.ts';
import type { Workbench } from './workbench.ts';
import { PATIENCE } from '../../support/patience.ts';

let bench: Workbench;
let url: string;
const who: Record<string, Record<string, string>> = { nobody: {} };
let orderId: string;
let delivery: string;

beforeAll(async () => {
  bench = await openWorkbench();
  url = bench.url;
  const keys = { writer: 'orders:write', reader: 'orders:read', operator: 'operator' };
  for (const [name, scope] of Object.entries(keys)) who[name] = bearer(await bench.key(scope));
  who['foreign key'] = bearer(await bench.key('orders:read', 'second'));
  for (const role of ['staff', 'support'])
    who[role] = await session(await pairDesk(url, await bench.pairingCode(role)));
  who['foreign desk'] = await session(await pairDesk(url, await bench.pairingCode('admin', 'second')));
  const shop = (who.writer?.authorization ?? '').slice('Bearer '.length);
  orderId = String((await place(url, shop, order(1))).body.id);
  delivery = await deliveryOf(webhooksOf(1, Date.now())[0]?.body ?? '', 'BB-1');
});
afterAll(() => bench.close());

async function deliveryOf(body: string, reference: string, headers: Record<string, string> = {}): Promise<string> {
  const signed = { 'pay-signature': signature(body, Math.floor(Date.now() / 1000)), ...headers };
  expect((await call(url, '/v1/webhooks/cdc', { body, headers: signed })).status).toBe(200);
  return vi.waitFor(async () => {
    const found = await call<{ orders: Json[] }>(url, `${ORDERS}?q=${reference}`, { headers: who.reader ?? {} });
    const id = String(found.body.orders[0]?.id);
    const history = await call<{ events: Json[] }>(url, `${ORDERS}/${id}`, { headers: who.reader ?? {} });
    return String(history.body.events.find((event) => event.raw)?.raw);
  }, PATIENCE);
}

const note = (): Json => {
  const id = crypto.randomUUID();
  return { id, store: 'main', name: 'note', order: orderId, args: { text: 'x' } };
};

/** For each call, who is let in, and with which status; everybody else is refused. */
const matrix: [string, () => [string, Json?], string[], number][] = [
  ['metrics', () => ['/metrics'], ['operator'], 200],
  ['one order', () => [`${ORDERS}/${orderId}`], ['writer', 'reader', 'staff', 'support'], 200],
  ['orders', () => [ORDERS], ['writer', 'reader', 'staff', 'support'], 200],
  ['placing an order', () => [ORDERS, order(1)], ['writer'], 422],
  ['a raw delivery', () => [`/v1/stores/main/deliveries/${delivery}`], ['support'], 200],
  ['health', () => ['/v1/health?sentAt=1'], ['staff', 'support', 'foreign desk'], 200],
  ['a snapshot', () => ['/v1/stores/main/snapshot'], ['staff', 'support'], 200],
  ['events', () => ['/v1/stores/main/events?after=0'], ['staff', 'support'], 200],
  ['a command', () => ['/v1/stores/main/commands', note()], ['staff', 'support', 'foreign desk'], 200],
  ['its status', () => [`/v1/stores/main/commands/${crypto.randomUUID()}`], ['staff', 'support'], 200],
];

describe('[AU3] who may call', () => {
  test.each(matrix)('%s', async (_, what, allowed, status) => {
    for (const [name, headers] of Object.entries(who)) {
      const [path, body] = what();
      const answer = await call(url, path, { headers, ...(body && { body }) });
      const expected = allowed.includes(name) ? status : name === 'nobody' ? 401 : 403;
      expect([name, answer.status]).toEqual([name, expected]);
      if (expected !== 200) expect(answer.code).toMatch(/^[a-z-]+$/);
    }
  });

  test('a command for a store of others is answered as one over a socket', async () => {
    const answer = await call(url, '/v1/stores/main/commands', { headers: who['foreign desk'] ?? {}, body: note() });
    expect(answer.body).toMatchObject({ ok: false, error: { code: 'forbidden' } });
  });

  test('a store that is not there looks like one that is not yours', async () => {
    for (const name of ['staff', 'reader']) {
      const headers = who[name] ?? {};
      const none = await call(url, '/v1/stores/none/orders', { headers });
      const foreign = await call(url, '/v1/stores/second/orders', { headers });
      expect([none.status, none.text]).toEqual([403, foreign.text]);
    }
  });

  test('a revoked key is refused at once', async () => {
    const key = bearer(await bench.key('orders:read'));
    const { items } = (await command('key', '--data', bench.data, 'list')) as { items: { id: string }[] };
    expect((await call(url, ORDERS, { headers: key })).status).toBe(200);
    await command('key', '--data', bench.data, 'revoke', items.at(-1)?.id ?? '');
    await vi.waitFor(async () => expect((await call(url, ORDERS, { headers: key })).status).toBe(401), PATIENCE);
  });

  test('no page of another site may call, and none is told that it might', async () => {
    for (const origin of ['https://evil.example', 'null', `${url}.evil.example`, 'http://127.0.0.1:1']) {
      for (const path of ['/healthz', ORDERS, '/v1/webhooks/cdc']) {
        const answer = await call(url, path, { headers: { ...who.reader, origin } });
        expect([path, origin, answer.status]).toEqual([path, origin, 403]);
        expect(answer.headers['access-control-allow-origin']).toBeUndefined();
      }
    }
    const headers = { origin: 'https://evil.example', 'access-control-request-method': 'POST' };
    expect((await call(url, ORDERS, { method: 'OPTIONS', headers })).status).toBe(403);
    expect((await call(url, ORDERS, { headers: { ...who.reader, origin: url } })).status).toBe(200);
  });
});

describe('webhooks', () => {
  test('404 for what is no source, whatever it is called', async () => {
    for (const source of ['none', 'direct', 'eip155:1', '__proto__', 'constructor', 'cdc%00', '..%2fcdc'])
      expect((await call(url, `/v1/webhooks/${source}`, { body: '{}' })).status, source).toBe(404);
  });

  test('a signature counts by any of its values, any secret, within 300 s', async () => {
    const [{ body } = { body: '' }] = webhooksOf(2, Date.now());
    const now = Math.floor(Date.now() / 1000);
    const good = signature(body, now).split('v1=')[1] ?? '';
    const accepted = [`t=${now},v1=${'0'.repeat(64)},v1=${good}`, signature(body, now, OTHER_SECRET)];
    for (const header of [...accepted, signature(body, now - 297), signature(body, now + 297)])
      expect(await post(url, body, header), header).toBe(200);
    const refused = [
      `v1=${good}`,
      `t=${now}`,
      `t=${now},v0=${good}`,
      `t=${now},v1=${good.slice(0, 32)}`,
      `t=NaN,v1=${good}`,
    ];
    for (const header of [
      ...refused,
      `t=${now - 1},v1=${good}`,
      `t=1,t=${now},v1=${good}`,
      `t=0x${now.toString(16)},v1=${good}`,
    ])
      expect(await post(url, body, header), header).toBe(401);
    for (const far of [-301, -86_400, 303, 1e12]) expect(await post(url, body, signature(body, now + far))).toBe(401);
  });

  test('signed but unreadable is kept and acknowledged', async () => {
    const strange = ['', 'not json', '[]', 'null', '{}', '{"id":1e999}', '['.repeat(300_000), '{"a":'.repeat(100_000)];
    for (const body of [...strange, Buffer.from([0xff, 0xfe, 0])]) expect(await post(url, body)).toBe(200);
    const metrics = await call(url, '/metrics', { headers: who.operator ?? {} });
    expect(/tillwatch_deliveries\{state="quarantined"\} (\d+)/.exec(metrics.text)?.[1]).toBe('9');
    expect((await call(url, '/readyz')).status).toBe(200);
  });

  test('a raw delivery is shown as it came, without what its sender kept secret', async () => {
    const [{ body } = { body: '' }] = webhooksOf(3, Date.now());
    const names = ['authorization', 'cookie', 'x-api-key', 'proxy-authorization', 'x-auth-token', 'x-webhook-secret'];
    const id = await deliveryOf(body, 'BB-3', {
      ...Object.fromEntries(names.map((name) => [name, 'hush'])),
      'x-trace': 't1',
    });
    const answer = await call(url, `/v1/stores/main/deliveries/${id}`, { headers: who.support ?? {} });
    expect(answer.body).toMatchObject({ id, source: 'cdc', body, verified: true, headers: { 'x-trace': 't1' } });
    expect(answer.text).not.toContain('hush');
    expect((await call(url, '/v1/stores/second/deliveries/x', { headers: who['foreign desk'] ?? {} })).status).toBe(
      404,
    );
  });
});
