import { ChainMoved } from '../follow/chain-moved.ts';
import type { Sight } from '../follow/sight.ts';
import type { WatchList } from '../follow/watch-list.ts';
import type { EvmAssets } from './assets.ts';
import { transferOfLog } from './erc20.ts';
import { meansToPay, sightsInChain } from './matching.ts';
import type { EvmBlock, EvmNode, EvmTransaction } from './node.ts';
import type { TokenSymbols } from './token-symbols.ts';

/** Up to so many recipients are named when asking for a block's transfers; beyond, all of the block are asked for. */
const MOST_RECIPIENTS = 200;

/** The payments of one block: by its transactions, the tokens' logs, and the receipts that decide. */
export async function sightsOfBlock(
  node: EvmNode,
  block: EvmBlock,
  list: WatchList,
  assets: EvmAssets,
  symbols: TokenSymbols,
): Promise<Sight[]> {
  if (list.size === 0 || block.transactions.length === 0) return [];
  const logs = await node.transfersIn(block.hash, list.size <= MOST_RECIPIENTS ? list.keys() : null);
  await symbols.learn(node, logs, list, assets.tokens);
  const byTransaction = Map.groupBy(logs, ({ transactionHash }) => transactionHash);
  const sights: Sight[] = [];
  for (const transaction of block.transactions) {
    const own = byTransaction.get(transaction.hash) ?? [];
    const moved = own.some((log) => list.has(transferOfLog(log)?.to ?? ''));
    if (!moved && !meansToPay(transaction, list, assets)) continue;
    const succeeded = own.length > 0 || (await receiptOf(node, transaction, block));
    const included = { transaction, succeeded, logs: own, block: refOf(block), at: block.at };
    sights.push(...sightsInChain(included, list, assets, symbols));
  }
  return sights;
}

/** A log proves that a transaction succeeded; without one its receipt has to say it. */
async function receiptOf(node: EvmNode, transaction: EvmTransaction, block: EvmBlock): Promise<boolean> {
  const receipt = await node.receipt(transaction.hash);
  if (receipt?.block.hash !== block.hash) throw new ChainMoved();
  return receipt.succeeded;
}

function refOf({ number, hash }: { number: number; hash: string }): { number: number; hash: string } {
  return { number, hash };
}
