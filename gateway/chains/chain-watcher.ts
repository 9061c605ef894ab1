/** A blockchain as the gateway sees it: something that watches orders' addresses and payments. One folder per kind. */
import type { Clock, Closeable, Ledger } from '../ledger.ts';
import type { FreshnessReporter } from '../freshness.ts';
import type { Logger } from '../logger.ts';
import type { MatchingDesk } from '../matching/sighting.ts';
import type { ObservationBoard } from '../observations.ts';

export interface BlockRef {
  readonly number: number;
  readonly hash: string;
}

/** The watcher's durable memory of the canonical chain: the newest blocks it has walked, so that a reorg is seen. */
export interface BlockTrail {
  /** Newest first; empty on the first start. */
  recent(): Promise<readonly BlockRef[]>;
  /** Forgets every block from `from` upwards, then adds `blocks`, and keeps the newest 512. */
  replaceFrom(from: number, blocks: readonly BlockRef[]): Promise<void>;
}

export interface ChainWatcher {
  /** CAIP-2 id, such as `eip155:1`. */
  readonly id: string;
  readonly kind: string;
  readonly expectedIntervalMs: number;
  start(context: ChainContext): Closeable;
}

export interface ChainContext {
  readonly ledger: Ledger;
  readonly trail: BlockTrail;
  readonly clock: Clock;
  readonly freshness: FreshnessReporter;
  /** Where the watcher says how pending transactions and its nodes stand. */
  readonly observations: ObservationBoard;
  /** Where money goes that no watched order claims; it is let go where this is left out. */
  readonly matching?: MatchingDesk;
  readonly log: Logger;
}
