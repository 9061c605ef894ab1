/** A chain under the bench's thumb, and the nodes by which the gateway sees it. */
import type { Random } from '../../../../demo/clock/random.ts';
import type { ChainWatcher } from '../../../../gateway/chains/chain-watcher.ts';

/** At which a payment is settled here, and its order released. */
export const DEPTH = 3;

/** Two pretend nodes of Bitcoin, or a real one of an EVM chain. */
export type ChainKind = 'pretend' | 'anvil';

/** What a customer sent; the same again is the same transaction. */
export interface SentCoins {
  readonly hash: string;
}

export type NodeTrouble =
  /** It answers nobody. */
  | { readonly how: 'down' }
  /** It shows what the chain was like a moment ago. */
  | { readonly how: 'behind' }
  /** It shows blocks of its own, with money in them that nobody sent. */
  | { readonly how: 'lying'; readonly to: string; readonly amount: bigint };

export interface BenchChain {
  /** As gateway.yaml names it. */
  readonly config: Readonly<Record<string, unknown>> & { readonly id: string };
  /** How many nodes show it; those that can go wrong are counted from 0. */
  readonly nodes: number;
  /** True where a node shows its pool as a whole, and not by the addresses that money is still awaited at. */
  readonly poolIsWhole: boolean;
  /** Told the time by which blocks are dated, epoch milliseconds. */
  dateBy(now: () => number): void;
  /** One for each life of a gateway, hurried by the bench's scale. */
  watcher(): ChainWatcher;
  /** An address that nobody used before. */
  address(random: Random): string;
  /** Into the pool. */
  pay(to: string, amount: bigint): Promise<SentCoins>;
  /** The same transaction into the pool again. */
  resend(sent: SentCoins): Promise<void>;
  mine(blocks: number): Promise<void>;
  /** One block more in the place of the newest; what they held is in no pool either. */
  reorg(depth: number): Promise<void>;
  /** @returns ends it: the node shows the chain as it is */
  trouble(node: number, trouble: NodeTrouble): () => void;
  close(): Promise<void>;
}
