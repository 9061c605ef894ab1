/** A real desk core at a real gateway. */
import { afterEach, describe, expect, test } from 'vitest';
import type { Order } from '../../../contract/order.ts';
import { writeBackup } from '../../../gateway/store/backup.ts';
import { revokeDesk } from '../../../gateway/store/desks.ts';
import { openStorage } from '../../../gateway/store/open-store.ts';
import { restoreBackup } from '../../../gateway/store/restore.ts';
import type { Tx } from '../../../gateway/store/writer.ts';
import { startGateway } from '../gateway/test-gateway.ts';
import type { TestGateway } from '../gateway/test-gateway.ts';
import { testOrder, testPayment } from '../gateway/test-source.ts';
import { startDesk } from './desk-under-test.ts';
import type { DeskUnderTest } from './desk-under-test.ts';
import { startStopwatch } from '../../support/stopwatch.ts';

const opened: { stop(): Promise<void> }[] = [];

afterEach(async () => {
  for (const each of opened.splice(0).reverse()) await each.stop();
});

async function start(): Promise<{ gateway: TestGateway; desk: DeskUnderTest }> {
  const gateway = await startGateway();
  opened.push(gateway);
  const desk = await startDesk();
  opened.push(desk);
  return { gateway, desk };
}

async function paired(): Promise<{ gateway: TestGateway; desk: DeskUnderTest }> {
  const both = await start();
  await both.desk.pair(both.gateway.url, await both.gateway.pairingCode('support'));
  await both.desk.live();
  return both;
}

async function projection(gateway: TestGateway, store = 'main'): Promise<Map<string, Order>> {
  const key = await gateway.key(['orders:read'], store);
  const orders = new Map<string, Order>();
  let cursor = '';
  do {
    const page = await gateway.call('GET', `/v1/stores/${store}/orders?limit=500${cursor}`, { token: key });
    const { orders: some, next } = page.body as { orders: Order[]; next?: string };
    for (const order of some) orders.set(order.id, order);
    cursor = next === undefined ? '' : `&cursor=${next}`;
  } while (cursor !== '');
  return orders;
}

describe('pairing', () => {
  test('[AU1] a wrong code is refused in words, a right one makes the desk live', async () => {
    const { gateway, desk } = await start();
    expect(desk.screen.state.connection).toEqual({ state: 'unpaired' });
    await expect(desk.pair(gateway.url, 'WRNG-CODE-0000')).rejects.toMatchObject({ code: 'bad-code' });
    expect(desk.secrets.value).toBeNull();
    await desk.pair(gateway.url, await gateway.pairingCode('support'));
    await desk.live();
    expect(desk.screen.state).toMatchObject({
      desk: { name: 'Front counter', role: 'support' },
      gateway: { url: gateway.url },
      asOf: null,
      keyStorage: 'file',
      journal: { state: 'ok' },
      stores: [{ id: 'main', name: 'Store main', currency: 'USD', timeZone: 'UTC' }],
    });
  });

  test('[FR2] whoever watches the pairing with an empty store learns that there is nothing more to come', async () => {
    const { gateway, desk } = await start();
    await desk.pair(gateway.url, await gateway.pairingCode('support'));
    await desk.live();
    await desk.screen.until('a whole picture of the store', () => desk.screen.complete.get('main') === true);
    expect(desk.screen.orders.get('main')?.size).toBe(0);
  });

  test('[AU4] neither key, ticket, code nor customer reach the log', async () => {
    const { gateway, desk } = await start();
    const code = await gateway.pairingCode('support');
    await desk.pair(gateway.url, code);
    await desk.live();
    await gateway.deliver({ id: 'd1', ref: 'a', fact: { customer: { name: 'Ada Lovelace' } } });
    await desk.screen.until('the order', () => desk.screen.order(testOrder('a')) !== undefined);
    const { privateKey } = JSON.parse(desk.secrets.value!) as { privateKey: string };
    const log = desk.log.join('\n');
    expect(log).toContain('desk started');
    for (const secret of [privateKey, code, 'Lovelace']) expect(log).not.toContain(secret);
  });

  test('forgetting takes the orders from the screen and the key from the device', async () => {
    const { gateway, desk } = await paired();
    await gateway.deliver({ id: 'd1', ref: 'a' });
    await desk.screen.until('the order', () => desk.screen.order(testOrder('a')) !== undefined);
    await desk.desk.handle('pairing.forget', {});
    await desk.screen.until('no orders', () => desk.screen.orders.get('main')?.size === 0);
    expect(desk.screen.state).toMatchObject({ connection: { state: 'unpaired' }, desk: null, stores: [] });
    expect(desk.secrets.value).toBeNull();
    await desk.restart();
    expect(desk.screen.state).toMatchObject({ connection: { state: 'unpaired' }, stores: [] });
  });
});

