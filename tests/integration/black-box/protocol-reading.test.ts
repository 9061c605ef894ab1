import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pairDesk, session } from './desk.ts';
import type { SeenEvent } from './desk.ts';
import { bearer, order, place } from './direct-order.ts';
import { command } from './gateway-process.ts';
import { call } from './http.ts';
import type { Answer, Json } from './http.ts';
import { openWorkbench } from './workbench.ts';
import type { Workbench } from './workbench.ts';

const EVENTS = '/v1/stores/main/events';
const SNAPSHOT = '/v1/stores/main/snapshot';
let bench: Workbench;
let url: string;
let shop: string;
let headers: Record<string, string>;
let others: Record<string, string>;

beforeAll(async () => {
  bench = await openWorkbench();
  url = bench.url;
  shop = await bench.key('orders:write');
  headers = await session(await pairDesk(url, await bench.pairingCode('staff')));
  others = await session(await pairDesk(url, await bench.pairingCode('staff', 'main', 'second')));
  for (let n = 0; n < 25; n += 1) await place(url, shop, order(n));
});
afterAll(() => bench.close());

interface Page {
  epoch: string;
  seq: number;
  head: number;
  orders: Json[];
  events: SeenEvent[];
  next?: string;
}
const read = (path: string, as = headers): Promise<Answer<Page>> => call<Page>(url, path, { headers: as });
const follow = (next = ''): string => `${SNAPSHOT}?limit=7&cursor=${encodeURIComponent(next)}`;

describe('the snapshot', () => {
  test('its pages hold what was there at page one, once each, all of one moment', async () => {
    const first = await read(`${SNAPSHOT}?limit=7`);
    expect(first.body).toMatchObject({
      store: { id: 'main', name: 'Main street', currency: 'USD', timeZone: 'Europe/Lisbon' },
      at: expect.any(Number),
      sources: [expect.objectContaining({ id: 'cdc' }), expect.objectContaining({ id: 'eip155:1' })],
    });
    await place(url, shop, order(100));
    const pages = [first.body];
    for (let { next } = first.body; next; next = pages.at(-1)?.next) pages.push((await read(follow(next))).body);
    const references = pages.flatMap(({ orders }) => orders.map(({ reference }) => reference));
    expect(pages.map(({ orders }) => orders.length)).toEqual([7, 7, 7, 4]);
    expect([references.length, new Set(references).size, references.includes('REF-100')]).toEqual([25, 25, false]);
    expect(new Set(pages.map(({ epoch, seq }) => `${epoch} ${seq}`)).size).toBe(1);
    const after = await read(`${EVENTS}?epoch=${first.body.epoch}&after=${first.body.seq}`);
    expect(after.body.events.map(({ kind }) => kind)).toContain('order.created');
  });

  test('a cursor is its desk’s and store’s own, and may be read twice', async () => {
    const { next } = (await read(`${SNAPSHOT}?limit=7`)).body;
    const page = await read(follow(next));
    expect(page.body.orders).toHaveLength(7);
    expect((await read(follow(next))).body.orders).toEqual(page.body.orders);
    for (const answer of [
      await read(follow(next), others),
      await read(follow(next).replace('main', 'second'), others),
      await read(follow('nobody’s')),
    ])
      expect(answer).toMatchObject({ status: 410, code: 'cursor-expired' });
  });

  test.each(['limit=0', 'limit=501', 'limit=-1', 'limit=x'])('422 for %s', async (query) => {
    expect((await read(`${SNAPSHOT}?${query}`)).status).toBe(422);
  });
});

describe('the long poll', () => {
  let head: Page;
  beforeAll(async () => void (head = (await read(`${EVENTS}?after=0&limit=1`)).body));

  test('gives 200 events unless asked for fewer or more', async () => {
    expect((await read(`${EVENTS}?after=0&limit=3`)).body.events.map(({ seq }) => seq)).toEqual([1, 2, 3]);
    expect((await read(`${EVENTS}?after=3&limit=1000`)).body.events[0]?.seq).toBe(4);
  });

  test('waits for the next event, and answers empty when none came', async () => {
    const at = (await read(`${EVENTS}?after=0&limit=1`)).body.head;
    const waiting = read(`${EVENTS}?epoch=${head.epoch}&after=${at}&wait=20`);
    await place(url, shop, order(200));
    expect((await waiting).body.events[0]).toMatchObject({ seq: at + 1, kind: 'order.created' });
    const started = performance.now();
    const nothing = await read(`${EVENTS}?after=${(await waiting).body.head}&wait=0.4`);
    expect([nothing.status, nothing.body.events]).toEqual([200, []]);
    expect(performance.now() - started).toBeGreaterThan(350);
  });

  test('409 with the reason where only a snapshot helps', async () => {
    const cases = { 'epoch-changed': 'epoch=x&after=1', ahead: 'after=999999', diverged: 'after=2&id=x' };
    for (const [code, query] of Object.entries(cases))
      expect(await read(`${EVENTS}?${query}`), query).toMatchObject({ status: 409, code });
  });

  test.each([
    'after=-1',
    'after=1.5',
    'after=9007199254740993',
    'after=0&limit=0',
    'after=0&limit=1001',
    'after=0&wait=x',
  ])('422 for %s', async (query) => expect((await read(`${EVENTS}?${query}`)).status).toBe(422));
});

describe('the operator', () => {
  test('is told that it lives, is ready, and its figures in Prometheus’s words', async () => {
    expect(await call(url, '/healthz')).toMatchObject({ status: 200, body: { ok: true } });
    expect(await call(url, '/readyz')).toMatchObject({ status: 200, body: { ok: true } });
    const { text, headers: type } = await call(url, '/metrics', { headers: bearer(await bench.key('operator')) });
    expect(type['content-type']).toContain('text/plain; version=0.0.4');
    for (const line of text.trim().split('\n'))
      expect(line).toMatch(/^(# (HELP|TYPE) tillwatch_\w+ .+|tillwatch_\w+(\{.*\})? \S+)$/);
    expect(text).toMatch(/tillwatch_events_head\{store="main"\} \d+/);
  });

  test('restores while it serves: a new epoch, for polls that wait too, and revocations stay', async () => {
    const file = `${bench.folder}/backup`;
    await command('backup', '--data', bench.data, '--out', file);
    const gone = await pairDesk(url, await bench.pairingCode('staff'));
    await command('desks', '--data', bench.data, 'revoke', gone.deskId);
    const { epoch, head } = (await read(`${EVENTS}?after=0&limit=1`)).body;
    const waiting = read(`${EVENTS}?epoch=${epoch}&after=${head}&wait=20`);
    await command('restore', '--data', bench.data, '--from', file);
    const restored = performance.now();
    expect(await waiting).toMatchObject({ status: 409, code: 'epoch-changed' });
    expect(performance.now() - restored, 'a poll that waits is told').toBeLessThan(5_000);
    expect((await read(SNAPSHOT)).body.epoch).not.toBe(epoch);
    expect(await read(`${EVENTS}?after=0`), 'no event of the old epoch').toMatchObject({
      status: 409,
      code: 'epoch-changed',
    });
    expect((await place(url, shop, order(300))).status).toBe(201);
  });
});
