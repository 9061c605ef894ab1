import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Address, Hash } from 'viem';
import type { Order } from '../../../contract/order.ts';
import type { Closeable } from '../../../gateway/ledger.ts';
import { orderPaidBy, story, storyAtDepth } from '../../support/anvil/chain-orders.ts';
import { MemoryLedger } from '../../support/anvil/memory-ledger.ts';
import { RecordingMatchingDesk } from '../../support/anvil/recording-matching-desk.ts';
import { anvilBinary, startAnvil } from '../../support/anvil/start-anvil.ts';
import type { Anvil } from '../../support/anvil/start-anvil.ts';
import { TestChain } from '../../support/anvil/test-chain.ts';
import { CHAIN, Hearing, MemoryTrail, startWatcher } from '../../support/anvil/watcher-desk.ts';
import { PATIENCE } from '../../support/patience.ts';

const SHOP: Address = '0x1111111111111111111111111111111111111111';
const OTHER: Address = '0x2222222222222222222222222222222222222222';
const GWEI = 1_000_000_000n;
const third = 'payment.confirmations 3';

async function until(check: () => void | Promise<void>): Promise<void> {
  await vi.waitFor(check, { ...PATIENCE, interval: 20 });
}

describe.skipIf(anvilBinary() === null).each(['http', 'ws'] as const)('what goes wrong with payments (%s)', (kind) => {
  let anvil: Anvil;
  let chain: TestChain;
  let ledger: MemoryLedger;
  let hearing: Hearing;
  let trail: MemoryTrail;
  let watcher: Closeable;
  const start = (): Closeable =>
    startWatcher(ledger, { rpc: [anvil[kind]], timings: { dropAfterMs: 400 } }, { hearing, trail });
  const trouble = (hash: Hash) => hearing.observations.transaction(CHAIN, hash) ?? null;
  const flags = async (id = 'o'): Promise<Order['flags']> => (await ledger.order('main', id))?.flags ?? [];

  beforeEach(async () => {
    anvil = await startAnvil();
    chain = new TestChain(anvil);
    [ledger, hearing, trail] = [new MemoryLedger(), new Hearing(), new MemoryTrail()];
    await chain.mine();
    watcher = start();
    await ledger.place('o', orderPaidBy({ address: SHOP }));
  });

  afterEach(async () => {
    await watcher.close();
    await anvil.stop();
  });

  test('a nonce gap is said while it lasts, with the nonce that is missing', async () => {
    const nonce = await chain.nonce();
    const hash = await chain.payCoins(SHOP, 1000n, 0, { nonce: nonce + 2 });
    await ledger.say('cdc', 'o', { kind: 'payment.detected', data: { payment: processorPayment(hash) } });
    await until(() => expect(trouble(hash)).toEqual({ kind: 'nonce-gap', nonce: nonce + 2, next: nonce }));
    await chain.payCoins(OTHER, 1n, 0, { nonce });
    await until(() => expect(trouble(hash)).toEqual({ kind: 'nonce-gap', nonce: nonce + 2, next: nonce + 1 }));
    await chain.payCoins(OTHER, 1n, 0, { nonce: nonce + 1 });
    await until(() => expect(trouble(hash)).toBeNull());
  });

  test('a fee below what the next block asks is said, and taken back when that falls', async () => {
    const base = await chain.baseFee();
    const hash = await chain.payCoins(SHOP, 1000n, 0, { maxFeePerGas: base + GWEI });
    await story(ledger, 'o', ['payment.detected']);
    expect(trouble(hash)).toBeNull();
    await chain.setNextBaseFee(base + 5n * GWEI);
    await until(() => expect(trouble(hash)).toMatchObject({ kind: 'fee-too-low', bid: `${base + GWEI}` }));
    await chain.setNextBaseFee(base);
    await until(() => expect(trouble(hash)).toBeNull());
    await chain.mine();
    await story(ledger, 'o', ['payment.detected', 'payment.confirmations 1']);
  });

  test('sped up: the first is replaced as soon as the pool shows it, and the money counts once', async () => {
    const nonce = await chain.nonce();
    const slow = await chain.payCoins(SHOP, 1000n, 0, { nonce });
    await story(ledger, 'o', ['payment.detected']);
    const fast = await chain.payCoins(SHOP, 1000n, 0, { nonce, maxFeePerGas: 100n * GWEI });
    await until(() => expect(ledger.story('o')).toHaveLength(3));
    const order = await ledger.order('main', 'o');
    expect(order?.payments).toMatchObject([
      { txHash: slow, state: 'replaced', replacedBy: fast },
      { txHash: fast, state: 'seen' },
    ]);
    expect(order?.received).toMatchObject([{ amount: '1000' }]);
    await chain.mine(3);
    await until(async () => expect((await ledger.order('main', 'o'))?.status).toBe('paid'));
  });

  test('cancelled by the sender: replaced by what pays nobody here', async () => {
    const nonce = await chain.nonce();
    await chain.payCoins(SHOP, 1000n, 0, { nonce });
    await story(ledger, 'o', ['payment.detected']);
    const cancel = await chain.payCoins(chain.payer(), 0n, 0, { nonce, maxFeePerGas: 100n * GWEI });
    await story(ledger, 'o', ['payment.detected', 'payment.replaced']);
    await chain.mine(2);
    const order = await ledger.order('main', 'o');
    expect([order?.status, order?.payments[0]?.replacedBy]).toEqual(['awaiting', cancel]);
  });

  test('dropped is said after a while, not found at once; both are over when it is sent again', async () => {
    const hash = await chain.payCoins(SHOP, 1000n);
    await story(ledger, 'o', ['payment.detected']);
    const raw = await chain.raw(hash);
    await chain.drop(hash);
    await until(() => expect(trouble(hash)).toMatchObject({ kind: 'not-found', nodes: 1 }));
    await story(ledger, 'o', ['payment.detected', 'payment.dropped']);
    await chain.send(raw);
    await story(ledger, 'o', ['payment.detected', 'payment.dropped', 'payment.detected']);
    await until(() => expect(trouble(hash)).toBeNull());
  });

  test('what replaced it long ago is found by its nonce', async () => {
    const nonce = await chain.nonce();
    const hash = await chain.payCoins(SHOP, 1000n, 0, { nonce });
    await story(ledger, 'o', ['payment.detected']);
    await watcher.close();
    const by = await chain.payCoins(OTHER, 1000n, 0, { nonce, maxFeePerGas: 100n * GWEI });
    await chain.mine(4);
    // As if those blocks had been walked by one who knew nothing of the signer.
    const ignorant = startWatcher(new MemoryLedger(), { rpc: [anvil[kind]] }, { trail });
    await until(() => expect(trail.blocks[0]?.number).toBe(5));
    await ignorant.close();
    watcher = start();
    await story(ledger, 'o', ['payment.detected', 'payment.replaced']);
    expect((await ledger.order('main', 'o'))?.payments).toMatchObject([{ txHash: hash, replacedBy: by }]);
  });

  test('late, in parts and twice', async () => {
    const hour = 3_600_000;
    const past = Date.now() - 2 * hour;
    const times = { createdAt: past - hour, expiresAt: past, graceUntil: past + hour };
    await ledger.place('late', orderPaidBy({ address: OTHER }, times));
    await chain.payCoins(OTHER, 1000n, 1);
    await until(async () => expect(await flags('late')).toEqual(['late']));
    await chain.payCoins(SHOP, 400n);
    await until(async () => expect(await flags()).toEqual(['underpaid']));
    await chain.payCoins(SHOP, 600n);
    await until(async () => expect(await flags()).toEqual(['multiple']));
    await chain.payCoins(SHOP, 1000n, 2);
    await until(async () => expect(await flags()).toEqual(['overpaid', 'multiple']));
    await chain.mine(3);
    await until(async () => expect((await ledger.order('main', 'o'))?.status).toBe('paid'));
  });

  test('money that no order claims is told with its depth, and that a reorg took it, also after a restart', async () => {
    const desk = new RecordingMatchingDesk(OTHER.toLowerCase());
    await watcher.close();
    hearing.matching = desk;
    watcher = start();
    await chain.payCoins(OTHER, 7n);
    await until(() => expect(desk.summary()).toEqual([['7', 0]]));
    await chain.mine(2);
    await until(() => expect(desk.summary()).toEqual([['7', 2]]));
    await watcher.close();
    await chain.mine();
    watcher = start();
    await until(() => expect(desk.summary()).toEqual([['7', 3]]));
    desk.held.set([...desk.held.keys()][0]!, { ...[...desk.held.values()][0]!, confirmations: 2 });
    await watcher.close();
    await chain.reorg(3);
    await chain.mine(2);
    watcher = start();
    await until(() => expect(desk.summary()).toEqual([]));
    expect(desk.reasons).toEqual(['The chain took it back.']);
    expect(ledger.story('o')).toEqual([]);
  });

  function processorPayment(txHash: Hash) {
    const coins = { chain: CHAIN, asset: 'native', symbol: 'ETH', decimals: 18, amount: '1000' };
    return { ...coins, id: 'cdc:1', txHash, required: null, witness: 'processor' as const };
  }
});

