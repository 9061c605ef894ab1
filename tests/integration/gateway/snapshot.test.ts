import { afterAll, beforeAll, expect, test } from 'vitest';
import { foldAll } from '../../../contract/fold.ts';
import type { Event } from '../../../contract/events.ts';
import type { Order } from '../../../contract/order.ts';
import { pairDesk, sessionOf } from './test-desk.ts';
import { startGateway } from './test-gateway.ts';
import type { Answer, TestGateway } from './test-gateway.ts';
import { testOrder, testPayment } from './test-source.ts';

const DAY_MS = 86_400_000;
let gateway: TestGateway;
let token: string;
beforeAll(async () => {
  gateway = await startGateway();
  const start = gateway.clock.at;
  for (let n = 0; n < 9; n += 1) {
    gateway.clock.at = start + n * 1000;
    await gateway.deliver({ id: `n${n}`, ref: `n${n}` });
    const payment = testPayment(`p${n}`);
    if (n % 3 === 0) await gateway.deliver({ id: `p${n}`, ref: `n${n}`, payment, settled: payment.id });
  }
  token = await sessionOf(gateway, await pairDesk(gateway));
});
afterAll(() => gateway.stop());

const snapshot = (query = ''): Promise<Answer> => gateway.call('GET', `/v1/stores/main/snapshot${query}`, { token });
const ids = (answer: Answer) => (answer.body['orders'] as Order[]).map(({ id }) => id);
const expected = ['n8', 'n7', 'n5', 'n4', 'n2', 'n1', 'n6', 'n3', 'n0'].map(testOrder);

test('open orders first, then by age, with store, epoch, seq and sources', async () => {
  const answer = await snapshot();
  const { epoch, seq } = gateway.gateway.storage.log.head('main');
  expect(ids(answer)).toEqual(expected);
  expect(answer.body).toMatchObject({
    store: { id: 'main', name: 'Store main', currency: 'USD', timeZone: 'UTC' },
    epoch,
    seq,
    at: gateway.clock.at,
    sources: [{ id: 'shop', kind: 'test', state: 'hearing' }],
  });
  expect(answer.body).not.toHaveProperty('next');
  const { body } = await gateway.call('GET', `/v1/stores/main/events?after=${seq - 1}`, { token });
  expect(answer.body['lastId']).toBe((body['events'] as Event[])[0]?.id);
});

test('[DL10] pages keep the order and seq of page one while orders move, and what follows seq completes them', async () => {
  const first = await snapshot('?limit=4');
  const payment = testPayment('moved');
  await gateway.deliver({ id: 'move-1', ref: 'n1', payment, settled: payment.id });
  await gateway.deliver({ id: 'new-1', ref: 'newcomer' });
  const second = await snapshot(`?limit=4&cursor=${String(first.body['next'])}`);
  const third = await snapshot(`?limit=4&cursor=${String(second.body['next'])}`);
  const pages = [first, second, third];
  expect(pages.flatMap(ids)).toEqual(expected);
  expect(new Set(pages.map(({ body }) => body['seq'])).size).toBe(1);
  expect(third.body).not.toHaveProperty('next');
  const shown = pages.flatMap(({ body }) => body['orders'] as Order[]);
  const seq = Number(first.body['seq']);
  expect(shown.find(({ id }) => id === testOrder('n1'))?.updatedSeq).toBeGreaterThan(seq);
  const { body } = await gateway.call('GET', `/v1/stores/main/events?after=${seq}`, { token });
  const folded = foldAll(new Map(shown.map((order) => [order.id, order])), body['events'] as Event[]);
  const now = (await snapshot()).body['orders'] as Order[];
  expect(folded).toEqual(new Map(now.map((order) => [order.id, order])));
});

test("a cursor lives 10 minutes and is its desk's own", async () => {
  const { body } = await snapshot('?limit=1');
  const cursor = `?limit=1&cursor=${String(body['next'])}`;
  const other = await sessionOf(gateway, await pairDesk(gateway));
  const stolen = await gateway.call('GET', `/v1/stores/main/snapshot${cursor}`, { token: other });
  expect([stolen.status, stolen.code]).toEqual([410, 'cursor-expired']);
  gateway.clock.at += 10 * 60_000 - 1;
  expect((await snapshot(cursor)).status).toBe(200);
  gateway.clock.at += 1;
  const late = await snapshot(cursor);
  expect([late.status, late.code]).toEqual([410, 'cursor-expired']);
});

test('a page holds at most 500 orders and 256 KiB', async () => {
  for (const wrong of ['limit=501', 'limit=0', 'limit=x']) expect((await snapshot(`?${wrong}`)).status).toBe(422);
  const padding = 'y'.repeat(3_900);
  for (let n = 0; n < 10; n += 1) {
    await Promise.all(
      Array.from({ length: 10 }, (_, k) => gateway.deliver({ id: `b${n}-${k}`, ref: `big${n}`, padding })),
    );
  }
  let cursor = '';
  const seen: string[] = [];
  let pages = 0;
  do {
    const answer = await snapshot(`?limit=500${cursor && `&cursor=${cursor}`}`);
    expect(JSON.stringify(answer.body).length).toBeLessThanOrEqual(256 * 1024);
    seen.push(...ids(answer));
    cursor = (answer.body['next'] as string | undefined) ?? '';
    pages += 1;
  } while (cursor !== '');
  expect(pages).toBeGreaterThan(1);
  expect([seen.length, new Set(seen).size]).toEqual([20, 20]);
});

test('closed orders leave after 7 days, open ones stay', async () => {
  gateway.clock.at += 7 * DAY_MS + 1;
  token = await sessionOf(gateway, await pairDesk(gateway));
  const statuses = ((await snapshot('?limit=500')).body['orders'] as Order[]).map(({ status }) => status);
  expect(statuses).not.toContain('paid');
});
