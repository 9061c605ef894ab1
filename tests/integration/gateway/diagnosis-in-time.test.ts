import { afterEach, expect, test, vi } from 'vitest';
import type { ChainContext, ChainWatcher } from '../../../gateway/chains/chain-watcher.ts';
import { createDiagnose } from '../../../gateway/diagnosis/evaluate.ts';
import type { OrderFact } from '../../../contract/order.ts';
import type { Report } from '../../../gateway/ledger.ts';
import type { Diagnose } from '../../../gateway/diagnosis/diagnosis.ts';
import { startGateway } from './test-gateway.ts';
import type { TestGateway } from './test-gateway.ts';
import { testOrder, testPayment } from './test-source.ts';
import { PATIENCE } from '../../support/patience.ts';

const CHAIN = 'eip155:1';
const WAITING = 10_000;
const MINUTE = 60_000;
const policy = createDiagnose({
  release: new Map(),
  watchedChains: new Set([CHAIN]),
  webhooks: new Map([['shop', { announces: 'money', withinMs: MINUTE, hintMs: 0 }]]),
});
let gateway: TestGateway;
let chain: ChainContext;
const looked: string[] = [];
const diagnose: Diagnose = (order, ...rest) => {
  looked.push(order.id);
  return policy(order, ...rest);
};
const watcher: ChainWatcher = {
  ...{ id: CHAIN, kind: 'evm', expectedIntervalMs: 60_000_000 },
  start(context) {
    chain = context;
    return { close: () => Promise.resolve() };
  },
};
const start = async () =>
  void (gateway = await startGateway({ chains: [watcher], diagnose, timings: { steadyLineMs: 50 } }));
const until = (check: () => unknown) => vi.waitFor(check, { ...PATIENCE, interval: 10 });
const read = async (ref: string) => {
  const order = await gateway.gateway.storage.ledger.order('main', testOrder(ref));
  if (!order) throw new Error('there is no such order');
  return order;
};
const codes = async (ref: string) => (await read(ref)).diagnosis.map(({ code }) => code);

afterEach(() => gateway.stop());

function append(reports: readonly Report[]): Promise<unknown> {
  return gateway.gateway.storage.ledger.append('main', reports);
}

/** One more order that waits for its money. */
function created(like: OrderFact, n: number): Report {
  const about = { source: 'shop', order: `ord_${n}`, occurred: null, sent: null };
  const order = { ...like, sourceRef: `more-${n}`, reference: `M-${n}` };
  return { order: about.order, decide: () => [{ kind: 'order.created', ...about, data: { order } }] };
}

/** As the processor's own poll would tell it: no webhook brought it. */
function learn(ref: string, hash: string): Promise<unknown> {
  const payment = { ...testPayment(hash), witness: 'processor', txHash: `0x${hash}` } as const;
  const draft = { kind: 'payment.detected', source: 'shop', occurred: null, sent: null, data: { payment } } as const;
  const order = testOrder(ref);
  return append([{ order, decide: () => [{ ...draft, order }] }]);
}

test('[DG7] of 10,000 open orders only those that are due are looked at', async () => {
  await start();
  await gateway.deliver({ id: 'w77', ref: 'w77' });
  await gateway.deliver({ id: 'w78', ref: 'w78' });
  const { payments: _, ...like } = await read('w77');
  for (let n = 0; n < WAITING; n += 500) await append(Array.from({ length: 500 }, (_, m) => created(like, n + m)));
  gateway.clock.at += 5 * MINUTE;
  await learn('w77', 'aa');
  await learn('w78', 'bb');
  await gateway.deliver({ id: 'told', ref: 'w78', payment: testPayment('cc') });
  looked.length = 0;
  gateway.clock.at += MINUTE - 1;
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(looked).toEqual([]);
  gateway.clock.at += 1;
  await until(async () => expect(await codes('w77')).toContain('webhook-missing'));
  // The second was due too, until its webhook came.
  const due = [testOrder('w77'), testOrder('w78')];
  expect(looked.filter((id) => !due.includes(id))).toEqual([]);
  expect(looked.length).toBeLessThanOrEqual(due.length);
  expect(await codes('w78')).not.toContain('webhook-missing');
});

