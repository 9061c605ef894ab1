import { ChainMoved } from '../follow/chain-moved.ts';
import type { Sight } from '../follow/sight.ts';
import type { WatchList } from '../follow/watch-list.ts';
import type { EvmAssets } from './assets.ts';
import { transferOfLog } from './erc20.ts';
import { meansToPay, sightsInChain } from './matching.ts';
import type { EvmBlock, EvmLog, EvmNode, EvmReceipt, EvmTransaction } from './node.ts';
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
    const { logs: moves, succeeded } = own.length > 0 ? provenBy(own) : await receiptOf(node, transaction, block);
    const included = { transaction, succeeded, logs: moves, block: refOf(block), at: block.at };
    sights.push(...sightsInChain(included, list, assets, symbols));
  }
  return sights;
}

type Outcome = Pick<EvmReceipt, 'logs' | 'succeeded'>;

/** A log proves that a transaction succeeded. */
function provenBy(logs: readonly EvmLog[]): Outcome {
  return { logs, succeeded: true };
}

/**
 * Without a log the receipt has to say what became of a transaction, its own logs included: some nodes answer that a block
 * has none while they do not have them yet.
 */
async function receiptOf(node: EvmNode, transaction: EvmTransaction, block: EvmBlock): Promise<Outcome> {
  const receipt = await node.receipt(transaction.hash);
  if (receipt?.block.hash !== block.hash) throw new ChainMoved();
  return receipt;
}

function refOf({ number, hash }: { number: number; hash: string }): { number: number; hash: string } {
  return { number, hash };
}
