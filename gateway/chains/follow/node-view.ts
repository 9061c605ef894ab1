import { canonicalChain } from './canonical-chain.ts';
import type { CanonicalChain } from './canonical-chain.ts';
import type { BlockRef } from '../chain-watcher.ts';
import type { ChainHeader } from './chain-node.ts';

/** How another node's chain stands to the one that was walked. */
export interface NodeView {
  /** Its newest block. */
  readonly height: number;
  /** The highest block that both hold, of those compared; null where they hold none in common, or it was too low. */
  readonly agrees: BlockRef | null;
  /** The blocks it holds in place of ours, empty where it agrees on the highest both have. */
  readonly instead: readonly BlockRef[];
}

interface Compared {
  head(): Promise<ChainHeader>;
  header(number: number): Promise<ChainHeader | null>;
}

/**
 * Compares at the highest block both have, and a few below: at the very tip nodes may differ for a moment.
 * @param leeway how many blocks below are looked at
 * @throws NodeFailure
 */
export async function viewOf(node: Compared, chain: CanonicalChain, leeway: number): Promise<NodeView> {
  const head = await node.head();
  const { top, bottom } = chain;
  const instead: BlockRef[] = [];
  if (!top || !bottom) return { height: head.number, agrees: null, instead };
  const from = Math.min(head.number, top.number);
  let above: ChainHeader | null = from === head.number ? head : null;
  for (let number = from; number >= Math.max(bottom.number, from - leeway); number -= 1) {
    const header: ChainHeader | null = above?.number === number ? above : await node.header(number);
    if (!header) break;
    if (chain.hashAt(number) === header.hash) return { height: head.number, agrees: refOf(header), instead };
    instead.push(refOf(header));
    above = null;
  }
  return { height: head.number, agrees: null, instead };
}

/** True where two nodes hold the same block, of those by which they were found to differ from ours. */
export function holdTheSame(a: NodeView, b: NodeView): boolean {
  const blocks = canonicalChain(a.instead);
  return b.instead.some(({ number, hash }) => blocks.hashAt(number) === hash);
}

function refOf({ number, hash }: BlockRef): BlockRef {
  return { number, hash };
}