/** Nodes that start from the same genesis and are told the same have the same blocks. */
const BIRTH = 1_700_000_000;
const TWIN = ['--timestamp', String(BIRTH)];

describe.skipIf(anvilBinary() === null)('several nodes and several chains', () => {
  const open: Closeable[] = [];
  const old = { createdAt: BIRTH * 1000 };

  async function node(args: readonly string[] = TWIN, chainId?: number) {
    const anvil = await startAnvil(args);
    open.push({ close: () => anvil.stop() });
    return { ...anvil, chain: new TestChain(anvil, chainId) };
  }

  function watch(...given: Parameters<typeof startWatcher>): void {
    open.push(startWatcher(...given));
  }

  const states = (hearing: Hearing) => hearing.observations.chain(CHAIN)?.nodes.map(({ state }) => state);

  afterEach(async () => {
    for (const each of open.splice(0).reverse()) await each.close();
  });

  test('[FR1] one lying node out of two leads to no settlement, and both are said to disagree', async () => {
    const [a, b] = [await node(), await node()];
    for (const { chain } of [a, b]) await chain.mineAt(BIRTH + 10, 2);
    const [ledger, hearing] = [new MemoryLedger(), new Hearing()];
    watch(ledger, { rpc: [a.http, b.http], confirmations: 1 }, { hearing });
    await until(() => expect(states(hearing)).toEqual(['ok', 'ok']));
    await ledger.place('o', orderPaidBy({ address: SHOP }, old));
    await a.chain.forge();
    await a.chain.payCoins(SHOP, 1000n);
    for (const { chain } of [a, b]) await chain.mineAt(BIRTH + 20, 6);
    await until(() => expect(states(hearing)).toEqual(['disagrees', 'disagrees']));
    expect(hearing.observations.chain(CHAIN)?.nodes[1]?.note).toMatch(/holds another block/);
    expect(ledger.story('o').filter((event) => event !== 'payment.detected')).toEqual(['payment.confirmations 0']);
    expect((await ledger.order('main', 'o'))?.status).toBe('confirming');
  });

  test('[FR1] of three nodes the liar is left, and what it made up is taken back', async () => {
    const nodes = [await node(), await node(), await node()];
    for (const { chain } of nodes) await chain.mineAt(BIRTH + 10, 2);
    const [ledger, hearing] = [new MemoryLedger(), new Hearing()];
    watch(ledger, { rpc: nodes.map(({ http }) => http), confirmations: 1 }, { hearing });
    await until(() => expect(states(hearing)).toEqual(['ok', 'ok', 'ok']));
    await ledger.place('o', orderPaidBy({ address: SHOP }, old));
    const [liar] = nodes;
    await liar!.chain.forge();
    await liar!.chain.payCoins(SHOP, 1000n);
    for (const { chain } of nodes) await chain.mineAt(BIRTH + 20, 6);
    await until(() => expect(ledger.story('o')).toContain('payment.reorged'));
    expect(ledger.story('o')).not.toContain('payment.settled');
    await until(() => expect(states(hearing)).toEqual(['disagrees', 'ok', 'ok']));
  });

  test('[FR1] a node that lags is named, and the one that goes on is followed', async () => {
    const [a, b] = [await node(), await node()];
    for (const { chain } of [a, b]) await chain.mineAt(BIRTH + 10, 2);
    const [ledger, hearing] = [new MemoryLedger(), new Hearing()];
    watch(ledger, { rpc: [a.http, b.http], confirmations: 1, timings: { stallAfterMs: 500 } }, { hearing });
    await until(() => expect(states(hearing)).toEqual(['ok', 'ok']));
    await ledger.place('o', orderPaidBy({ address: SHOP }, old));
    await b.chain.payCoins(SHOP, 1000n);
    await b.chain.mineAt(BIRTH + 20, 8);
    await storyAtDepth(ledger, 'o', ['payment.detected', 'payment.confirmations 1', 'payment.settled']);
    await until(() => expect(states(hearing)).toEqual(['behind', 'ok']));
    expect(hearing.observations.chain(CHAIN)?.nodes[0]).toMatchObject({ height: 2, note: 'is 8 blocks behind' });
  });

  test.each(['safe', 'finalized'] as const)(
    'a payment settles where the chain calls its block %s',
    async (confirmations) => {
      const a = await node(['--slots-in-an-epoch', '1']);
      await a.chain.mine(5);
      const [ledger, hearing] = [new MemoryLedger(), new Hearing()];
      watch(ledger, { rpc: [a.http], confirmations }, { hearing });
      await ledger.place('o', orderPaidBy({ address: SHOP }));
      await a.chain.payCoins(SHOP, 1000n);
      await a.chain.mine();
      await story(ledger, 'o', ['payment.detected', 'payment.confirmations 1']);
      const depth = confirmations === 'safe' ? 2 : 3;
      expect((await ledger.order('main', 'o'))?.payments[0]?.required).toBe(depth);
      await a.chain.mine(depth - 1);
      await storyAtDepth(ledger, 'o', ['payment.detected', `payment.confirmations ${depth}`, 'payment.settled']);
    },
  );

  test('money on another chain than was asked for is shown with its order', async () => {
    const other = await node(['--chain-id', '10']);
    const chain = new TestChain(other, 10);
    const ledger = new MemoryLedger();
    watch(ledger, { id: 'eip155:10', rpc: [other.http] });
    await ledger.place('o', orderPaidBy({ address: SHOP }));
    await chain.payCoins(SHOP, 1000n);
    await chain.mine(3);
    await storyAtDepth(ledger, 'o', ['payment.detected', third, 'payment.settled']);
    const order = await ledger.order('main', 'o');
    expect(order?.payments).toMatchObject([{ chain: 'eip155:10', amount: '1000' }]);
    expect([order?.status, order?.flags]).toEqual(['awaiting', ['wrong-asset']]);
  });
});
