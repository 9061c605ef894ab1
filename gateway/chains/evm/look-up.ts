import { standing } from '../follow/canonical-chain.ts';
import type { CanonicalChain } from '../follow/canonical-chain.ts';
import type { LookedUp, Whereabouts } from '../follow/chain-kind.ts';
import type { ChainHeader } from '../follow/chain-node.ts';
import { NodeFailure } from '../follow/node-failure.ts';
import type { EvmAssets } from './assets.ts';
import { REVERTED, sightsInChain } from './matching.ts';
import { movementsOf } from './movements.ts';
import type { EvmNode, EvmReceipt, EvmTransaction } from './node.ts';
import { findByNonce } from './nonce-search.ts';
import type { QueueWatch } from './queue-watch.ts';
import type { Signed, Signers } from './signers.ts';
import type { TokenSymbols } from './token-symbols.ts';
import { troubleOf } from './trouble.ts';
import type { NextFee } from './trouble.ts';

export interface LookUpMeans {
  readonly assets: EvmAssets;
  readonly signers: Signers;
  readonly symbols: TokenSymbols;
  readonly queue: QueueWatch;
  readonly nextFee: NextFee;
}

/**
 * Asks a node for a transaction. An error in place of an answer, as nodes give while they index, is not "not found".
 * @throws NodeFailure when the node does not answer at all
 */
export async function lookUp(node: EvmNode, asked: LookedUp, means: LookUpMeans): Promise<Whereabouts> {
  try {
    const hash = (asked.payment.txHash ?? '').toLowerCase();
    const transaction = await node.transaction(hash);
    if (!transaction) return await vanished(node, asked, asked.payment.signed ?? means.signers.of(hash));
    means.signers.learn(transaction);
    return transaction.block
      ? await included(node, transaction, asked, means)
      : await waiting(node, transaction, asked, means);
  } catch (error) {
    if (error instanceof NodeFailure && error.answered) return { kind: 'unclear' };
    throw error;
  }
}

/**
 * In neither pool nor chain: a nonce that is used up says that another transaction has it. That one stands in a block that
 * was walked, so that what it pays is told already.
 */
async function vanished(
  node: EvmNode,
  { canonical, payment }: LookedUp,
  signed: Signed | undefined,
): Promise<Whereabouts> {
  if (!signed) return { kind: 'nowhere' };
  const signer = { by: signed.by.toLowerCase(), nonce: signed.nonce };
  if ((await node.nonce(signer.by, 'latest')) <= signer.nonce) return { kind: 'nowhere' };
  const found = await findByNonce(node, signer, canonical);
  if (!found) return { kind: 'nowhere' };
  if (found.transaction.hash === payment.txHash?.toLowerCase()) return { kind: 'unclear' };
  return { kind: 'replaced', by: found.transaction.hash, at: found.at, sights: [] };
}

async function waiting(
  node: EvmNode,
  transaction: EvmTransaction,
  { canonical, list, withMovements }: LookedUp,
  means: LookUpMeans,
): Promise<Whereabouts> {
  const trouble = await troubleOf(node, transaction, canonical.top?.number ?? 0, means);
  if (trouble !== 'taken') {
    const movements = withMovements && (await movementsOf(node, { transaction, receipt: null }, list, means.assets));
    return { kind: 'pool', trouble, ...(movements && { movements }) };
  }
  const found = await findByNonce(node, { by: transaction.from, nonce: transaction.nonce }, canonical);
  // Mined in between: the walk will say so.
  if (!found || found.transaction.hash === transaction.hash) return { kind: 'unclear' };
  return { kind: 'replaced', by: found.transaction.hash, at: found.at, sights: [] };
}

async function included(
  node: EvmNode,
  transaction: EvmTransaction,
  { canonical, list, withMovements }: LookedUp,
  { assets, symbols }: LookUpMeans,
): Promise<Whereabouts> {
  const receipt = await node.receipt(transaction.hash);
  const header = receipt && (await headerOf(node, receipt, canonical));
  if (!receipt || !header) return { kind: 'unclear' };
  const { block, logs, succeeded } = receipt;
  await symbols.learn(node, logs, list, assets.tokens);
  const failed = succeeded ? {} : { failed: REVERTED };
  const sights = sightsInChain({ transaction, succeeded, logs, block, at: header.at }, list, assets, symbols);
  const movements = withMovements && (await movementsOf(node, { transaction, receipt }, list, assets));
  return { kind: 'mined', mined: { block, at: header.at, ...failed }, sights, ...(movements && { movements }) };
}

/** The header of a receipt's block, where that block holds; a block below the walked ones holds by the node's word. */
async function headerOf(node: EvmNode, { block }: EvmReceipt, chain: CanonicalChain): Promise<ChainHeader | null> {
  if (standing(chain, block) === 'orphaned') return null;
  const header = await node.header(block.number);
  return header?.hash === block.hash ? header : null;
}
