import { describe, expect, test } from 'vitest';
import { evmAssets } from '../../../../../gateway/chains/evm/assets.ts';
import { evmForm } from '../../../../../gateway/chains/evm/evm-kind.ts';
import { lookBack } from '../../../../../gateway/chains/evm/look-back.ts';
import type { EvmLog } from '../../../../../gateway/chains/evm/node.ts';
import { answeredWithError } from '../../../../../gateway/chains/evm/rpc.ts';
import { TokenSymbols } from '../../../../../gateway/chains/evm/token-symbols.ts';
import { NodeFailure } from '../../../../../gateway/chains/follow/node-failure.ts';
import { OrderWatchList } from '../../../../../gateway/chains/follow/watch-list.ts';
import { orderPaidBy } from '../../../../support/anvil/chain-orders.ts';
import { MemoryLedger } from '../../../../support/anvil/memory-ledger.ts';
import { PAYEE, PretendNode, STRANGER, TOKEN, coins, transferLog } from '../../../../support/anvil/pretend-node.ts';
import { CHAIN } from '../../../../support/anvil/watcher-desk.ts';

const START = 1_700_000_000_000;
const assets = evmAssets({ id: CHAIN, tokens: [{ symbol: 'USDC', address: TOKEN, decimals: 6 }], confirmations: 3 });

/** A provider that answers with the logs of so many blocks at a time, and no more. */
class LimitedNode extends PretendNode {
  most = 1_000;
  readonly asked: number[] = [];

  override async transfersBetween({ from, to }: { from: number; to: number }): Promise<readonly EvmLog[]> {
    this.asked.push(to - from + 1);
    if (to - from + 1 > this.most) throw answeredWithError(-32005, 'eth_getLogs');
    return this.blocks
      .slice(from, to + 1)
      .flatMap(({ transactions }) => transactions.flatMap(({ hash, block }) => logsOf(hash, block?.number)));
  }

  override async receipt(hash: string) {
    const receipt = await super.receipt(hash);
    return receipt && { ...receipt, logs: logsOf(hash) };
  }
}

function logsOf(hash: string, number = 1): EvmLog[] {
  return [transferLog(hash, { block: { number, hash: 'its own' } })];
}

async function found(node: PretendNode, to = node.blocks.length - 1): Promise<(string | null)[]> {
  const ledger = new MemoryLedger(() => START);
  await ledger.place('o', orderPaidBy({ address: PAYEE }, { createdAt: START }));
  const list = new OrderWatchList(evmForm(CHAIN), await ledger.watchedOrders(CHAIN));
  const sights = await lookBack(node, { from: 0, to }, list, assets, new TokenSymbols());
  return sights.map(({ fact }) => fact.txHash);
}

/** Contract calls that pay a token, here and there among so many blocks. */
function chainOf(blocks: number, ...paidIn: readonly number[]): { node: LimitedNode; hashes: string[] } {
  const node = new LimitedNode(START);
  const calls = paidIn.map((n) => coins(n, { to: STRANGER, value: 0n }));
  for (let n = 1; n <= blocks; n += 1) node.mine(calls.filter(({ nonce }) => nonce === n));
  return { node, hashes: calls.map(({ hash }) => hash) };
}

describe('looking back by logs', () => {
  test.each([1_000, 500, 100, 10, 5])('finds all of a provider that gives %s blocks at a time', async (most) => {
    const { node, hashes } = chainOf(600, 3, 4, 99, 100, 599);
    node.most = most;
    expect(await found(node)).toEqual(hashes);
    expect(node.asked.filter((blocks) => blocks > most).length).toBeLessThanOrEqual(6);
  });

  test('asks for no more than it is worth, and for the newest first', async () => {
    const { node, hashes } = chainOf(3_000, 1, 2_900);
    node.most = 5;
    expect(await found(node)).toEqual([hashes[1]]);
    expect(node.asked.length).toBeLessThanOrEqual(200);
  });

  test('a node that refuses the least, or does not answer, fails', async () => {
    const { node } = chainOf(20, 3);
    node.most = 1;
    await expect(found(node)).rejects.toThrow('answered eth_getLogs with error -32005');
    node.transfersBetween = async () => Promise.reject(new NodeFailure('cannot be reached'));
    await expect(found(node)).rejects.toThrow('cannot be reached');
  });
});
