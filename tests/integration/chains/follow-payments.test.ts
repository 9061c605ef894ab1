import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Address } from 'viem';
import type { OrderFact, PayOption } from '../../../contract/order.ts';
import type { Closeable } from '../../../gateway/ledger.ts';
import { MemoryLedger } from '../../support/anvil/memory-ledger.ts';
import { anvilBinary, startAnvil } from '../../support/anvil/start-anvil.ts';
import type { Anvil } from '../../support/anvil/start-anvil.ts';
import { TestChain } from '../../support/anvil/test-chain.ts';
import { CHAIN, startWatcher } from '../../support/anvil/watcher-desk.ts';

const SHOP: Address = '0x1111111111111111111111111111111111111111';

function orderOf(option: Partial<PayOption>): OrderFact {
  const now = Date.now();
  const pay = { chain: CHAIN, asset: 'native', symbol: 'ETH', decimals: 18, address: SHOP, amount: '1000', ...option };
  return {
    sourceRef: 'ref',
    reference: 'A-1',
    price: { currency: 'USD', amount: '1' },
    pay: [pay],
    createdAt: now,
    expiresAt: now + 900_000,
    graceUntil: now + 4_500_000,
    live: true,
  };
}

async function story(ledger: MemoryLedger, order: string, expected: readonly string[]): Promise<void> {
  await vi.waitFor(() => expect(ledger.story(order)).toEqual(expected), { timeout: 8_000, interval: 20 });
}

describe.skipIf(anvilBinary() === null).each(['http', 'ws'] as const)('a payment over %s', (kind) => {
  let anvil: Anvil;
  let chain: TestChain;
  let ledger: MemoryLedger;
  let watcher: Closeable;

  beforeEach(async () => {
    anvil = await startAnvil();
    chain = new TestChain(anvil);
    await chain.deployToken();
    ledger = new MemoryLedger();
    const tokens = [{ symbol: 'USDC', address: chain.token, decimals: 6 }];
    watcher = startWatcher(ledger, { rpc: [anvil[kind]], tokens });
  });

  afterEach(async () => {
    await watcher.close();
    await anvil.stop();
  });

  test('in coins goes from the pool to the required depth, is reorged and confirmed again', async () => {
    await ledger.place('o', orderOf({}));
    const hash = await chain.payCoins(SHOP, 1000n);
    await story(ledger, 'o', ['payment.detected']);
    await chain.mine();
    await story(ledger, 'o', ['payment.detected', 'payment.confirmations 1']);
    const raw = await chain.raw(hash);
    await chain.mine();
    await story(ledger, 'o', ['payment.detected', 'payment.confirmations 1', 'payment.confirmations 2']);
    await chain.reorg(2, [[raw, 1]]);
    const reorged = ['payment.reorged', 'payment.detected', 'payment.confirmations 1'];
    const before = ['payment.detected', 'payment.confirmations 1', 'payment.confirmations 2', ...reorged];
    await story(ledger, 'o', before);
    await chain.mine();
    await story(ledger, 'o', [...before, 'payment.confirmations 2']);
    await chain.mine();
    await story(ledger, 'o', [...before, 'payment.confirmations 2', 'payment.confirmations 3', 'payment.settled']);
    expect((await ledger.order('main', 'o'))?.status).toBe('paid');
    expect((await ledger.order('main', 'o'))?.payments).toHaveLength(1);
  });
});
