import type { ChainHeader } from './chain-node.ts';

/**
 * The lowest block not older than a time, by bisection: some 25 questions on the longest chains.
 * @param at epoch milliseconds
 * @returns the head's number where every block is older
 */
export async function firstBlockSince(
  node: { header(number: number): Promise<ChainHeader | null> },
  head: ChainHeader,
  at: number,
): Promise<number> {
  let low = 0;
  let high = head.number;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const header = await node.header(middle);
    if (header && header.at >= at) high = middle;
    else low = middle + 1;
  }
  return low;
}
