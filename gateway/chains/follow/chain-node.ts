/** A node of any kind of chain, as far as following the chain needs it. */
import type { BlockRef } from '../chain-watcher.ts';

export interface ChainHeader extends BlockRef {
  readonly parentHash: string;
  /** Epoch milliseconds. */
  readonly at: number;
}

/**
 * Every question throws NodeFailure where the node does not answer, or not readably. `B` is a block with what it holds,
 * `T` a transaction of the pool.
 */
export interface ChainNode<B extends ChainHeader, T> {
  /** Host and port alone: an endpoint's path and query may hold an API key. */
  readonly host: string;
  /** The newest block the node holds. */
  head(): Promise<ChainHeader>;
  /** Null where the node has no block of that number. */
  header(number: number): Promise<ChainHeader | null>;
  block(number: number): Promise<B | null>;
  /**
   * Starts telling of heads and pending transactions, as far as the node can.
   * @returns once it does; over with `close`
   */
  listen(listener: NodeListener<T>): Promise<void>;
  /**
   * Transactions that came into the pool since the last call, for nodes that do not push them.
   * @param awaited gives the addresses of orders that wait for money, the newest order's first, for nodes that can
   *   only be asked about an address
   */
  poll(awaited: () => Promise<readonly string[]>): Promise<void>;
  close(): Promise<void>;
}

export interface NodeListener<T> {
  /** A new head; which one has to be asked. */
  onHead(): void;
  /** A transaction in the pool, or its hash where the node gives no more. */
  onPending(transaction: T | string): void;
  /** The connection is gone; the node is of no more use. */
  onLost(): void;
}
