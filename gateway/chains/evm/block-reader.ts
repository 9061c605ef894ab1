import { sightsInChain, meansToPay } from './matching.ts';
import type { Sight } from './matching.ts';
import type { EvmAssets } from './assets.ts';
import type { EvmBlock, EvmNode, EvmTransaction } from './node.ts';
import { transferOfLog } from './erc20.ts';
import { ChainMoved } from './chain-moved.ts';
import type { WatchList } from './watch-list.ts';

/** The payments of one block: by its transactions, the tokens' logs, and the receipts that decide. */
export async function sightsOfBlock(
  node: EvmNode,
  block: EvmBlock,
  list: WatchList,
  assets: EvmAssets,
): Promise<Sight[]> {
  if (list.addresses.size === 0) return [];
  const logs = assets.tokens.size > 0 ? await node.transfersIn(block.hash, [...assets.tokens.keys()]) : [];
  const byTransaction = Map.groupBy(logs, ({ transactionHash }) => transactionHash);
  const sights: Sight[] = [];
  for (const transaction of block.transactions) {
    const own = byTransaction.get(transaction.hash) ?? [];
    const moved = own.some((log) => list.addresses.has(transferOfLog(log)?.to ?? ''));
    if (!moved && !meansToPay(transaction, list, assets)) continue;
    const succeeded = own.length > 0 || (await receiptOf(node, transaction, block));
    sights.push(
      ...sightsInChain({ transaction, succeeded, logs: own, block: refOf(block), at: block.at }, list, assets),
    );
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
