import type { BlockRef } from '../chain-watcher.ts';
import type { CanonicalChain } from './canonical-chain.ts';
import type { ChainHeader } from './chain-node.ts';
import { ChainMoved } from './chain-moved.ts';

/** A node that can be asked for a header. */
interface HeaderSource {
  header(number: number): Promise<ChainHeader | null>;
}

/** A node may be this many blocks behind another one, or its own neighbour behind a balancer, without being ill. */
export const LEEWAY_BLOCKS = 3;

/** How a node's head stands to the chain that was walked. */
export type Outlook =
  | { readonly kind: 'same' }
  /** A little lower on the same branch: nothing to learn yet. */
  | { readonly kind: 'lower' }
  | { readonly kind: 'behind'; readonly blocks: number }
  /** Walk on from `ancestor`; what stands above it in the walked chain is orphaned. */
  | { readonly kind: 'onward'; readonly ancestor: BlockRef }
  /** No block in common: a chain that was started anew, or a reorg deeper than what was walked. */
  | { readonly kind: 'foreign' };

/**
 * A lower head of the same branch is a node that lags. One below everything walked lags too, unless its blocks are as
 * young as now: only a chain that was started anew has a young block so low.
 * @param youngMs how old the head of a living chain may be
 */
export async function outlook(
  node: HeaderSource,
  chain: CanonicalChain,
  head: ChainHeader,
  clock: { readonly now: number; readonly youngMs: number },
): Promise<Outlook> {
  const { top, bottom } = chain;
  if (!top || !bottom) return { kind: 'foreign' };
  if (head.hash === top.hash) return { kind: 'same' };
  if (head.number < bottom.number) {
    const young = clock.now - head.at <= clock.youngMs;
    return young ? { kind: 'foreign' } : { kind: 'behind', blocks: top.number - head.number };
  }
  if (head.number < top.number && chain.hashAt(head.number) === head.hash) {
    const blocks = top.number - head.number;
    return blocks <= LEEWAY_BLOCKS ? { kind: 'lower' } : { kind: 'behind', blocks };
  }
  const ancestor = await commonAncestor(node, chain, head, Math.min(top.number, head.number), bottom.number);
  return ancestor ? { kind: 'onward', ancestor } : { kind: 'foreign' };
}

/** Walks back until the node and the walked chain agree on a block; the links are checked when walking forward again. */
async function commonAncestor(
  node: HeaderSource,
  chain: CanonicalChain,
  head: ChainHeader,
  from: number,
  bottom: number,
): Promise<BlockRef | null> {
  let above: ChainHeader | undefined = head.number <= from + 1 ? head : undefined;
  for (let number = from; number >= bottom; number -= 1) {
    const hash: string =
      number === head.number ? head.hash : (above?.parentHash ?? (await headerAt(node, number)).hash);
    if (chain.hashAt(number) === hash) return { number, hash };
    above = number === head.number ? head : await headerAt(node, number);
    if (above.hash !== hash) throw new ChainMoved();
  }
  return null;
}

async function headerAt(node: HeaderSource, number: number): Promise<ChainHeader> {
  const header = await node.header(number);
  if (!header) throw new ChainMoved();
  return header;
}
