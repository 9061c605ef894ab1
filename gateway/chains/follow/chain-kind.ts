/** What one kind of chain knows by itself, so that following it is the same for all. */
import type { Payment } from '../../../contract/order.ts';
import type { Movements, TransactionTrouble } from '../../observations.ts';
import type { BlockRef } from '../chain-watcher.ts';
import type { CanonicalChain } from './canonical-chain.ts';
import type { ChainHeader, ChainNode } from './chain-node.ts';
import type { Mined, Replaced, Sight } from './sight.ts';
import type { DepthRule } from './tip.ts';
import type { ChainForm, WatchList } from './watch-list.ts';

/** Where a transaction is. */
export type Whereabouts =
  /** `sights` are the payments it makes to watched addresses; `movements` all that it moves, where that was asked for. */
  | {
      readonly kind: 'mined';
      readonly mined: Mined;
      readonly sights: readonly Sight[];
      readonly movements?: Movements;
    }
  | { readonly kind: 'pool'; readonly trouble: TransactionTrouble | null; readonly movements?: Movements }
  /**
   * Another transaction took its place; `at` is the time of that one's block, null while it is in the pool. `sights` are
   * the payments that it makes to watched addresses, as far as they are not told already: told together, the sender's
   * higher fee is never taken for a change of mind.
   */
  | { readonly kind: 'replaced'; readonly by: string; readonly at: number | null; readonly sights: readonly Sight[] }
  /** In neither pool nor chain. */
  | { readonly kind: 'nowhere' }
  /** The node cannot say yet, or says what the walked chain does not hold yet. */
  | { readonly kind: 'unclear' };

/** How many blocks are read in one go; by how heavy they are. */
export interface Pace {
  /** Blocks asked for at once; a long gap is walked in such steps, each of them durable before the next. */
  readonly stepBlocks: number;
  /** Where nothing was walked before and no order is older, the last blocks are walked all the same. */
  readonly lookBackBlocks: number;
  /** On a first start at most so many blocks are walked one by one. */
  readonly firstWalkBlocks: number;
}

/** What `lookUp` is asked about. */
export interface LookedUp {
  readonly payment: Payment;
  readonly canonical: CanonicalChain;
  readonly list: WatchList;
  /** Asks for all that the transaction moves, whoever is paid. */
  readonly withMovements?: boolean;
}

export interface PoolSights {
  readonly sights: readonly Sight[];
  readonly replaced: readonly Replaced[];
}

/** Everything throws NodeFailure where the node does not answer, and ChainMoved where what was read does not fit. */
export interface ChainKind<N extends ChainNode<B, T>, B extends ChainHeader, T> {
  readonly form: ChainForm;
  readonly depth: DepthRule;
  readonly pace: Pace;
  /** @throws NodeFailure when the endpoint is of another chain */
  verify(node: N): Promise<void>;
  sightsOfBlock(node: N, block: B, list: WatchList): Promise<Sight[]>;
  /** Payments that can never be mined any more, because a transaction of the block took their place. */
  replacedIn(block: B, list: WatchList): Replaced[];
  /** Payments in blocks that are not walked, as far as the chain can be asked for them. */
  lookBack(node: N, range: { readonly from: number; readonly to: number }, list: WatchList): Promise<Sight[]>;
  /** @param waiting transactions or hashes that came into the pool */
  sightsInPool(node: N, waiting: readonly (T | string)[], list: WatchList): Promise<PoolSights>;
  lookUp(node: N, asked: LookedUp): Promise<Whereabouts>;
  /** The newest block that settles what stands in it and below, where the depth rule names one. */
  settledHead(node: N): Promise<BlockRef | null>;
  /** What the next block asks, as in `ChainStanding`. */
  nextFee(node: N): Promise<string | null>;
}
