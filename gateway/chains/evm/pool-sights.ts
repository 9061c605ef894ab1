import type { PoolSights } from '../follow/chain-kind.ts';
import { inBatches } from '../follow/in-batches.ts';
import { NodeFailure } from '../follow/node-failure.ts';
import type { Replaced } from '../follow/sight.ts';
import type { WatchList } from '../follow/watch-list.ts';
import type { EvmAssets } from './assets.ts';
import { sightsInPool } from './matching.ts';
import type { EvmNode, EvmTransaction } from './node.ts';
import { replacedBy } from './replaced.ts';
import type { Signers } from './signers.ts';

const AT_ONCE = 8;

/** What came into the pool: payments, and what outbids payments. @throws NodeFailure when the node is gone */
export async function poolSights(
  node: EvmNode,
  waiting: readonly (EvmTransaction | string)[],
  list: WatchList,
  { assets, signers }: { readonly assets: EvmAssets; readonly signers: Signers },
): Promise<PoolSights> {
  const read = await inBatches(waiting, AT_ONCE, async (each) => {
    const transaction = typeof each === 'string' ? await transactionOrNone(node, each) : each;
    const found = transaction ? sightsInPool(transaction, list, assets) : [];
    // Some nodes name a block for what is still in the pool, others show the newest block in its place.
    const known = transaction && found.length > 0 && (!transaction.block || (await isPending(node, transaction)));
    if (known) signers.learn(transaction);
    return { transactions: transaction ? [transaction] : [], sights: known ? found : [] };
  });
  const outbid = replacedBy(
    read.flatMap(({ transactions }) => transactions),
    list,
    signers,
    null,
  );
  const gone = await inBatches(outbid, AT_ONCE, async (each) => ((await isGone(node, each)) ? [each] : []));
  return { sights: read.flatMap(({ sights }) => sights), replaced: gone.flat() };
}

/** A pool holds one transaction for a nonce; while it still shows the older one, neither has won. */
async function isGone(node: EvmNode, { payment }: Replaced): Promise<boolean> {
  try {
    return (await node.transaction((payment.txHash ?? '').toLowerCase())) === null;
  } catch (error) {
    if (error instanceof NodeFailure && error.answered) return false;
    throw error;
  }
}

async function isPending(node: EvmNode, { hash }: EvmTransaction): Promise<boolean> {
  const transaction = await transactionOrNone(node, hash);
  return transaction !== null && transaction.block === null;
}

/** An error in place of a transaction says nothing of it; its block will. */
async function transactionOrNone(node: EvmNode, hash: string): Promise<EvmTransaction | null> {
  try {
    return await node.transaction(hash);
  } catch (error) {
    if (error instanceof NodeFailure && error.answered) return null;
    throw error;
  }
}
