import { SIDE_CHAIN_ID } from '../networks.ts';
import { createChain } from './chain.ts';
import type { Chain, ChainState } from './chain.ts';
import { PretendNode } from './node.ts';

/** The second chain, and the two nodes by which it is known. */
export interface SideChain {
  readonly chain: Chain;
  readonly nodes: readonly [PretendNode, PretendNode];
}

/** Blocks that it has at its first start, so that nodes can differ by some. */
const SIDE_HISTORY = 12;

/** @param now epoch milliseconds */
export function sideChain(blockMs: number, now: number, state: ChainState | undefined): SideChain {
  const chain = createChain(SIDE_CHAIN_ID, now - (SIDE_HISTORY + 1) * blockMs, state);
  for (let n = SIDE_HISTORY; n > 0 && !state; n -= 1) chain.mine(now - n * blockMs);
  return { chain, nodes: [new PretendNode(chain), new PretendNode(chain)] };
}
