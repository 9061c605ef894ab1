import type { PoolSights } from '../follow/chain-kind.ts';
import { inBatches } from '../follow/in-batches.ts';
import { NodeFailure } from '../follow/node-failure.ts';
import type { Replaced, Sight } from '../follow/sight.ts';
import type { WatchList } from '../follow/watch-list.ts';
import type { EvmAssets } from './assets.ts';
import { sightsInPool } from './matching.ts';
import type { EvmNode, EvmTransaction } from './node.ts';
import { sightsOfNewcomers, withoutRivals } from '../follow/rivals.ts';
import type { Newcomer } from '../follow/rivals.ts';
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
    return transaction ? [{ transaction, sights: known ? found : [] }] : [];
  });
  const came = read.flat();
  const outbid = replacedBy(
    came.map(({ transaction }) => transaction),
    list,
    signers,
    null,
  );
  const hashOf = ({ payment }: Replaced): string => (payment.txHash ?? '').toLowerCase();
  const gone = await inBatches(outbid, AT_ONCE, async (each) => ((await isShown(node, hashOf(each))) ? [] : [each]));
  const sights = await sightsOfNewcomers(came.map(newcomerOf), (hash) => isShown(node, hash));
  return { sights: withoutRivals(sights, outbid, gone.flat()), replaced: gone.flat() };
}

function newcomerOf({ sights, transaction }: { sights: readonly Sight[]; transaction: EvmTransaction }): Newcomer {
  return { hash: transaction.hash, spends: [`${transaction.from} ${transaction.nonce}`], sights };
}

/** A pool holds one transaction for a nonce; while it still shows the older one, neither has won. */
async function isShown(node: EvmNode, hash: string): Promise<boolean> {
  try {
    return (await node.transaction(hash)) !== null;
  } catch (error) {
    if (error instanceof NodeFailure && error.answered) return true;
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
