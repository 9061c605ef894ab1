/** The chain as the watcher has walked it: which blocks hold, and which a reorg took. Pure. */
import type { BlockRef } from '../chain-watcher.ts';

export interface CanonicalChain {
  /** Undefined where nothing was walked yet. */
  readonly top: BlockRef | undefined;
  readonly bottom: BlockRef | undefined;
  hashAt(number: number): string | undefined;
}

/** @param blocks of one branch, in any order */
export function canonicalChain(blocks: readonly BlockRef[]): CanonicalChain {
  const sorted = [...blocks].sort((a, b) => a.number - b.number);
  const hashes = new Map(sorted.map(({ number, hash }) => [number, hash]));
  return { top: sorted.at(-1), bottom: sorted[0], hashAt: (number) => hashes.get(number) };
}

/** `unknown` is a block deeper than what was walked. */
export type Standing = 'canonical' | 'orphaned' | 'unknown';

export function standing(chain: CanonicalChain, block: BlockRef): Standing {
  const { top, bottom } = chain;
  if (!top || !bottom || block.number < bottom.number) return 'unknown';
  if (block.number > top.number) return 'orphaned';
  const hash = chain.hashAt(block.number);
  if (hash === undefined) return 'unknown';
  return hash === block.hash ? 'canonical' : 'orphaned';
}

/**
 * How many blocks, its own included, stand on a block.
 * @param upTo number of the highest block that counts
 */
export function depth(chain: CanonicalChain, block: BlockRef, upTo = Infinity): number {
  return chain.top ? Math.max(0, Math.min(upTo, chain.top.number) - block.number + 1) : 0;
}

/** The first block of `blocks` that does not stand on the one before it, or on `base`; undefined while all do. */
export function brokenLink(
  base: BlockRef | undefined,
  blocks: readonly (BlockRef & { readonly parentHash: string })[],
): BlockRef | undefined {
  let below = base;
  for (const block of blocks) {
    if (below && (block.parentHash !== below.hash || block.number !== below.number + 1)) return block;
    below = block;
  }
  return undefined;
}
