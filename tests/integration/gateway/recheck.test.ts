import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { ChainContext, ChainWatcher } from '../../../gateway/chains/chain-watcher.ts';
import type { Order } from '../../../contract/order.ts';
import { recheckResultSchema } from '../../../contract/protocol.ts';
import type { Asked } from '../../../contract/protocol.ts';
import { openDesk, pairDesk } from './test-desk.ts';
import type { TestDesk, TestSocket } from './test-desk.ts';
import { startGateway } from './test-gateway.ts';
import type { TestGateway } from './test-gateway.ts';
import { testOrder, testPayment } from './test-source.ts';
import { PATIENCE } from '../../support/patience.ts';

/** Long enough for what answers on a busy machine, and short enough to wait for what hangs. */
const RECHECK_MS = 3_000;
let gateway: TestGateway;
let desk: TestDesk;
let client: TestSocket;
let chain: ChainContext;
let looks = 0;
/** What the chain does when it is asked. */
let look: (order: Order) => Promise<void> = () => Promise.resolve();

const watcher = (id: string): ChainWatcher => ({
  ...{ id, kind: 'evm', expectedIntervalMs: 10_000 },
  start(context) {
    if (id === 'eip155:1') chain = context;
    return {
      close: () => Promise.resolve(),
      recheck(order: Order) {
        looks += 1;
        return id === 'eip155:1' ? look(order) : Promise.resolve();
      },
    };
  },
});

beforeAll(async () => {
  const chains = [watcher('eip155:1'), watcher('eip155:10')];
  gateway = await startGateway({ chains, timings: { recheckMs: RECHECK_MS } });
  desk = await pairDesk(gateway);
  client = await openDesk(gateway, desk);
});
afterAll(async () => {
  client.close();
  await gateway.stop();
});

async function ordered(ref: string, chains: readonly string[] = ['eip155:1']): Promise<string> {
  const option = { asset: 'native', symbol: 'ETH', decimals: 18, address: `0x${ref}`, amount: '1000' };
  await gateway.deliver({ id: `d-${ref}`, ref, fact: { pay: chains.map((each) => ({ ...option, chain: each })) } });
  return testOrder(ref);
}

const recheckOf = (order: string, id: string = randomUUID()) => ({
  id,
  store: 'main',
  name: 'recheck',
  order,
  args: {},
});

async function recheck(order: string): Promise<readonly Asked[]> {
  const answer = await client.ask('command', recheckOf(order));
  expect(answer).toMatchObject({ ok: true, state: 'done' });
  return recheckResultSchema.parse(answer['result']).asked;
}

describe('[DG8] recheck', () => {
  test('asks the source and the chains of the order, and tells what each found', async () => {
    const order = await ordered('aa', ['eip155:1', 'eip155:10', 'eip155:137']);
    look = async ({ id }) => {
      const draft = { kind: 'payment.detected', order: id, source: 'eip155:1', occurred: null, sent: null } as const;
      await chain.ledger.append('main', [
        { order: id, decide: () => [{ ...draft, data: { payment: testPayment('aa') } }] },
      ]);
    };
    const asked = await recheck(order);
    const ms = expect.any(Number) as number;
    expect(asked).toEqual([
      { id: 'shop', kind: 'test', outcome: 'not-asked', ms: 0, note: 'without an API key it cannot be asked' },
      { id: 'eip155:1', kind: 'evm', outcome: 'news', ms },
      { id: 'eip155:10', kind: 'evm', outcome: 'nothing-new', ms },
      { id: 'eip155:137', kind: 'chain', outcome: 'not-asked', ms: 0, note: 'the gateway does not watch it' },
    ]);
  });

  test('names one that does not answer, and waits for none that hangs', async () => {
    const order = await ordered('bb', ['eip155:1', 'eip155:10']);
    look = () => Promise.reject(new Error('node.example refused the connection'));
    expect(await recheck(order)).toContainEqual(
      expect.objectContaining({ id: 'eip155:1', outcome: 'unreachable', note: 'node.example refused the connection' }),
    );
    look = () => new Promise(() => undefined);
    const started = performance.now();
    const asked = await recheck(order);
    expect(performance.now() - started).toBeLessThan(10 * RECHECK_MS);
    expect(asked.map(({ id, outcome }) => [id, outcome])).toEqual([
      ['shop', 'not-asked'],
      ['eip155:1', 'timed-out'],
      ['eip155:10', 'nothing-new'],
    ]);
  });

  test('holds up nothing else while it waits, and is pending meanwhile', async () => {
    const order = await ordered('cc');
    const answered = Promise.withResolvers<undefined>();
    look = () => answered.promise;
    const command = recheckOf(order);
    const waiting = client.ask('command', command);
    await vi.waitFor(async () => {
      expect(await client.ask('command-status', { id: command.id })).toEqual({ ok: true, state: 'pending' });
    }, PATIENCE);
    await ordered('dd');
    answered.resolve(undefined);
    expect(await waiting).toMatchObject({ ok: true, state: 'done' });
  });

  test('[CM1] sent many times under one id it asks once, and gives one answer for ever', async () => {
    const order = await ordered('ee');
    look = () => new Promise((resolve) => setTimeout(resolve, 20));
    looks = 0;
    const command = recheckOf(order);
    const answers = await Promise.all(Array.from({ length: 20 }, () => client.ask('command', command)));
    expect(looks).toBe(1);
    const [first] = answers;
    expect(answers.every((answer) => JSON.stringify(answer) === JSON.stringify(first))).toBe(true);
    const other = { ...command, name: 'note', args: { text: 'x' } };
    expect(await client.ask('command', other)).toMatchObject({ ok: false, error: { code: 'id-reused' } });
    await gateway.restart();
    client = await openDesk(gateway, desk);
    expect(await client.ask('command', command)).toEqual(first);
    expect(await client.ask('command-status', { id: command.id })).toEqual(first);
  });

  test('ends with the gateway', async () => {
    const order = await ordered('ff');
    look = () => new Promise(() => undefined);
    const command = recheckOf(order);
    const lost = client.ask('command', command).catch(() => null);
    await vi.waitFor(async () => {
      expect(await client.ask('command-status', { id: command.id })).toEqual({ ok: true, state: 'pending' });
    }, PATIENCE);
    await gateway.restart();
    await lost;
    client = await openDesk(gateway, desk);
    expect(await client.ask('command-status', { id: command.id })).toMatchObject({ ok: true, state: 'done' });
  });
});
