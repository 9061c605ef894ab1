import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Closeable } from '../../../gateway/ledger.ts';
import { orderPaidBy, story, storyAtDepth } from '../../support/anvil/chain-orders.ts';
import { MemoryLedger } from '../../support/anvil/memory-ledger.ts';
import { Hearing, MemoryTrail } from '../../support/anvil/watcher-desk.ts';
import { startBitcoinWatcher } from '../../support/bitcoin-node/bitcoin-watcher.ts';
import { startBitcoind } from '../../support/bitcoin-node/bitcoind-server.ts';
import { startEsplora } from '../../support/bitcoin-node/esplora-server.ts';
import { REGTEST, ScriptedChain } from '../../support/bitcoin-node/scripted-chain.ts';
import type { TestNode } from '../../support/bitcoin-node/test-node.ts';
import { PATIENCE } from '../../support/patience.ts';

/** Segwit and base58, one of each. */
const SHOP = 'bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080';
const OTHER = '2N3oefVeg6stiTb5Kh3ozCSkaqmx91FDbsm';
const [first, second, third] = [1, 2, 3].map((n) => `payment.confirmations ${n}`) as [string, string, string];

interface Scene {
  readonly chain: ScriptedChain;
  readonly ledger: MemoryLedger;
  readonly hearing: Hearing;
  /** Closes the watcher, does something meanwhile, and starts another one. */
  away(meanwhile: () => void): Promise<void>;
}

const inBitcoin = { chain: REGTEST, symbol: 'BTC', decimals: 8, address: SHOP, amount: '1000' };

async function placed({ ledger }: Scene, id = 'o', address = SHOP, source = 'direct'): Promise<void> {
  const day = 86_400_000;
  await ledger.place(id, orderPaidBy({ ...inBitcoin, address }, { createdAt: Date.now() - day }), source);
}

const trouble = ({ hearing }: Scene, txid: string) => hearing.observations.transaction(REGTEST, txid) ?? null;

