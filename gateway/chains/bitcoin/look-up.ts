import type { TransactionTrouble } from '../../observations.ts';
import { standing } from '../follow/canonical-chain.ts';
import type { LookedUp, Whereabouts } from '../follow/chain-kind.ts';
import { NodeFailure } from '../follow/node-failure.ts';
import { sightsOf } from './matching.ts';
import { movementsOf } from './movements.ts';
import type { BitcoinNetwork } from './network.ts';
import type { BitcoinAssets } from './matching.ts';
import type { BitcoinFees, BitcoinNode, Located } from './node.ts';
import type { Spends } from './spends.ts';

export interface LookUpMeans {
  readonly assets: BitcoinAssets;
  readonly network: BitcoinNetwork;
  readonly spends: Spends;
  readonly fees: () => Promise<BitcoinFees | null>;
}

/** Enough to find a rival; a payment that gathers hundreds of coins has hundreds of inputs. */
const MOST_INPUTS = 8;

/** Asks a node for a payment's transaction. @throws NodeFailure when the node does not answer at all */
export async function lookUp(node: BitcoinNode, asked: LookedUp, means: LookUpMeans): Promise<Whereabouts> {
  try {
    const txid = (asked.payment.txHash ?? '').toLowerCase();
    const found = await node.transaction(txid);
    if (found === null || found === 'unindexed') return await vanished(node, asked, found, means);
    means.spends.learn(found.transaction);
    return found.block ? included(found, found.block, asked, means) : await waiting(found, asked, means);
  } catch (error) {
    if (error instanceof NodeFailure && error.answered) return { kind: 'unclear' };
    throw error;
  }
}

/**
 * Not found: another transaction may have spent what it spends. Where a node looked through its pool alone, that is an
 * answer for a payment that was seen there, and whose block would have been read; for a processor's it is none.
 */
async function vanished(
  node: BitcoinNode,
  asked: LookedUp,
  found: null | 'unindexed',
  means: LookUpMeans,
): Promise<Whereabouts> {
  const { payment } = asked;
  for (const input of means.spends.of(payment).slice(0, MOST_INPUTS)) {
    const by = await node.spenderOf(input);
    if (by !== null && by !== payment.txHash?.toLowerCase()) return replaced(node, by, asked, means);
  }
  return found === 'unindexed' && payment.witness === 'processor' ? { kind: 'unclear' } : { kind: 'nowhere' };
}

/** A rival that is gone again has not won; one in a block that this node does not look into is read with that block. */
async function replaced(node: BitcoinNode, by: string, asked: LookedUp, means: LookUpMeans): Promise<Whereabouts> {
  const rival = await node.transaction(by);
  if (rival === null) return { kind: 'unclear' };
  if (rival === 'unindexed') return { kind: 'replaced', by, at: null, sights: [] };
  if (rival.block) {
    const where = included(rival, rival.block, asked, means);
    return where.kind === 'mined' ? { kind: 'replaced', by, at: where.mined.at, sights: where.sights } : where;
  }
  const sights = sightsOf(rival.transaction, asked.list, means.assets, null);
  if (sights.length > 0) means.spends.learn(rival.transaction);
  return { kind: 'replaced', by, at: null, sights };
}

function included(
  { transaction }: Located,
  { at, hash, number }: NonNullable<Located['block']>,
  { canonical, list, withMovements }: LookedUp,
  { assets, network }: LookUpMeans,
): Whereabouts {
  const block = { number, hash };
  if (standing(canonical, block) === 'orphaned') return { kind: 'unclear' };
  const mined = { block, at };
  const movements = withMovements && movementsOf(transaction, list, network);
  return { kind: 'mined', mined, sights: sightsOf(transaction, list, assets, mined), ...(movements && { movements }) };
}

async function waiting(
  { bid, transaction }: Located,
  { list, withMovements }: LookedUp,
  means: LookUpMeans,
): Promise<Whereabouts> {
  const asked = bid === null ? null : await means.fees();
  const trouble = bid !== null && asked ? troubleOf(bid, asked) : null;
  const movements = withMovements && movementsOf(transaction, list, means.network);
  return { kind: 'pool', trouble, ...(movements && { movements }) };
}

/** Slow is not stuck: what is not expected within an hour is said to bid too little. */
function troubleOf(bid: number, { hour }: BitcoinFees): TransactionTrouble | null {
  return bid < hour ? { kind: 'fee-too-low', bid: rateText(bid), asked: rateText(hour) } : null;
}

/** Satoshi per virtual byte, with at most two decimals. */
export function rateText(rate: number): string {
  return String(Math.round(rate * 100) / 100);
}
