import { standing } from './canonical-chain.ts';
import type { CanonicalChain } from './canonical-chain.ts';
import type { EvmHeader, EvmNode, EvmReceipt, EvmTransaction } from './node.ts';
import { RpcFailure } from './rpc.ts';

/** Where a transaction is. */
export type Whereabouts =
  | { readonly kind: 'mined'; readonly transaction: EvmTransaction; readonly receipt: EvmReceipt; readonly at: number }
  | { readonly kind: 'pool'; readonly transaction: EvmTransaction }
  /** In neither pool nor chain. */
  | { readonly kind: 'nowhere' }
  /** The node cannot say yet, or says what the walked chain does not hold yet. */
  | { readonly kind: 'unclear' };

/**
 * Asks a node for a transaction. An error in place of an answer, as nodes give while they index, is not "not found".
 * @throws RpcFailure when the node does not answer at all
 */
export async function lookUp(node: EvmNode, hash: string, chain: CanonicalChain): Promise<Whereabouts> {
  try {
    const transaction = await node.transaction(hash);
    if (!transaction) return { kind: 'nowhere' };
    if (!transaction.block) return { kind: 'pool', transaction };
    const receipt = await node.receipt(hash);
    if (!receipt) return { kind: 'unclear' };
    const header = await headerOf(node, receipt, chain);
    return header ? { kind: 'mined', transaction, receipt, at: header.at } : { kind: 'unclear' };
  } catch (error) {
    if (error instanceof RpcFailure && error.answered) return { kind: 'unclear' };
    throw error;
  }
}

/** The header of a receipt's block, where that block holds; a block below the walked ones holds by the node's word. */
async function headerOf(node: EvmNode, { block }: EvmReceipt, chain: CanonicalChain): Promise<EvmHeader | null> {
  if (standing(chain, block) === 'orphaned') return null;
  const header = await node.header(block.number);
  return header?.hash === block.hash ? header : null;
}