describe('live', () => {
  test('[FR5] an event reaches the screen as order and moment, with its latency trail', async () => {
    const { gateway, desk } = await paired();
    await gateway.deliver({ id: 'd1', ref: 'a', payment: testPayment('p1') });
    await desk.screen.until('the payment', () => desk.screen.order(testOrder('a'))?.payments.length === 1);
    await desk.screen.until('the moments', () => desk.screen.moments.length >= 2);
    expect(desk.screen.moments.map(({ kind, missed }) => ({ kind, missed }))).toEqual([
      { kind: 'order.created', missed: false },
      { kind: 'payment.detected', missed: false },
    ]);
    const read = await desk.desk.handle('order.read', { store: 'main', order: testOrder('a') });
    expect(read).toMatchObject({ from: 'gateway', complete: true });
    const trail = read.events.find(({ kind }) => kind === 'payment.detected')!;
    expect(trail.at.received).toBeLessThanOrEqual(trail.emittedAt!);
    expect(Math.abs(trail.arrivedAt! - trail.emittedAt!)).toBeLessThan(1_000);
    const raw = await desk.desk.handle('delivery.read', { store: 'main', delivery: trail.raw! });
    expect(JSON.parse(raw.body)).toMatchObject({ id: 'd1', ref: 'a' });
  });

  test('[AU3] raw deliveries are refused to a role that may not read them, in words', async () => {
    const { gateway, desk } = await start();
    await desk.pair(gateway.url, await gateway.pairingCode('staff'));
    await desk.live();
    await gateway.deliver({ id: 'd1', ref: 'a' });
    await desk.screen.until('the order', () => desk.screen.order(testOrder('a')) !== undefined);
    const { events } = await desk.desk.handle('order.read', { store: 'main', order: testOrder('a') });
    const reading = desk.desk.handle('delivery.read', { store: 'main', delivery: events[0]!.raw! });
    await expect(reading).rejects.toMatchObject({ code: 'forbidden' });
  });

  test('[CK1] the gateway’s clock is known, and the way it goes is named', async () => {
    const { desk } = await paired();
    await desk.screen.until('a sample', () => !desk.screen.state.clock.approximate);
    await desk.screen.until('websocket', () => desk.screen.state.transport === 'websocket');
    const { clock, roundTrips, gateway: known } = desk.screen.state;
    expect(clock.errorMs).not.toBeNull();
    expect(roundTrips.length).toBeGreaterThan(0);
    expect(known?.version).toBe('test');
  });

  test('[CN1] several stores come over one connection', async () => {
    const { gateway, desk } = await start();
    await desk.pair(gateway.url, await gateway.pairingCode('admin', ['main', 'other']));
    await desk.live();
    expect(desk.screen.state.stores.map(({ id }) => id)).toEqual(['main', 'other']);
    expect([...desk.screen.complete]).toEqual([
      ['main', true],
      ['other', true],
    ]);
  });

  test('[AU3][CN4] revoking is noticed at once, and only a person can mend it', async () => {
    const { gateway, desk } = await paired();
    const id = desk.screen.state.desk!.id;
    await besideTheGateway(gateway, (tx) => revokeDesk(tx, id, gateway.clock.at));
    await desk.screen.until('refused', () => desk.screen.state.connection.state === 'refused');
    expect(desk.screen.state).toMatchObject({ current: false, connection: { code: 'revoked' } });
  });
});

