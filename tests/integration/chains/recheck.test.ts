import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Address } from 'viem';
import type { Closeable } from '../../../gateway/ledger.ts';
import { isRecheckable } from '../../../gateway/recheck.ts';
import type { Recheckable } from '../../../gateway/recheck.ts';
import { orderPaidBy } from '../../support/anvil/chain-orders.ts';
import { MemoryLedger } from '../../support/anvil/memory-ledger.ts';
import { anvilBinary, startAnvil } from '../../support/anvil/start-anvil.ts';
import type { Anvil } from '../../support/anvil/start-anvil.ts';
import { TestChain } from '../../support/anvil/test-chain.ts';
import { startWatcher } from '../../support/anvil/watcher-desk.ts';

const SHOP: Address = '0x1111111111111111111111111111111111111111';

describe.skipIf(anvilBinary() === null)('[DG8] a chain that is asked to look now', () => {
  let anvil: Anvil;
  let ledger: MemoryLedger;
  let watcher: Closeable & Recheckable;

  beforeEach(async () => {
    anvil = await startAnvil();
    ledger = new MemoryLedger();
    // Nothing is looked at by itself: without a subscription, and a minute between two polls.
    const timings = { pollMs: 60_000, timeoutMs: 10_000 };
    const started = startWatcher(ledger, { rpc: [anvil.http], timings });
    if (!isRecheckable(started)) throw new Error('a chain can be asked to look');
    watcher = started;
  });

  afterEach(async () => {
    await watcher.close();
    await anvil.stop();
  });

  const order = async () => {
    const held = await ledger.order('main', 'o');
    if (!held) throw new Error('there is no order');
    return held;
  };

  test('has looked, and told what it found, when it answers', async () => {
    await ledger.place('o', orderPaidBy({ address: SHOP }));
    await watcher.recheck(await order());
    const chain = new TestChain(anvil);
    await chain.payCoins(SHOP, 1000n);
    await chain.mine();
    expect((await order()).payments).toEqual([]);
    await watcher.recheck(await order());
    expect((await order()).payments).toMatchObject([{ state: 'confirming', confirmations: 1 }]);
  });

  test('says so where no node answers, and when it is closed', async () => {
    await ledger.place('o', orderPaidBy({ address: SHOP }));
    await watcher.recheck(await order());
    await anvil.stop();
    await expect(watcher.recheck(await order())).rejects.toThrow('127.0.0.1');
    const asked = watcher.recheck(await order());
    asked.catch(() => undefined);
    await watcher.close();
    await expect(asked).rejects.toThrow();
    await expect(watcher.recheck(await order())).rejects.toThrow('closing');
  });
});
