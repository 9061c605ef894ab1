import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Address } from 'viem';
import type { Closeable } from '../../../gateway/ledger.ts';
import { orderPaidBy, story, storyAtDepth, depths } from '../../support/anvil/chain-orders.ts';
import { MemoryLedger } from '../../support/anvil/memory-ledger.ts';
import { anvilBinary, startAnvil } from '../../support/anvil/start-anvil.ts';
import type { Anvil } from '../../support/anvil/start-anvil.ts';
import { TestChain } from '../../support/anvil/test-chain.ts';
import { CHAIN, MemoryTrail, startWatcher } from '../../support/anvil/watcher-desk.ts';

const SHOP: Address = '0x1111111111111111111111111111111111111111';
const OTHER: Address = '0x2222222222222222222222222222222222222222';
const [first, second, third] = [1, 2, 3].map((n) => `payment.confirmations ${n}`) as [string, string, string];

describe.skipIf(anvilBinary() === null).each(['http', 'ws'] as const)('payments over %s', (kind) => {
  let anvil: Anvil;
  let chain: TestChain;
  let ledger: MemoryLedger;
  let watcher: Closeable;
  let trail: MemoryTrail;
  const inToken = (address: Address = SHOP): ReturnType<typeof orderPaidBy> =>
    orderPaidBy({ address, asset: `erc20:${chain.token}`, symbol: 'USDC', decimals: 6 });

  beforeEach(async () => {
    anvil = await startAnvil();
    chain = new TestChain(anvil);
    await chain.deployToken();
    ledger = new MemoryLedger();
    trail = new MemoryTrail();
    const tokens = [{ symbol: 'USDC', address: chain.token, decimals: 6 }];
    watcher = startWatcher(ledger, { rpc: [anvil[kind]], tokens, timings: { dropAfterMs: 300 } }, { trail });
  });

  afterEach(async () => {
    await watcher.close();
    await anvil.stop();
  });

  test('coins go from the pool to the required depth, are reorged and confirmed again', async () => {
    await ledger.place('o', orderPaidBy({ address: SHOP }));
    const hash = await chain.payCoins(SHOP, 1000n);
    await story(ledger, 'o', ['payment.detected']);
    const raw = await chain.raw(hash);
    await chain.mine();
    await story(ledger, 'o', ['payment.detected', first]);
    await chain.mine();
    await story(ledger, 'o', ['payment.detected', first, second]);
    await chain.reorg(2, [[raw, 1]]);
    const reorged = ['payment.detected', first, second, 'payment.reorged', 'payment.detected', first];
    await story(ledger, 'o', reorged);
    await chain.mine();
    await story(ledger, 'o', [...reorged, second]);
    await chain.mine();
    await story(ledger, 'o', [...reorged, second, third, 'payment.settled']);
    const order = await ledger.order('main', 'o');
    expect(order?.status).toBe('paid');
    expect(order?.payments.map(({ amount, txHash, state }) => [amount, txHash, state])).toEqual([
      ['1000', hash, 'settled'],
    ]);
  });

  test('a token payment keeps its identity from the pool through a reorg, and survives one after it settled', async () => {
    await ledger.place('o', inToken());
    const raw = await chain.raw(await chain.payToken(SHOP, 1000n));
    await story(ledger, 'o', ['payment.detected']);
    await chain.mine(3);
    await storyAtDepth(ledger, 'o', ['payment.detected', third, 'payment.settled']);
    await chain.reorg(3);
    const reorged = ['payment.detected', third, 'payment.settled', 'payment.reorged'];
    await storyAtDepth(ledger, 'o', reorged);
    expect((await ledger.order('main', 'o'))?.status).toBe('awaiting');
    await chain.send(raw);
    await storyAtDepth(ledger, 'o', [...reorged, 'payment.detected']);
    await chain.mine(3);
    await storyAtDepth(ledger, 'o', [...reorged, 'payment.detected', third, 'payment.settled']);
    const order = await ledger.order('main', 'o');
    expect(order?.payments).toHaveLength(1);
    expect(order?.received).toMatchObject([{ amount: '1000', symbol: 'USDC', decimals: 6 }]);
  });

  test('no event follows beyond the required depth', async () => {
    await ledger.place('o', orderPaidBy({ address: SHOP }));
    await chain.payCoins(SHOP, 1000n);
    await chain.mine(3);
    await storyAtDepth(ledger, 'o', ['payment.detected', third, 'payment.settled']);
    await chain.mine(2);
    await ledger.place('p', orderPaidBy({ address: OTHER }));
    await chain.payCoins(OTHER, 1000n);
    await storyAtDepth(ledger, 'p', ['payment.detected']);
    expect(depths(ledger.story('o')).slice(1)).toEqual([third, 'payment.settled']);
  });

  test('a block taken back without another in its place is reorged once the new branch is known', async () => {
    await ledger.place('o', orderPaidBy({ address: SHOP }));
    await chain.payCoins(SHOP, 1000n);
    await story(ledger, 'o', ['payment.detected']);
    await chain.mine(2);
    await storyAtDepth(ledger, 'o', ['payment.detected', second]);
    await chain.rollback(2);
    await chain.mine();
    await storyAtDepth(ledger, 'o', ['payment.detected', second, 'payment.reorged', 'payment.dropped']);
  });

  test('a reverted token transfer paid nothing', async () => {
    await ledger.place('o', inToken());
    await chain.callToken('transfer', [SHOP, 10n ** 30n]);
    await story(ledger, 'o', ['payment.detected']);
    await chain.mine();
    await story(ledger, 'o', ['payment.detected', 'payment.reverted']);
    const order = await ledger.order('main', 'o');
    expect([order?.status, order?.received]).toEqual(['awaiting', []]);
  });

  test('a token that answers without moving anything paid nothing', async () => {
    await chain.callToken('setPaused', [true]);
    await chain.mine();
    await ledger.place('o', inToken());
    await chain.payToken(SHOP, 1000n);
    await chain.mine();
    await story(ledger, 'o', ['payment.detected', 'payment.reverted']);
    expect(ledger.events.at(-1)?.data['reason']).toMatch(/moved nothing/);
  });

  test('of a token that takes a fee, what arrived counts', async () => {
    await chain.callToken('setFeePercent', [10]);
    await chain.mine();
    await ledger.place('o', inToken());
    await chain.payToken(SHOP, 1000n);
    await story(ledger, 'o', ['payment.detected']);
    expect((await ledger.order('main', 'o'))?.received[0]?.amount).toBe('1000');
    await chain.mine();
    await story(ledger, 'o', ['payment.detected', 'payment.detected', first]);
    expect((await ledger.order('main', 'o'))?.received[0]?.amount).toBe('900');
    expect((await ledger.order('main', 'o'))?.payments).toHaveLength(1);
  });

  test('a token that is not configured is shown as what it claims to be, and pays nothing', async () => {
    const real = chain.token;
    const fake = new TestChain(anvil);
    await fake.deployToken();
    expect(fake.token).not.toBe(real);
    await ledger.place('o', inToken());
    await fake.payToken(SHOP, 1000n);
    await chain.mine(3);
    await storyAtDepth(ledger, 'o', ['payment.detected', third, 'payment.settled']);
    const order = await ledger.order('main', 'o');
    expect(order?.payments).toMatchObject([
      { asset: `erc20:${fake.token.toLowerCase()}`, symbol: 'USDC', decimals: null, amount: '1000' },
    ]);
    expect([order?.status, order?.flags]).toEqual(['awaiting', ['wrong-asset']]);
  });

  test('one transaction that pays two orders, and one of them twice, is three payments', async () => {
    await ledger.place('o', inToken());
    await ledger.place('p', inToken(OTHER));
    await chain.callToken('transferMany', [[SHOP, OTHER, SHOP], 500n]);
    await chain.mine();
    await story(ledger, 'o', ['payment.detected', first, 'payment.detected', first]);
    await story(ledger, 'p', ['payment.detected', first]);
    const ids = ['o', 'p'].map(async (id) => (await ledger.order('main', id))?.payments.map((payment) => payment.id));
    expect(new Set((await Promise.all(ids)).flat()).size).toBe(3);
  });

  test('transferFrom names the one whose tokens they were', async () => {
    await chain.callToken('approve', [chain.payer(1), 1000n], 0);
    await chain.mine();
    await ledger.place('o', inToken());
    await chain.callToken('transferFrom', [chain.payer(0), SHOP, 1000n], 1);
    await story(ledger, 'o', ['payment.detected']);
    await chain.mine();
    await story(ledger, 'o', ['payment.detected', first]);
    expect((await ledger.order('main', 'o'))?.payments[0]?.from).toBe(chain.payer(0));
  });

  test('a payment that left the pool is dropped after a while, and is back when it is sent again', async () => {
    await ledger.place('o', orderPaidBy({ address: SHOP }));
    const hash = await chain.payCoins(SHOP, 1000n);
    await story(ledger, 'o', ['payment.detected']);
    const raw = await chain.raw(hash);
    await chain.drop(hash);
    await story(ledger, 'o', ['payment.detected', 'payment.dropped']);
    await chain.send(raw);
    await story(ledger, 'o', ['payment.detected', 'payment.dropped', 'payment.detected']);
    await chain.mine();
    await story(ledger, 'o', ['payment.detected', 'payment.dropped', 'payment.detected', first]);
  });

  test('a payment whose nonce another transaction took is replaced, also while the watcher was away', async () => {
    await ledger.place('o', orderPaidBy({ address: SHOP }));
    const nonce = await chain.nonce();
    const hash = await chain.payCoins(SHOP, 1000n);
    await story(ledger, 'o', ['payment.detected']);
    await watcher.close();
    const fee = 100_000_000_000n;
    const by = await chain.payCoins(OTHER, 1000n, 0, { nonce, maxFeePerGas: fee });
    await chain.mine();
    watcher = startWatcher(ledger, { rpc: [anvil[kind]] }, { trail });
    await story(ledger, 'o', ['payment.detected', 'payment.replaced']);
    const [payment] = (await ledger.order('main', 'o'))?.payments ?? [];
    expect([payment?.txHash, payment?.replacedBy]).toEqual([hash, by]);
  });

  test("a processor's payment with a hash of this chain is counted, reorged, and settled only by the processor", async () => {
    await ledger.place('o', orderPaidBy({ address: SHOP, chain: null }), 'cdc');
    const hash = await chain.payCoins(SHOP, 1000n);
    const raw = await chain.raw(hash);
    const payment = {
      ...{ id: 'cdc:1', chain: CHAIN, asset: 'native', symbol: 'ETH', decimals: 18, amount: '1000', txHash: hash },
      ...{ required: null, witness: 'processor' as const },
    };
    await ledger.say('cdc', 'o', { kind: 'payment.detected', data: { payment } });
    await chain.mine(3);
    await storyAtDepth(ledger, 'o', ['payment.detected', third]);
    await ledger.say('cdc', 'o', { kind: 'payment.settled', data: { paymentId: 'cdc:1' } });
    await chain.reorg(3, [[raw, 2]]);
    const reorged = ['payment.detected', third, 'payment.settled', 'payment.reorged', 'payment.detected', first];
    await storyAtDepth(ledger, 'o', reorged);
    await chain.mine(2);
    await storyAtDepth(ledger, 'o', [...reorged, third, 'payment.settled']);
    expect((await ledger.order('main', 'o'))?.payments).toHaveLength(1);
  });
});