/** One script for every shape of node. */
const scenarios: Readonly<Record<string, (scene: Scene) => Promise<void>>> = {
  'from the pool to the required depth': async (scene) => {
    const { chain, ledger } = scene;
    await placed(scene);
    const { txid } = chain.pay(SHOP, 1000n);
    await story(ledger, 'o', ['payment.detected']);
    chain.mine();
    await story(ledger, 'o', ['payment.detected', first]);
    chain.mine(2);
    await storyAtDepth(ledger, 'o', ['payment.detected', first, third, 'payment.settled']);
    const order = await ledger.order('main', 'o');
    expect(order?.status).toBe('paid');
    expect(order?.payments).toMatchObject([{ id: `${txid}-1`, txHash: txid, to: SHOP, amount: '1000', required: 3 }]);
  },

  'a processor’s order is seen and counted by its address, and settled by the processor’s word alone': async (
    scene,
  ) => {
    const { chain, ledger } = scene;
    await placed(scene, 'o', SHOP, 'btcpay');
    const { txid } = chain.pay(SHOP, 1000n);
    await story(ledger, 'o', ['payment.detected']);
    chain.mine(3);
    await storyAtDepth(ledger, 'o', ['payment.detected', third]);
    expect(await ledger.order('main', 'o')).toMatchObject({
      status: 'confirming',
      payments: [{ id: `${txid}-1`, witness: 'node', words: { node: {} } }],
    });
  },

  'what a processor settled in the pool is taken back where another transaction takes its place': async (scene) => {
    const { chain, ledger } = scene;
    await placed(scene, 'o', SHOP, 'btcpay');
    const paid = chain.pay(SHOP, 1000n);
    await story(ledger, 'o', ['payment.detected']);
    await ledger.say('btcpay', 'o', { kind: 'payment.settled', data: { paymentId: `${paid.txid}-1` } });
    expect((await ledger.order('main', 'o'))?.status).toBe('paid');
    const rival = chain.pay(OTHER, 1000n, { feeRate: 30, inputs: paid.inputs });
    await story(ledger, 'o', ['payment.detected', 'payment.settled', 'payment.replaced']);
    expect(await ledger.order('main', 'o')).toMatchObject({
      status: 'awaiting',
      payments: [
        {
          state: 'replaced',
          replacedBy: rival.txid,
          words: { processor: {}, node: { lostAt: expect.any(Number) as number } },
        },
      ],
    });
  },

  'a block that is dated ahead makes no payment late, and the line no slower': async (scene) => {
    const { chain, hearing, ledger } = scene;
    await placed(scene);
    chain.now = () => Date.now() + 3_600_000;
    chain.pay(SHOP, 1000n);
    chain.mine(3);
    await storyAtDepth(ledger, 'o', ['payment.detected', third, 'payment.settled']);
    const order = await ledger.order('main', 'o');
    expect([order?.status, order?.flags]).toEqual(['paid', []]);
    expect(Math.max(...hearing.heard.map(Number), order?.paidAt ?? Infinity)).toBeLessThanOrEqual(Date.now());
  },

  'an address that two processors’ orders have tells neither of money': async (scene) => {
    const { chain, ledger } = scene;
    for (const id of ['o', 'p']) await placed(scene, id, SHOP, 'btcpay');
    await placed(scene, 'direct', OTHER);
    chain.pay(SHOP, 1000n);
    chain.pay(OTHER, 1000n);
    chain.mine(3);
    await storyAtDepth(ledger, 'direct', ['payment.detected', third, 'payment.settled']);
    expect(['o', 'p'].map((id) => ledger.story(id))).toEqual([[], []]);
  },

  'a fee raised by replacing: the money counts once': async (scene) => {
    const { chain, ledger } = scene;
    await placed(scene);
    const slow = chain.pay(SHOP, 1000n);
    await story(ledger, 'o', ['payment.detected']);
    const fast = chain.pay(SHOP, 1000n, { inputs: slow.inputs, feeRate: 30 });
    await vi.waitFor(
      () => expect(ledger.story('o').toSorted()).toEqual(['payment.detected', 'payment.detected', 'payment.replaced']),
      PATIENCE,
    );
    const order = await ledger.order('main', 'o');
    expect(order?.payments).toMatchObject([
      { txHash: slow.txid, state: 'replaced', replacedBy: fast.txid },
      { txHash: fast.txid, state: 'seen' },
    ]);
    expect(order?.received).toMatchObject([{ amount: '1000' }]);
    chain.mine(3);
    await vi.waitFor(() => expect(ledger.story('o')).toContain('payment.settled'), PATIENCE);
  },

  'replaced by what pays the sender back: cancelled': async (scene) => {
    const { chain, ledger } = scene;
    await placed(scene);
    const paid = chain.pay(SHOP, 1000n);
    await story(ledger, 'o', ['payment.detected']);
    const back = chain.pay(OTHER, 1000n, { inputs: paid.inputs, feeRate: 30 });
    await story(ledger, 'o', ['payment.detected', 'payment.replaced']);
    expect((await ledger.order('main', 'o'))?.payments).toMatchObject([{ replacedBy: back.txid }]);
    chain.mine(2);
    expect((await ledger.order('main', 'o'))?.status).toBe('awaiting');
  },

  'what its rival took is found out after a restart, also when that is mined': async (scene) => {
    const { chain, ledger } = scene;
    await placed(scene);
    const paid = chain.pay(SHOP, 1000n);
    await story(ledger, 'o', ['payment.detected']);
    const rival = { at: '' };
    await scene.away(() => {
      rival.at = chain.pay(OTHER, 1000n, { inputs: paid.inputs, feeRate: 30 }).txid;
      chain.mine(2);
    });
    await story(ledger, 'o', ['payment.detected', 'payment.replaced']);
    expect((await ledger.order('main', 'o'))?.payments).toMatchObject([{ replacedBy: rival.at }]);
  },

  'evicted is dropped after a while, not cancelled, and is back when it is sent again': async (scene) => {
    const { chain, ledger } = scene;
    await placed(scene);
    const paid = chain.pay(SHOP, 1000n);
    await story(ledger, 'o', ['payment.detected']);
    chain.evict(paid);
    await vi.waitFor(() => expect(trouble(scene, paid.txid)).toMatchObject({ kind: 'not-found' }), PATIENCE);
    await story(ledger, 'o', ['payment.detected', 'payment.dropped']);
    chain.send(paid);
    await story(ledger, 'o', ['payment.detected', 'payment.dropped', 'payment.detected']);
    await vi.waitFor(() => expect(trouble(scene, paid.txid)).toBeNull(), PATIENCE);
    chain.mine();
    await story(ledger, 'o', ['payment.detected', 'payment.dropped', 'payment.detected', first]);
  },

  'a reorg, of which only the new blocks tell': async (scene) => {
    const { chain, ledger } = scene;
    await placed(scene);
    const paid = chain.pay(SHOP, 1000n);
    chain.mine(2);
    await storyAtDepth(ledger, 'o', ['payment.detected', second]);
    chain.reorg(2);
    await storyAtDepth(ledger, 'o', ['payment.detected', second, 'payment.reorged']);
    expect((await ledger.order('main', 'o'))?.status).toBe('awaiting');
    chain.send(paid);
    await storyAtDepth(ledger, 'o', ['payment.detected', second, 'payment.reorged', 'payment.detected']);
    chain.mine(3);
    const settled = ['payment.detected', second, 'payment.reorged', 'payment.detected', third, 'payment.settled'];
    await storyAtDepth(ledger, 'o', settled);
  },

  'a reorg of what was settled, while nobody watched, into another block': async (scene) => {
    const { chain, ledger } = scene;
    await placed(scene);
    const paid = chain.pay(SHOP, 1000n);
    chain.mine(3);
    await storyAtDepth(ledger, 'o', ['payment.detected', third, 'payment.settled']);
    await scene.away(() => chain.reorg(3, [paid]));
    const again = ['payment.reorged', 'payment.detected', 'payment.confirmations 3', 'payment.settled'];
    await storyAtDepth(ledger, 'o', ['payment.detected', third, 'payment.settled', ...again]);
  },

  'late, in parts, and twice': async (scene) => {
    const { chain, ledger } = scene;
    const hour = 3_600_000;
    const past = Date.now() - 2 * hour;
    const late = { createdAt: past - hour, expiresAt: past, graceUntil: past + hour };
    await ledger.place('late', orderPaidBy({ ...inBitcoin, address: OTHER }, late));
    await placed(scene);
    chain.pay(OTHER, 1000n);
    chain.pay(SHOP, 400n);
    await vi.waitFor(async () => expect((await ledger.order('main', 'o'))?.flags).toEqual(['underpaid']), PATIENCE);
    await vi.waitFor(async () => expect((await ledger.order('main', 'late'))?.flags).toEqual(['late']), PATIENCE);
    chain.pay(SHOP, 600n);
    await vi.waitFor(async () => expect((await ledger.order('main', 'o'))?.flags).toEqual(['multiple']), PATIENCE);
    chain.pay(SHOP, 1000n);
    await vi.waitFor(
      async () => expect((await ledger.order('main', 'o'))?.flags).toEqual(['overpaid', 'multiple']),
      PATIENCE,
    );
    chain.mine(3);
    await vi.waitFor(
      async () => expect((await ledger.order('main', 'o'))?.received).toMatchObject([{ amount: '2000' }]),
      PATIENCE,
    );
  },

  'late and in the pool, of an order that expired and is within its grace': async ({ chain, ledger }) => {
    const past = { createdAt: Date.now() - 3_600_000, expiresAt: Date.now() - 60_000 };
    await ledger.place('o', orderPaidBy(inBitcoin, { ...past, graceUntil: Date.now() + 3_600_000 }));
    await ledger.say('gateway', 'o', { kind: 'order.expired', data: {} });
    chain.pay(SHOP, 1000n);
    await story(ledger, 'o', ['order.expired', 'payment.detected']);
    expect((await ledger.order('main', 'o'))?.flags).toEqual(['late']);
  },

  'a fee below what is mined within the hour, until that falls': async (scene) => {
    const { chain, ledger, hearing } = scene;
    await placed(scene);
    const paid = chain.pay(SHOP, 1000n, { feeRate: 3.5 });
    await story(ledger, 'o', ['payment.detected']);
    await vi.waitFor(
      () => expect(trouble(scene, paid.txid)).toEqual({ kind: 'fee-too-low', bid: '3.5', asked: '8' }),
      PATIENCE,
    );
    expect(hearing.observations.chain(REGTEST)).toMatchObject({ fee: '12', nodes: [{ state: 'ok' }] });
    chain.fees = { next: 4, hour: 2 };
    const kept = [...chain.pool.values()];
    chain.pool.clear();
    chain.mine();
    for (const each of kept) chain.send(each);
    await vi.waitFor(() => expect(trouble(scene, paid.txid)).toBeNull(), PATIENCE);
    expect(hearing.observations.chain(REGTEST)?.fee).toBe('4');
  },

  'what was paid and mined while nobody watched, past the steps of a long gap': async (scene) => {
    const { chain, ledger } = scene;
    await placed(scene);
    await vi.waitFor(() => expect(scene.hearing.heard.length).toBeGreaterThan(0), PATIENCE);
    await scene.away(() => {
      chain.mine(5);
      chain.pay(SHOP, 1000n);
      chain.mine(7);
    });
    await storyAtDepth(ledger, 'o', ['payment.detected', third, 'payment.settled']);
  },
};

