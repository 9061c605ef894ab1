import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { SECRET, post, signature, webhooksOf } from './crypto-com-pay.ts';
import type { Webhook } from './crypto-com-pay.ts';
import { command, serve } from './gateway-process.ts';
import type { GatewayProcess } from './gateway-process.ts';
import { PATIENCE } from '../../support/patience.ts';

interface Seen {
  seq: number;
  id: string;
  epoch: string;
  order: string | null;
  kind: string;
}

const ORDERS = 500;
let folder: string;
let data: string;
let config: string;
let gateway: GatewayProcess;
let key: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tillwatch-black-box-'));
  data = join(folder, 'data');
  config = join(folder, 'gateway.yaml');
  const source = `{ id: cdc, kind: crypto-com-pay, store: main, webhookSecrets: ["${SECRET}"] }`;
  await writeFile(config, `stores:\n  - { id: main, name: Main street, currency: USD }\nsources:\n  - ${source}\n`);
  gateway = await serve(data, config);
  key = String(
    (await command('key', '--data', data, 'create', '--store', 'main', '--scope', 'orders:read', '--name', 'Test')).key,
  );
});

afterAll(async () => {
  await gateway.kill();
  await rm(folder, { recursive: true, force: true });
});

/** A seeded shuffle, so that a failing order of deliveries can be played again. */
function shuffled<T>(items: readonly T[], seed: number): T[] {
  let state = seed;
  const random = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  return items
    .map((item) => ({ item, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

async function get(path: string): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await fetch(`${gateway.url}${path}`, { headers: { authorization: `Bearer ${key}` } });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

async function allOrders(): Promise<Record<string, unknown>[]> {
  const orders: Record<string, unknown>[] = [];
  let cursor = '';
  do {
    const { body } = await get(`/v1/stores/main/orders?limit=200${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
    orders.push(...(body.orders as Record<string, unknown>[]));
    cursor = (body.next as string | undefined) ?? '';
  } while (cursor !== '');
  return orders;
}

function startClient(url: string, code: string): { seen: Seen[]; lines: object[]; stop: () => void } {
  const client = spawn(process.execPath, [join(import.meta.dirname, 'client.ts'), url, code, 'main'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const seen: Seen[] = [];
  const lines: object[] = [];
  createInterface(client.stdout).on('line', (text) => {
    const line = JSON.parse(text) as { event?: Seen };
    if (line.event) seen.push(line.event);
    else lines.push(line);
  });
  return { seen, lines, stop: () => void client.kill('SIGKILL') };
}

/** Sends every webhook until it is acknowledged, `width` at a time; runs `halfway` once in the middle. */
async function sendAll(webhooks: readonly Webhook[], width: number, halfway: () => Promise<void>): Promise<void> {
  const queue = [...webhooks];
  let acknowledged = 0;
  let disturbed: Promise<void> | undefined;
  const worker = async (): Promise<void> => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const status = await post(gateway.url, next.body);
      if (status === 200) acknowledged += 1;
      else if (status === 0 || status >= 500) queue.push(next);
      else throw new Error(`a signed webhook was answered with ${status}`);
      if (acknowledged >= webhooks.length / 2) disturbed ??= halfway();
    }
  };
  await Promise.all(Array.from({ length: width }, worker));
  await disturbed;
}

test('[DL1] [DL5] 1,000 shuffled webhooks and a SIGKILL: a foreign client sees every event once, in order', async () => {
  const { code } = await command('pair', '--data', data, '--store', 'main', '--role', 'staff', '--name', 'Black box');
  const client = startClient(gateway.url, String(code));
  try {
    await vi.waitFor(() => expect(client.lines).toContainEqual(expect.objectContaining({ after: null })), PATIENCE);
    const all = Array.from({ length: ORDERS }, (_, n) => webhooksOf(n, Date.now())).flat();
    const twice = all.filter((_, n) => n % 7 === 0);
    await sendAll(shuffled([...all, ...twice], 20_261_121), 20, async () => {
      const port = Number(new URL(gateway.url).port);
      await gateway.kill();
      gateway = await serve(data, config, port);
    });
    await vi.waitFor(() => expect(client.seen.filter(({ kind }) => kind === 'payment.settled')).toHaveLength(ORDERS), {
      timeout: 60_000,
      interval: 50,
    });
    const resumed = client.lines.filter((line) => 'subscribed' in line);
    expect(resumed.length, 'the SIGKILL broke the connection, and it was resumed').toBeGreaterThan(1);
    expect(resumed).not.toContainEqual(
      expect.objectContaining({ subscribed: expect.objectContaining({ mode: 'snapshot' }) }),
    );
    expect(client.seen.map(({ seq }) => seq)).toEqual(client.seen.map((_, n) => n + 1));
    expect(new Set(client.seen.map(({ id }) => id)).size).toBe(client.seen.length);
    expect(new Set(client.seen.map(({ epoch }) => epoch)).size).toBe(1);
    for (const kind of ['order.created', 'payment.detected', 'payment.settled']) {
      const orders = client.seen.filter((event) => event.kind === kind).map(({ order }) => order);
      expect([orders.length, new Set(orders).size], kind).toEqual([ORDERS, ORDERS]);
    }
    const orders = await allOrders();
    expect(orders).toHaveLength(ORDERS);
    expect(orders.filter(({ status }) => status !== 'paid')).toEqual([]);
  } finally {
    client.stop();
  }
});

async function countOrders(): Promise<number> {
  return (await allOrders()).length;
}

test('an unsigned, altered, stale or oversized webhook leaves no trace', async () => {
  const before = await countOrders();
  const { body } = webhooksOf(9_001, Date.now())[0] ?? { body: '' };
  const now = Math.floor(Date.now() / 1000);
  expect(await post(gateway.url, body, signature(body, now, 'another secret'))).toBe(401);
  expect(await post(gateway.url, body.replace('USD', 'USE'), signature(body, now))).toBe(401);
  expect(await post(gateway.url, JSON.stringify(JSON.parse(body), null, 1), signature(body, now))).toBe(401);
  expect(await post(gateway.url, body, signature(body, now - 301))).toBe(401);
  expect(await post(gateway.url, body, signature(body, now + 302))).toBe(401);
  expect(await post(gateway.url, body, 'nonsense')).toBe(401);
  expect(await post(gateway.url, Buffer.alloc(10 * 1024 * 1024, 'x'))).toBe(413);
  expect(await countOrders()).toBe(before);
});

test('100000000000000000000 base units of CRO arrive exact, and as 100 CRO', async () => {
  const [created] = webhooksOf(9_002, Date.now());
  const object = JSON.parse(created?.body ?? '') as { data: { object: Record<string, unknown> } };
  Object.assign(object.data.object, { currency: 'CRO', order_id: 'CRO-100', crypto_amount: '0' });
  // Written as a number, as the vendor's samples do: no parser of doubles may touch it.
  const body = JSON.stringify(object)
    .replace('"amount":10002', '"amount":100000000000000000000')
    .replace('"crypto_amount":"0"', '"crypto_amount":"100000000000000000000"');
  expect(body).toContain('"amount":100000000000000000000,');
  expect(await post(gateway.url, body)).toBe(200);
  await vi.waitFor(async () => {
    const { body: found } = await get('/v1/stores/main/orders?q=CRO-100');
    expect(found.orders).toEqual([
      expect.objectContaining({
        price: { currency: 'CRO', amount: '100' },
        pay: [expect.objectContaining({ symbol: 'CRO', amount: '100000000000000000000', decimals: 18 })],
      }),
    ]);
  }, PATIENCE);
});
