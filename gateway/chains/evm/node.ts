import type { ChainHeader, ChainNode } from '../follow/chain-node.ts';

/**
 * An EVM node as the watcher needs it. Everything the watcher asks a node is one of these JSON-RPC methods:
 *
 * Required, over HTTP and WebSocket alike (quantities are 0x-hex, hashes and addresses 0x-hex in lower case):
 * - `eth_chainId` [] → quantity. Asked once per connection; another chain's endpoint is never used.
 * - `eth_getBlockByNumber` ["latest", false] → block with transaction hashes: the head, at every poll and head notice.
 * - `eth_getBlockByNumber` [quantity, true] → block with full transactions, null where there is none.
 * - `eth_getBlockByNumber` [quantity, false] → block with transaction hashes, null where there is none.
 *   Fields read of a block: number, hash, parentHash, timestamp, transactions; baseFeePerGas, gasUsed, gasLimit.
 *   Fields read of a transaction: hash, from, to (null for a creation), value, input, nonce, blockHash, blockNumber;
 *   maxFeePerGas or gasPrice while it is pending.
 * - `eth_getLogs` [{blockHash, topics: [Transfer, null, [recipient topic…]]}] (without recipients where they are many) and
 *   [{fromBlock, toBlock, address: [token…], topics: [Transfer, null, [recipient topic…]]}] → logs.
 *   Fields read of a log: address, topics, data, transactionHash, logIndex, blockHash, blockNumber.
 * - `eth_getTransactionByHash` [hash] → transaction, null where it is in neither pool nor chain.
 * - `eth_getTransactionReceipt` [hash] → {transactionHash, status, blockHash, blockNumber, logs}, null while unmined.
 *
 * - `eth_getTransactionCount` [address, "latest" | "pending" | quantity] → quantity; asked about senders of payments that
 *   wait, and by block number only in search of what took a nonce.
 *
 * Optional; where a node answers with an error the watcher does without:
 * - `eth_feeHistory` ["0x1", "latest", []] → {baseFeePerGas}, of which the last is the next block's. Without it the next
 *   base fee follows from the head's baseFeePerGas, gasUsed and gasLimit.
 * - `eth_getBlockByNumber` ["safe" | "finalized", false], where that settles payments.
 * - `eth_call` [{to, data}, "latest"], for the symbol that an unknown token claims.
 * - `eth_getCode` [address, "latest"], of what a transaction goes to that a customer named.
 * - `eth_getBlockByNumber` ["pending", true] → block with full transactions, of which only those are read: once per
 *   connection, for what came into the pool before it, and over HTTP in place of many hashes.
 * - HTTP: `eth_newPendingTransactionFilter` [] → id, `eth_getFilterChanges` [id] → transaction hashes,
 *   `eth_uninstallFilter` [id].
 * - WebSocket: `eth_subscribe` ["newHeads"] and ["newPendingTransactions", true] (full transactions; a node that
 *   answers this with hashes is asked for each), pushing `eth_subscription` {subscription, result}.
 *
 * Source: the Ethereum execution API specification, and geth's documents of its pub/sub extension.
 */
export interface EvmNode extends ChainNode<EvmBlock, EvmTransaction> {
  /** Network id as in `eip155:N`. */
  chainId(): Promise<number>;
  head(): Promise<EvmHeader>;
  /** The newest block under a tag of the chain's own; null where the node names none. */
  tagged(tag: 'safe' | 'finalized'): Promise<EvmHeader | null>;
  /**
   * ERC-20 Transfers in one block, by log index.
   * @param recipients addresses in lower case; null for all
   */
  transfersIn(blockHash: string, recipients: readonly string[] | null): Promise<readonly EvmLog[]>;
  /** ERC-20 Transfers of `tokens` to any of `recipients`, from and to included. */
  transfersBetween(
    range: { readonly from: number; readonly to: number },
    tokens: readonly string[],
    recipients: readonly string[],
  ): Promise<readonly EvmLog[]>;
  /** Null means that it is in neither pool nor chain; a node that cannot tell yet throws. */
  transaction(hash: string): Promise<EvmTransaction | null>;
  /** Null while it is not in the canonical chain. */
  receipt(hash: string): Promise<EvmReceipt | null>;
  /** How many transactions of an account are mined: its next nonce. With the pool's that follow on, for `pending`. */
  nonce(address: string, at: 'latest' | 'pending' | number): Promise<number>;
  /** Wei per gas that the next block asks at least; null where the chain asks none, or the node does not say. */
  nextBaseFee(): Promise<bigint | null>;
  /** What a token contract says it is called, raw; null where it says nothing. */
  symbol(token: string): Promise<string | null>;
  /** True where code stands at an address, so that what is sent to it runs; null where the node does not say. */
  hasCode(address: string): Promise<boolean | null>;
}

export interface EvmHeader extends ChainHeader {
  /** Wei per gas; null on chains without a base fee. */
  readonly baseFee: bigint | null;
  readonly gasUsed: bigint;
  readonly gasLimit: bigint;
}

export interface EvmBlock extends EvmHeader {
  readonly transactions: readonly EvmTransaction[];
}

/** Hashes and addresses are in lower case. */
export interface EvmTransaction {
  readonly hash: string;
  readonly from: string;
  /** Null when it creates a contract. */
  readonly to: string | null;
  /** Wei. */
  readonly value: bigint;
  readonly input: string;
  readonly nonce: number;
  /** The most it pays per gas, in wei; null where the node does not say. */
  readonly bid: bigint | null;
  /** Null while it is pending. */
  readonly block: { readonly number: number; readonly hash: string } | null;
}

export interface EvmLog {
  readonly address: string;
  readonly topics: readonly string[];
  readonly data: string;
  readonly transactionHash: string;
  /** Position in the block. */
  readonly index: number;
  readonly block: { readonly number: number; readonly hash: string };
}

export interface EvmReceipt {
  readonly transactionHash: string;
  /** False when it was reverted and moved nothing. */
  readonly succeeded: boolean;
  readonly block: { readonly number: number; readonly hash: string };
  readonly logs: readonly EvmLog[];
}
