import { readFile, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runCommandLine } from '../../../gateway/cli/command-line.ts';
import { readDelivery } from '../../../gateway/store/deliveries.ts';
import { restoreBackup } from '../../../gateway/store/restore.ts';
import { openDesk, pairDesk, sessionOf } from './test-desk.ts';
import { startGateway } from './test-gateway.ts';
import type { TestGateway } from './test-gateway.ts';
import { testOrder } from './test-source.ts';

const NAME = 'Wilhelmina Featherstonehaugh';
const EMAIL = 'wilhelmina@featherstonehaugh.example';
const REF = 'processor-order-1';
const order = testOrder(REF);

let gateway: TestGateway;
beforeEach(async () => void (gateway = await startGateway()));
afterEach(() => gateway.stop());

const erase = (token: string, id = order, store = 'main') =>
  gateway.call('DELETE', `/v1/stores/${store}/orders/${id}/customer`, { token });

/** Which of the texts stand anywhere in the data folder, in whatever case. */
async function leftIn(folder: string, texts: readonly string[]): Promise<string[]> {
  const files = (await readdir(folder, { withFileTypes: true })).filter((file) => file.isFile());
  const bodies = await Promise.all(files.map(({ name }) => readFile(join(folder, name), 'latin1')));
  return texts.filter((text) => bodies.some((body) => body.toLowerCase().includes(text.toLowerCase())));
}

/** The customer among many others, so that pages are split and merged around it. */
async function deliverMany(): Promise<void> {
  const customers = Array.from({ length: 300 }, (_, n) => ({
    name: `Somebody Else ${n}`,
    email: `else-${n}@example.org`,
  }));
  for (const [n, customer] of customers.entries()) {
    if (n === 150) await gateway.deliver({ id: 'w', ref: REF, fact: { customer: { name: NAME, email: EMAIL } } });
    await gateway.deliver({ id: `w${n}`, ref: `processor-other-${n}`, fact: { customer } });
  }
  await gateway.deliver({
    id: 'w-again',
    ref: REF,
    fact: { customer: { name: NAME, email: EMAIL } },
    padding: 'again',
  });
}

test('[AU4] after an erase nothing of the customer is in any file or log of the gateway, and desks are told', async () => {
  await deliverMany();
  const desk = await openDesk(gateway, await pairDesk(gateway, 'support'));
  await desk.ask('subscribe', { store: 'main', after: null });
  expect(await leftIn(gateway.dataDir, [NAME, EMAIL])).toEqual([NAME, EMAIL]);
  const [first] = (await gateway.gateway.storage.log.read('main', 0, 1_000, 1e9)).filter(
    ({ event }) => event.order === order,
  );
  const raw = first?.event.raw ?? '';

  const answer = await erase(await gateway.key(['operator']));
  expect(answer).toMatchObject({ status: 200, body: { order, deliveries: 2, purged: true } });
  expect(await leftIn(gateway.dataDir, [NAME, EMAIL, 'featherstonehaugh'])).toEqual([]);
  expect(await leftIn(gateway.dataDir, ['Somebody Else 149', 'else-151@example.org'])).toHaveLength(2);
  expect(JSON.stringify(gateway.log)).not.toMatch(/featherstonehaugh/i);
  await expect
    .poll(() => desk.events.filter(({ kind }) => kind === 'customer.erased'))
    .toMatchObject([{ order, data: {} }]);
  expect(await readDelivery(gateway.gateway.storage.reader, 'main', raw)).toMatchObject({
    body: expect.stringContaining('[erased]') as string,
    redactedAt: gateway.clock.at,
  });
  const token = await sessionOf(gateway, await pairDesk(gateway, 'support'));
  const shown = await gateway.call('GET', `/v1/stores/main/orders/${order}`, { token });
  expect(shown.body['order']).toMatchObject({ customerErasedAt: gateway.clock.at });
  expect(JSON.stringify(shown.body)).not.toMatch(/featherstonehaugh/i);
  expect((await gateway.call('GET', '/v1/stores/main/orders?q=wilhelmina', { token })).body['orders']).toEqual([]);
  desk.close();
});

test('[AU4] what a source says of an erased customer later is not kept, and a second erase adds nothing', async () => {
  await gateway.deliver({ id: 'w', ref: REF, fact: { customer: { name: NAME, email: EMAIL } } });
  const key = await gateway.key(['operator']);
  await erase(key);
  const { seq } = gateway.gateway.storage.log.head('main');
  await gateway.restart();
  expect(await gateway.deliver({ id: 'later', ref: REF, fact: { customer: { name: NAME, email: EMAIL } } })).toBe(200);
  expect((await erase(key)).body).toMatchObject({ order, purged: true });
  expect(gateway.gateway.storage.log.head('main').seq).toBeLessThanOrEqual(seq + 1);
  expect(await leftIn(gateway.dataDir, [NAME, EMAIL])).toEqual([]);
});

