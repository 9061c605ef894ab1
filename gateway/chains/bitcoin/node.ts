import type { ChainHeader, ChainNode } from '../follow/chain-node.ts';

/** Hashes are lower-case hex without a prefix. */
export interface BitcoinTransaction {
  readonly txid: string;
  /** The outputs it spends, `txid:vout`; none of a coinbase. */
  readonly inputs: readonly string[];
  readonly outputs: readonly BitcoinOutput[];
}

export interface BitcoinOutput {
  /** Lower-case hex. */
  readonly script: string;
  /** Satoshi. */
  readonly value: bigint;
}

export interface BitcoinBlock extends ChainHeader {
  readonly transactions: readonly BitcoinTransaction[];
}

/** A transaction and where it is. */
export interface Located {
  readonly transaction: BitcoinTransaction;
  /** Null while it is in the pool. */
  readonly block: { readonly number: number; readonly hash: string; readonly at: number } | null;
  /** Satoshi per virtual byte while it is in the pool, with what its relatives there pay; null where it is not known. */
  readonly bid: number | null;
}

/** Satoshi per virtual byte. */
export interface BitcoinFees {
  /** For the next block or two. */
  readonly next: number;
  /** To be mined within about an hour. */
  readonly hour: number;
}

/** A Bitcoin node, or an index before one, as the watcher needs it. */
export interface BitcoinNode extends ChainNode<BitcoinBlock, BitcoinTransaction> {
  /** Hash of block 0: which network it is. */
  genesis(): Promise<string>;
  /** Null means in neither pool nor chain; `unindexed` that only the pool was looked through. */
  transaction(txid: string): Promise<Located | null | 'unindexed'>;
  /** The transaction that spends an output, in the pool or in a block; null where there is none, or it is not known. */
  spenderOf(outpoint: string): Promise<string | null>;
  /** Null where the node has no estimate. */
  fees(): Promise<BitcoinFees | null>;
}
