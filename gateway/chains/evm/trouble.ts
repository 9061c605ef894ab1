import type { TransactionTrouble } from '../../observations.ts';
import type { EvmNode, EvmTransaction } from './node.ts';
import type { QueueWatch } from './queue-watch.ts';

/** The next block's base fee, as it was asked last; null where the chain asks none. */
export type NextFee = () => Promise<bigint | null>;

/**
 * What keeps a transaction in the pool, by the nonce its sender's account waits for and by what the next block asks.
 * @param height the newest block
 * @returns `taken` where its nonce is used up: another transaction has it
 */
export async function troubleOf(
  node: EvmNode,
  { bid, from, hash, nonce }: EvmTransaction,
  height: number,
  { nextFee, queue }: { readonly nextFee: NextFee; readonly queue: QueueWatch },
): Promise<TransactionTrouble | null | 'taken'> {
  const next = await node.nonce(from, 'latest');
  if (nonce < next) return 'taken';
  if (nonce > next) {
    // Those that follow on in the pool will be mined in turn; the first that does not is what is missing.
    const missing = Math.max(next, await node.nonce(from, 'pending'));
    if (missing <= nonce) return { kind: 'nonce-gap', nonce, next: missing };
    return queue.isStuck(hash, next, height) ? { kind: 'nonce-gap', nonce, next } : null;
  }
  const asked = await nextFee();
  if (bid === null || asked === null || bid >= asked) return null;
  return { kind: 'fee-too-low', bid: bid.toString(), asked: asked.toString() };
}
