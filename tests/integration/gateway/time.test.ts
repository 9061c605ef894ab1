import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { ChainContext, ChainWatcher } from '../../../gateway/chains/chain-watcher.ts';
import { openDesk, pairDesk } from './test-desk.ts';
import { startGateway } from './test-gateway.ts';
import type { TestGateway } from './test-gateway.ts';
import { testOrder, testPayment } from './test-source.ts';
import { PATIENCE } from '../../support/patience.ts';

let gateway: TestGateway;
let chain: ChainContext;
const watcher: ChainWatcher = {
  id: 'eip155:1',
  kind: 'evm',
  expectedIntervalMs: 10_000,
  start: (context) => {
    chain = context;
    return { close: () => Promise.resolve() };
  },
};
beforeAll(async () => void (gateway = await startGateway({ chains: [watcher] })));
afterAll(() => gateway.stop());

const until = (check: () => unknown) => vi.waitFor(check, { ...PATIENCE, interval: 10 });
const read = (ref: string) => gateway.gateway.storage.ledger.order('main', testOrder(ref));
const stateOf = async () => {
  const client = await openDesk(gateway, await pairDesk(gateway));
  const { sources } = (await client.ask('health', { sentAt: 0 })) as { sources: { id: string; state: string }[] };
  client.close();
  return sources.find(({ id }) => id === 'eip155:1');
};

test('an unpaid order expires at its time, once, also when that passed while the gateway was down', async () => {
  await gateway.deliver({ id: 'e1', ref: 'unpaid' });
  await gateway.deliver({ id: 'e2', ref: 'partly', payment: testPayment('part', '400') });
  await gateway.deliver({ id: 'e3', ref: 'covered', payment: testPayment('whole') });
  gateway.clock.at += 899_999;
  await gateway.restart();
  expect((await read('unpaid'))?.status).toBe('awaiting');
  gateway.clock.at += 1;
  await until(async () => expect((await read('unpaid'))?.status).toBe('expired'));
  await until(async () => expect(await read('partly')).toMatchObject({ status: 'expired', flags: ['underpaid'] }));
  expect((await read('covered'))?.status).toBe('detected');
  const { seq } = gateway.gateway.storage.log.head('main');
  await gateway.restart();
  gateway.clock.at += 10_000;
  await gateway.deliver({ id: 'e4', ref: 'later' });
  expect(gateway.gateway.storage.log.head('main').seq).toBe(seq + 1);
});

test('money that a reorg takes back after the expiry leaves the order expired', async () => {
  await gateway.deliver({ id: 'r2', ref: 'covered', reorged: 'whole' });
  await until(async () => expect((await read('covered'))?.status).toBe('expired'));
});

test('[FR1] a line goes from hearing over quiet to late, is down when an attempt fails, and each change is an event', async () => {
  const states = async () => {
    const events = await gateway.gateway.storage.log.read('main', 0, 1000, 1e6);
    const ofChain = events.filter(({ event }) => event.kind === 'source.state' && event.source === 'eip155:1');
    return ofChain.map(({ event }) => event.data['state']).slice(-5);
  };
  chain.freshness.heard(gateway.clock.at - 1_500);
  expect(await stateOf()).toMatchObject({ state: 'hearing', lastHeardAt: gateway.clock.at, lagMs: 1_500 });
  gateway.clock.at += 20_001;
  await until(async () => expect(await stateOf()).toMatchObject({ state: 'quiet' }));
  await until(async () => expect((await states()).at(-1)).toBe('quiet'));
  gateway.clock.at += 30_000;
  await until(async () => expect(await stateOf()).toMatchObject({ state: 'late' }));
  // The state is told when it is asked for; the event comes with the next look at the clock.
  await until(async () => expect((await states()).at(-1)).toBe('late'));
  chain.freshness.failed('node.example does not answer');
  expect(await stateOf()).toMatchObject({ state: 'down', note: 'node.example does not answer' });
  chain.freshness.failed('node.example still does not answer');
  chain.freshness.heard(null);
  expect(await stateOf()).toMatchObject({ state: 'hearing', lagMs: null });
  await until(async () => expect(await states()).toEqual(['hearing', 'quiet', 'late', 'down', 'hearing']));
});

test('[FR1] what was heard before a restart is known after it', async () => {
  const before = await stateOf();
  await gateway.restart();
  expect(await stateOf()).toEqual(before);
});

test('the ledger tells a chain which orders to watch', async () => {
  const watched = async () => (await chain.ledger.watchedOrders('eip155:1')).map(({ sourceRef }) => sourceRef);
  expect(await watched()).toEqual(expect.arrayContaining(['unpaid', 'partly', 'covered', 'later']));
  expect(await chain.ledger.watchedOrders('eip155:2')).toEqual([]);
  expect((await chain.ledger.openOrders('main', 'shop')).map(({ sourceRef }) => sourceRef)).toContain('later');
  gateway.clock.at += 4_500_000 + 86_400_000;
  expect(await watched()).toEqual(expect.arrayContaining(['partly', 'covered']));
  expect(await watched()).not.toContain('unpaid');
});

test('a block trail forgets from a height upwards, and keeps the newest 512', async () => {
  const blocks = (from: number, count: number, fork: string) =>
    Array.from({ length: count }, (_, n) => ({ number: from + n, hash: `${fork}${from + n}` }));
  expect(await chain.trail.recent()).toEqual([]);
  await chain.trail.replaceFrom(0, blocks(0, 600, 'a'));
  await chain.trail.replaceFrom(598, blocks(598, 3, 'b'));
  const recent = await chain.trail.recent();
  expect(recent.slice(0, 4).map(({ hash }) => hash)).toEqual(['b600', 'b599', 'b598', 'a597']);
  expect(recent).toHaveLength(512);
});
