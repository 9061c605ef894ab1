import { encodeFunctionData, erc20Abi } from 'viem';
import { describe, expect, test } from 'vitest';
import { evmAssets } from '../../../../../gateway/chains/evm/assets.ts';
import { sightsOfBlock } from '../../../../../gateway/chains/evm/block-reader.ts';
import { evmForm } from '../../../../../gateway/chains/evm/evm-kind.ts';
import type { EvmLog } from '../../../../../gateway/chains/evm/node.ts';
import { TokenSymbols } from '../../../../../gateway/chains/evm/token-symbols.ts';
import { ChainMoved } from '../../../../../gateway/chains/follow/chain-moved.ts';
import { OrderWatchList } from '../../../../../gateway/chains/follow/watch-list.ts';
import { orderPaidBy } from '../../../../support/anvil/chain-orders.ts';
import { MemoryLedger } from '../../../../support/anvil/memory-ledger.ts';
import { PAYEE, PretendNode, TOKEN, coins, transferLog } from '../../../../support/anvil/pretend-node.ts';
import { CHAIN } from '../../../../support/anvil/watcher-desk.ts';

const START = 1_700_000_000_000;
const assets = evmAssets({ id: CHAIN, tokens: [{ symbol: 'USDC', address: TOKEN, decimals: 6 }], confirmations: 3 });
const args = [PAYEE as `0x${string}`, 1000n] as const;
const call = coins(1, {
  to: TOKEN,
  value: 0n,
  input: encodeFunctionData({ abi: erc20Abi, functionName: 'transfer', args }),
});

/** A node that answers that a block has no logs, though its receipts have these; `receipt` may be another block's. */
class ForgetfulNode extends PretendNode {
  logs: readonly EvmLog[] = [];
  isLate = false;

  override async receipt(hash: string) {
    const receipt = await super.receipt(hash);
    if (!receipt || this.isLate) return null;
    return { ...receipt, logs: this.logs };
  }
}

async function read(node: PretendNode) {
  const ledger = new MemoryLedger(() => START);
  await ledger.place('o', orderPaidBy({ address: PAYEE }, { createdAt: START }));
  const list = new OrderWatchList(evmForm(CHAIN), await ledger.watchedOrders(CHAIN));
  const sights = await sightsOfBlock(node, node.blocks.at(-1)!, list, assets, new TokenSymbols());
  return sights.map(({ fact, mined }) => [fact.asset, fact.amount, mined?.failed]);
}

describe('the payments of a block', () => {
  test('a token payment whose log a node does not list yet is paid, by its receipt', async () => {
    const node = new ForgetfulNode(START);
    node.mine([call]);
    node.logs = [transferLog(call.hash, {})];
    expect(await read(node)).toEqual([[`erc20:${TOKEN}`, '1000', undefined]]);
  });

  test('only where its receipt has no log either, the token moved nothing', async () => {
    const node = new ForgetfulNode(START);
    node.mine([call]);
    expect(await read(node)).toEqual([[`erc20:${TOKEN}`, '1000', expect.stringContaining('moved nothing')]]);
  });

  test('a block before its receipts is read again', async () => {
    const node = new ForgetfulNode(START);
    node.mine([coins(1)]);
    node.isLate = true;
    await expect(read(node)).rejects.toThrow(ChainMoved);
  });
});