test('[DG7] after a restart every order is looked at once, and what is due then is found', async () => {
  await start();
  await gateway.deliver({ id: 'a', ref: 'a' });
  gateway.clock.at += 5 * MINUTE;
  await learn('a', 'aa');
  looked.length = 0;
  await gateway.restart();
  await until(() => expect(looked).toEqual([testOrder('a')]));
  gateway.clock.at += MINUTE;
  await until(async () => expect(await codes('a')).toContain('webhook-missing'));
  await gateway.deliver({ id: 'late', ref: 'a' });
  expect(await codes('a')).not.toContain('webhook-missing');
});

test('[DG6] a webhook is heard where it says nothing new, once a minute, and always after something was learnt', async () => {
  await start();
  const heard = async () => {
    const events = await gateway.gateway.storage.log.read('main', 0, 1000, 1e6);
    return events.filter(({ event }) => event.kind === 'webhook.heard').length;
  };
  await gateway.deliver({ id: '1', ref: 'h' });
  await gateway.deliver({ id: '2', ref: 'h' });
  expect(await heard()).toBe(0);
  gateway.clock.at += 5;
  await learn('h', 'aa');
  gateway.clock.at += 5;
  await gateway.deliver({ id: '3', ref: 'h' });
  await gateway.deliver({ id: '4', ref: 'h' });
  expect(await heard()).toBe(1);
  gateway.clock.at += MINUTE;
  await gateway.deliver({ id: '5', ref: 'h' });
  expect(await heard()).toBe(2);
});

test('[DG7] what is observed of a transaction is found without a new fact, and over with it', async () => {
  await start();
  await gateway.deliver({ id: 'p', ref: 'paid', payment: testPayment('feed') });
  await gateway.deliver({ id: 'q', ref: 'other', payment: testPayment('f00d') });
  looked.length = 0;
  chain.observations.sawTransaction(CHAIN, '0xfeed', { kind: 'nonce-gap', nonce: 4, next: 3 });
  await until(async () => expect(await codes('paid')).toContain('nonce-gap'));
  expect((await read('paid')).flags).toEqual(['nonce-gap']);
  chain.observations.sawTransaction(CHAIN, '0xfeed', null);
  await until(async () => expect((await read('paid')).flags).toEqual([]));
  expect(looked).not.toContain(testOrder('other'));
});

test('[DG7] a line that stays down is told to its orders; one that flaps is not', async () => {
  await start();
  await gateway.deliver({ id: 'o', ref: 'o', fact: { pay: [] } });
  const heads = (height: number) => ({
    nodes: [{ name: 'node', state: 'ok', height } as const],
    blockMs: null,
    fee: null,
  });
  chain.observations.sawChain(CHAIN, heads(1));
  const fact = { sourceRef: 'd', reference: 'D', price: { currency: 'USD', amount: '1' }, createdAt: gateway.clock.at };
  const pay = [{ chain: CHAIN, asset: 'native', symbol: 'ETH', decimals: 18, address: '0xd0', amount: '5' }];
  const times = { expiresAt: gateway.clock.at + MINUTE, graceUntil: gateway.clock.at + MINUTE, live: true };
  const about = { source: 'direct', order: 'ord_d', occurred: null, sent: null } as const;
  const draft = { kind: 'order.created', ...about, data: { order: { ...fact, ...times, pay } } } as const;
  await append([{ order: 'ord_d', decide: () => [draft] }]);
  gateway.clock.at += 51;
  await until(() => expect(looked.filter((id) => id === 'ord_d').length).toBeGreaterThan(1));
  looked.length = 0;
  chain.freshness.failed('node.example refuses');
  chain.freshness.heard(null);
  for (let height = 2; height < 9; height += 1) {
    chain.observations.sawChain(CHAIN, heads(height));
    gateway.clock.at += 51;
    await new Promise((resolve) => setTimeout(resolve, 40));
  }
  expect(looked).toEqual([]);
  const direct = () => gateway.gateway.storage.ledger.order('main', 'ord_d');
  expect((await direct())?.diagnosis).toEqual([]);
  chain.freshness.failed('node.example refuses');
  gateway.clock.at += 51;
  await until(async () => expect((await direct())?.diagnosis).toMatchObject([{ code: 'node-down', severity: 'info' }]));
  expect((await direct())?.verdictRule).toContain('no node of the chain answers');
  chain.freshness.heard(null);
  gateway.clock.at += 51;
  await until(async () => expect((await direct())?.diagnosis).toEqual([]));
  expect(looked).not.toContain(testOrder('o'));
});
