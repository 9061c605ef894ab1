import type { CanonicalChain } from '../follow/canonical-chain.ts';
import { NodeFailure } from '../follow/node-failure.ts';
import type { EvmNode, EvmTransaction } from './node.ts';
import type { Signed } from './signers.ts';

/**
 * The mined transaction that took a signer's nonce, found by bisection over the walked blocks: some ten questions.
 * @returns null where it stands below them, or the node no longer knows the accounts of that time
 * @throws NodeFailure when the node does not answer at all
 */
export async function findByNonce(
  node: EvmNode,
  { by, nonce }: Signed,
  { bottom, top }: CanonicalChain,
): Promise<{ readonly transaction: EvmTransaction; readonly at: number } | null> {
  if (!bottom || !top) return null;
  try {
    const isTaken = async (number: number): Promise<boolean> => (await node.nonce(by, number)) > nonce;
    if (await isTaken(bottom.number)) return null;
    if (!(await isTaken(top.number))) return null;
    let [before, after] = [bottom.number, top.number];
    while (after - before > 1) {
      const middle = Math.floor((before + after) / 2);
      if (await isTaken(middle)) after = middle;
      else before = middle;
    }
    const block = await node.block(after);
    const transaction = block?.transactions.find((each) => each.from === by && each.nonce === nonce);
    return block && transaction ? { transaction, at: block.at } : null;
  } catch (error) {
    if (error instanceof NodeFailure && error.answered) return null;
    throw error;
  }
}
