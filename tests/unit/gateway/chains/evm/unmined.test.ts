import { beforeEach, describe, expect, test } from 'vitest';
import { evmAssets } from '../../../../../gateway/chains/evm/assets.ts';
import { canonicalChain } from '../../../../../gateway/chains/evm/canonical-chain.ts';
import type { Whereabouts } from '../../../../../gateway/chains/evm/look-up.ts';
import { answeredWithError, RpcFailure } from '../../../../../gateway/chains/evm/rpc.ts';
import { Signers } from '../../../../../gateway/chains/evm/signers.ts';
import { evmTimings } from '../../../../../gateway/chains/evm/timings.ts';
import { Unmined } from '../../../../../gateway/chains/evm/unmined.ts';
import { Watched } from '../../../../../gateway/chains/evm/watched.ts';
import { orderPaidBy } from '../../../../support/anvil/chain-orders.ts';
import { MemoryLedger } from '../../../../support/anvil/memory-ledger.ts';
import { PAYEE, PretendNode, coins, hashOf } from '../../../../support/anvil/pretend-node.ts';
import { CHAIN, Hearing } from '../../../../support/anvil/watcher-desk.ts';

const START = 1_700_000_000_000;
const MINUTE = 60_000;

describe('payments that no block holds', () => {
  let ledger: MemoryLedger;
  let node: PretendNode;
  let unmined: Unmined;
  let second: Whereabouts | undefined;
  let now: number;

  beforeEach(async () => {
    [now, second] = [0, undefined];
    ledger = new MemoryLedger(() => START);
    node = new PretendNode(START);
    await ledger.place('o', orderPaidBy({ address: PAYEE, chain: null }), 'cdc');
    const payment = {
      ...{ id: 'p', chain: CHAIN, asset: 'native', symbol: 'ETH', decimals: 18, amount: '1000' },
      ...{ txHash: hashOf('tx', 1), required: null, witness: 'processor' as const },
    };
    await ledger.say('cdc', 'o', { kind: 'payment.detected', data: { payment } });
    unmined = new Unmined({
      assets: evmAssets({ id: CHAIN, tokens: [], confirmations: 3 }),
      watched: new Watched({ ledger, chain: CHAIN, now: () => now, onOrders: () => undefined }),
      signers: new Signers(),
      timings: evmTimings(undefined, { recheckMs: MINUTE, dropAfterMs: 10 * MINUTE }),
      now: () => now,
      log: new Hearing().log,
      secondOpinion: async () => second,
    });
  });

  /** Looks once, so many minutes later. */
  async function check(minutes = 1): Promise<string[]> {
    now += minutes * MINUTE;
    const canonical = canonicalChain(node.blocks);
    await unmined.check(node, { chain: CHAIN, canonical, at: START, required: 3, countTo: 3 });
    return ledger.story('o').slice(1);
  }

  test('one that is nowhere is dropped when it was so for long, and not before', async () => {
    expect(await check()).toEqual([]);
    expect(await check(9)).toEqual([]);
    expect(await check(1)).toEqual(['payment.dropped']);
    expect(ledger.events.at(-1)?.data['reason']).toBe('In neither pool nor chain for 10 min.');
    expect(await check(20)).toEqual(['payment.dropped']);
  });

  test('being seen in between starts the waiting anew', async () => {
    await check();
    node.pool.set(hashOf('tx', 1), coins(1));
    await check(6);
    node.pool.clear();
    expect(await check(6)).toEqual([]);
    expect(await check(10)).toEqual(['payment.dropped']);
  });

  test('an error, as nodes give while they index, is not "nowhere"', async () => {
    for (let n = 0; n < 30; n += 1) {
      node.failures.push(answeredWithError(-32000, 'eth_getTransactionByHash'));
      expect(await check()).toEqual([]);
    }
  });

  test('a node that is gone is not taken for an answer', async () => {
    node.failures.push(new RpcFailure('cannot be reached'));
    await expect(check()).rejects.toThrow('cannot be reached');
  });

  test('a second node that knows it keeps it', async () => {
    second = { kind: 'pool', transaction: coins(1) };
    await check();
    expect(await check(20)).toEqual([]);
    second = { kind: 'nowhere' };
    expect(await check()).toEqual(['payment.dropped']);
    expect(ledger.events.at(-1)?.data['reason']).toMatch(/of two nodes/);
  });

  test('one that is mined is counted, one that comes back is seen again', async () => {
    await check();
    await check(10);
    node.pool.set(hashOf('tx', 1), coins(1));
    expect(await check()).toEqual(['payment.dropped', 'payment.detected']);
    node.mine([coins(1)]);
    expect((await check()).at(-1)).toBe('payment.confirmations 1');
  });

  test('one that was mined and reverted paid nothing', async () => {
    node.reverted.add(hashOf('tx', 1));
    node.mine([coins(1)]);
    expect(await check()).toEqual(['payment.reverted']);
    expect(await check()).toEqual(['payment.reverted']);
  });

  test('a receipt in a block that was not walked yet is waited for', async () => {
    node.mine([coins(1)]);
    const canonical = canonicalChain(node.blocks.slice(0, 1));
    await unmined.check(node, { chain: CHAIN, canonical, at: START, required: 3, countTo: 3 });
    expect(ledger.story('o')).toEqual(['payment.detected']);
  });

  test('nobody is asked twice within a while, unless it is asked for', async () => {
    let asked = 0;
    node.transaction = async () => {
      asked += 1;
      return null;
    };
    await check();
    await check(0.5);
    expect(asked).toBe(1);
    unmined.hurry(['p']);
    await check(0);
    expect(asked).toBe(2);
  });
});