const shapes = {
  esplora: async (chain: ScriptedChain) => ({ node: await startEsplora(chain), kind: 'esplora' as const }),
  bitcoind: async (chain: ScriptedChain) => ({ node: await startBitcoind(chain), kind: 'rpc' as const }),
  'bitcoind with an index': async (chain: ScriptedChain) => ({
    node: await startBitcoind(chain, { txindex: true }),
    kind: 'rpc' as const,
  }),
};

describe.each(Object.keys(shapes) as (keyof typeof shapes)[])('Bitcoin by %s', (shape) => {
  let scene: Scene;
  let watcher: Closeable;
  let node: TestNode;

  beforeEach(async () => {
    const chain = new ScriptedChain();
    const shaped = await shapes[shape](chain);
    node = shaped.node;
    const [ledger, hearing, trail] = [new MemoryLedger(), new Hearing(), new MemoryTrail()];
    const start = () =>
      startBitcoinWatcher(ledger, { [shaped.kind]: [node.url], timings: { dropAfterMs: 400 } }, { hearing, trail });
    watcher = start();
    scene = {
      ...{ chain, ledger, hearing },
      away: async (meanwhile) => {
        await watcher.close();
        meanwhile();
        watcher = start();
      },
    };
  });

  afterEach(async () => {
    await watcher.close();
    await node.close();
  });

  test.each(Object.keys(scenarios))('%s', async (name) => {
    await scenarios[name]?.(scene);
  });
});