describe('the gateway goes and comes back', () => {
  test('[DL4] a restart with the same log is resumed, nothing lost, nothing twice', async () => {
    const { gateway, desk } = await paired();
    await gateway.deliver({ id: 'd1', ref: 'a', payment: testPayment('p1') });
    await desk.screen.until('the payment', () => desk.screen.order(testOrder('a'))?.payments.length === 1);
    await gateway.restart();
    await gateway.deliver({ id: 'd2', ref: 'a', settled: 'p1' });
    await gateway.deliver({ id: 'd3', ref: 'b' });
    await desk.screen.until('the settlement', () => desk.screen.order(testOrder('a'))?.status === 'paid');
    await desk.screen.until('the new order', () => desk.screen.order(testOrder('b')) !== undefined);
    await desk.live();
    const seqs = desk.screen.moments.map(({ seq }) => seq);
    expect(seqs).toEqual([...new Set(seqs)].sort((a, b) => a - b));
    expect(desk.screen.state.reconnects).toBeGreaterThan(0);
    expect(desk.screen.notices.filter(({ kind }) => kind === 'snapshot')).toEqual([]);
  });

  test('[FR2][FR3] a desk started without its gateway shows the journal as of when, and tells later what it missed', async () => {
    const { gateway, desk } = await paired();
    await gateway.deliver({ id: 'd1', ref: 'a', payment: testPayment('p1') });
    await desk.screen.until('the payment', () => desk.screen.order(testOrder('a'))?.payments.length === 1);
    const before = desk.screen.state.stores[0]!;
    let watch = startStopwatch();
    await desk.restart(async () => {
      await gateway.gateway.close();
      watch = startStopwatch();
    });
    await desk.screen.until('the journalled order', () => desk.screen.order(testOrder('a')) !== undefined);
    expect(watch.ms()).toBeLessThan(2_000);
    expect(desk.screen.order(testOrder('a'))?.payments).toHaveLength(1);
    expect(desk.screen.state.current).toBe(false);
    expect(desk.screen.state.asOf).toBeGreaterThanOrEqual(before.asOf ?? Number.POSITIVE_INFINITY);
    const read = await desk.desk.handle('order.read', { store: 'main', order: testOrder('a') });
    expect(read).toMatchObject({ from: 'journal', complete: true });
    expect(read.events.map(({ kind }) => kind)).toEqual(['order.created', 'payment.detected']);
    await desk.screen.until('refused connection', () => {
      const { connection } = desk.screen.state;
      return connection.state === 'waiting' && connection.reason === 'refused-connection';
    });

    await gateway.restart();
    await gateway.deliver({ id: 'd2', ref: 'a', settled: 'p1' });
    await desk.live(5_000);
    expect(desk.screen.order(testOrder('a'))?.status).toBe('paid');
    await desk.screen.until('the digest', () => desk.screen.notices.some(({ kind }) => kind === 'caught-up'));
    await desk.screen.until('the moment', () => desk.screen.moments.some(({ kind }) => kind === 'payment.settled'));
    const shown = desk.screen.moments.map(({ kind }) => kind);
    expect(new Set(desk.screen.moments.map(({ seq }) => seq)).size).toBe(shown.length);
  });

  test('[DL4] a new epoch is taken as a snapshot, and the person is told', async () => {
    const { gateway, desk } = await paired();
    await gateway.deliver({ id: 'd1', ref: 'a' });
    await desk.screen.until('the order', () => desk.screen.order(testOrder('a')) !== undefined);
    const epoch = desk.screen.state.stores[0]!.epoch;
    const backup = `${gateway.dataDir}/backup.db`;
    await writeBackup(gateway.dataDir, backup);
    await gateway.deliver({ id: 'd2', ref: 'b' });
    await desk.screen.until('the later order', () => desk.screen.order(testOrder('b')) !== undefined);
    await restoreBackup(gateway.dataDir, backup);
    await desk.screen.until('the snapshot', () => desk.screen.notices.some(({ kind }) => kind === 'snapshot'));
    await desk.live();
    expect(desk.screen.state.stores[0]!.epoch).not.toBe(epoch);
    expect(desk.screen.order(testOrder('a'))).toBeDefined();
    expect(desk.screen.order(testOrder('b'))).toBeUndefined();
  });

  test('[DL10] after random cuts the screen equals the gateway’s projection', async () => {
    const { gateway, desk } = await paired();
    let seed = 20_261_121;
    const random = (): number => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;
    for (let n = 0; n < 60; n += 1) {
      const ref = `o${Math.floor(random() * 12)}`;
      const payment = testPayment(`p${n}`, String(1 + Math.floor(random() * 900)));
      await gateway.deliver({ id: `d${n}`, ref, payment, ...(random() < 0.4 && { settled: payment.id }) });
      if (random() < 0.12) desk.desk.signal('suspend');
      if (random() < 0.3) desk.desk.signal('resume');
      if (n === 30) await gateway.restart();
    }
    desk.desk.signal('resume');
    const expected = await projection(gateway);
    const newest = Math.max(...[...expected.values()].map(({ updatedSeq }) => updatedSeq));
    await desk.screen.until(
      'everything',
      () => desk.screen.state.current && desk.screen.state.stores[0]!.seq >= newest,
    );
    await desk.screen.until('every order', () =>
      [...expected.values()].every(({ id, updatedSeq }) => desk.screen.order(id)?.updatedSeq === updatedSeq),
    );
    expect(new Map([...desk.screen.orders.get('main')!].sort())).toEqual(new Map([...expected].sort()));
  });
});

/** As the command line does it: another connection to the same data. */
async function besideTheGateway(gateway: TestGateway, write: (tx: Tx) => Promise<unknown>): Promise<void> {
  const storage = await openStorage({ dataDir: gateway.dataDir, clock: gateway.clock });
  await storage.writer.write(write);
  await storage.close();
}
