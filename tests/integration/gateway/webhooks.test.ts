import { afterAll, beforeAll, expect, test } from 'vitest';
import { countDeliveries } from '../../../gateway/store/deliveries.ts';
import { startGateway } from './test-gateway.ts';
import type { TestGateway } from './test-gateway.ts';
import { testOrder, testPayment } from './test-source.ts';

let gateway: TestGateway;
beforeAll(async () => void (gateway = await startGateway()));
afterAll(() => gateway.stop());

const head = (): number => gateway.gateway.storage.log.head('main').seq;
const order = (ref: string) => gateway.gateway.storage.ledger.order('main', testOrder(ref));
const states = async () => Object.fromEntries(await countDeliveries(gateway.gateway.storage.reader));

test('a webhook of an unknown source is 404, with a wrong signature 401, and leaves nothing', async () => {
  const before = head();
  const body = { id: 'w0', ref: 'refused' };
  expect(await gateway.call('POST', '/v1/webhooks/nobody', { body })).toMatchObject({
    status: 404,
    code: 'unknown-source',
  });
  expect(await gateway.call('POST', '/v1/webhooks/direct', { body })).toMatchObject({ status: 404 });
  const wrong = await gateway.call('POST', '/v1/webhooks/shop', { body, headers: { 'x-word': 'wrong' } });
  expect([wrong.status, wrong.code]).toEqual([401, 'bad-signature']);
  expect([head(), await order('refused'), await states()]).toEqual([before, undefined, {}]);
});

test('an address that was pasted with a slash at its end is the same address', async () => {
  const sent = { body: { id: 'w-slash', ref: 'slash' }, headers: { 'x-word': 'right' } };
  expect((await gateway.call('POST', '/v1/webhooks/shop/', sent)).status).toBe(200);
  expect(await order('slash')).toBeDefined();
  expect((await gateway.call('POST', '/v1/webhooks/nobody/', sent)).code).toBe('unknown-source');
  expect((await gateway.call('POST', '/v1/webhooks/shop/more', sent)).status).toBe(404);
});

test('a body up to 1 MiB is taken whatever its type, a larger one is 413', async () => {
  const headers = { 'x-word': 'right', 'content-type': 'text/weird' };
  const body = (size: number) =>
    JSON.stringify({ id: `big-${size}`, ref: 'big', ignored: '' }).replace('""', `"${'x'.repeat(size)}"`);
  expect((await gateway.call('POST', '/v1/webhooks/shop', { raw: body(1_000_000), headers })).status).toBe(200);
  for (let n = 0; n < 10; n += 1) {
    const large = await gateway.call('POST', '/v1/webhooks/shop', { raw: body(10 * 1024 * 1024), headers });
    expect([large.status, large.code]).toEqual([413, 'too-large']);
  }
});

test('[DL1] the answer comes after the commit: what was acknowledged is there', async () => {
  expect(await gateway.deliver({ id: 'w1', ref: 'first', payment: testPayment('p1') })).toBe(200);
  expect(await order('first')).toMatchObject({ status: 'detected', updatedSeq: head() });
});

test('a repeated delivery is 200 without a second effect, also when 50 arrive at once', async () => {
  const before = head();
  const delivery = { id: 'w2', ref: 'second', payment: testPayment('p2'), padding: 'once' };
  const statuses = await Promise.all(Array.from({ length: 50 }, () => gateway.deliver(delivery)));
  expect(statuses.every((status) => status === 200)).toBe(true);
  expect(head()).toBe(before + 3);
  expect((await order('second'))?.notes).toHaveLength(1);
});

test('signed but unreadable: stored, quarantined, 200', async () => {
  const before = head();
  const headers = { 'x-word': 'right' };
  expect((await gateway.call('POST', '/v1/webhooks/shop', { raw: 'no json', headers })).status).toBe(200);
  expect([head(), (await states())['quarantined']]).toEqual([before, 1]);
});

test('trouble of our own loses nothing: the delivery is kept, and read when it can be, also after a restart', async () => {
  gateway.source.broken = true;
  expect(await gateway.deliver({ id: 'w3', ref: 'third' })).toBe(200);
  expect(await gateway.deliver({ id: 'w3', ref: 'third' })).toBe(200);
  expect([await order('third'), (await states())['pending']]).toEqual([undefined, 2]);
  gateway.source.broken = false;
  const before = head();
  await gateway.restart();
  expect([await order('third'), (await states())['pending']]).toEqual([
    expect.objectContaining({ reference: 'R-third' }),
    undefined,
  ]);
  expect(head()).toBe(before + 1);
});

test('a delivery that contradicts the log is kept and disturbs no other', async () => {
  const [bad, good] = await Promise.all([
    gateway.deliver({ id: 'w4', ref: 'fourth', fact: { createdAt: -1 } }),
    gateway.deliver({ id: 'w5', ref: 'fifth' }),
  ]);
  expect([bad, good]).toEqual([200, 200]);
  expect([await order('fourth'), (await states())['pending']]).toEqual([undefined, 1]);
  expect(await order('fifth')).toBeDefined();
});