test('[AU3] only admins of the store and its operators may erase', async () => {
  await gateway.deliver({ id: 'w', ref: REF, fact: { customer: { name: NAME } } });
  const refused = [
    await sessionOf(gateway, await pairDesk(gateway, 'support')),
    await sessionOf(gateway, await pairDesk(gateway, 'admin', ['other'])),
    await gateway.key(['orders:write', 'orders:read']),
    await gateway.key(['operator'], 'other'),
  ];
  for (const token of refused) expect((await erase(token)).status).toBe(403);
  const admin = await sessionOf(gateway, await pairDesk(gateway, 'admin'));
  expect((await erase(admin, 'ord_unknown')).code).toBe('unknown-order');
  expect((await erase(admin)).status).toBe(200);
  const events = (await gateway.gateway.storage.log.read('main', 0, 10, 1e9)).map(({ event }) => event);
  expect(events.at(-1)).toMatchObject({ kind: 'customer.erased', actor: { name: 'Desk admin' } });
});

test('[AU4] the command line erases beside the serving gateway, and live desks hear of it', async () => {
  await gateway.deliver({ id: 'w', ref: REF, fact: { customer: { name: NAME, email: EMAIL } } });
  const desk = await openDesk(gateway, await pairDesk(gateway));
  await desk.ask('subscribe', { store: 'main', after: null });
  const lines: string[] = [];
  const say = (line: string) => void lines.push(line);
  const terminal = { out: say, err: say, environment: {}, stopped: () => Promise.resolve() };
  const run = (id: string, store = 'main') =>
    runCommandLine(['erase', '--data', gateway.dataDir, '--store', store, '--order', id, '--json'], terminal);
  expect(await run(order)).toBe(0);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ order, deliveries: 1, purged: true });
  await expect.poll(() => desk.events.map(({ kind }) => kind)).toContain('customer.erased');
  expect(await leftIn(gateway.dataDir, [NAME, EMAIL])).toEqual([]);
  expect(await run('ord_none')).toBe(1);
  expect(await run(order, 'nowhere')).toBe(2);
  await gateway.deliver({ id: 'x', ref: 'processor-order-2' });
  await expect.poll(() => desk.events.at(-1)?.order).toBe(testOrder('processor-order-2'));
  expect(desk.events.map(({ seq }) => seq)).toEqual(desk.events.map((_, n) => n + 1));
  desk.close();
});

describe('[AU4] beside backups', () => {
  const lines: string[] = [];
  const say = (line: string) => void lines.push(line);
  const terminal = { out: say, err: say, environment: {}, stopped: () => Promise.resolve() };
  const run = (...args: string[]) => runCommandLine([...args, '--data', gateway.dataDir, '--json'], terminal);
  let file: string;
  beforeEach(() => void (file = `${gateway.dataDir}-backup.db`));
  afterEach(() => rm(file, { force: true }));

  test('one from before does not bring back, where it is known, who was erased since', async () => {
    await gateway.deliver({ id: 'w', ref: REF, fact: { customer: { name: NAME, email: EMAIL } } });
    await gateway.deliver({ id: 'x', ref: 'processor-order-2', fact: { customer: { name: 'Somebody Else' } } });
    expect(await run('backup', '--out', file)).toBe(0);
    await erase(await gateway.key(['operator']));
    expect(await run('restore', '--from', file)).toBe(0);
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ erasedAgain: 1 });
    expect(await leftIn(gateway.dataDir, [NAME, EMAIL])).toEqual([]);
    expect(await leftIn(gateway.dataDir, ['Somebody Else'])).toEqual(['Somebody Else']);
    expect(await gateway.gateway.storage.ledger.order('main', order)).toMatchObject({
      customerErasedAt: expect.any(Number) as number,
    });
  });

  test('who was erased is not seen for as long as it takes to erase again', async () => {
    await gateway.deliver({ id: 'w', ref: REF, fact: { customer: { name: NAME, email: EMAIL } } });
    expect(await run('backup', '--out', file)).toBe(0);
    await erase(await gateway.key(['operator']));
    await restoreBackup(gateway.dataDir, file);
    const token = await sessionOf(gateway, await pairDesk(gateway, 'admin'));
    const found = await gateway.call('GET', `/v1/stores/main/orders/${order}`, { token });
    expect(JSON.stringify(found.body)).not.toMatch(/featherstonehaugh/i);
    expect(found.body['order']).toMatchObject({ id: order });
  });

  test('what a restore replaced is nowhere in the file either, when a customer is erased', async () => {
    await deliverMany();
    expect(await run('backup', '--out', file)).toBe(0);
    for (let times = 0; times < 2; times += 1) expect(await run('restore', '--from', file)).toBe(0);
    expect((await erase(await gateway.key(['operator']))).status).toBe(200);
    expect(await leftIn(gateway.dataDir, [NAME, EMAIL, 'featherstonehaugh'])).toEqual([]);
  });
});
