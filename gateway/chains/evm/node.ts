/**
 * An EVM node as the watcher needs it. Everything the watcher asks a node is one of these JSON-RPC methods:
 *
 * Required, over HTTP and WebSocket alike (quantities are 0x-hex, hashes and addresses 0x-hex in lower case):
 * - `eth_chainId` [] → quantity. Asked once per connection; another chain's endpoint is never used.
 * - `eth_getBlockByNumber` ["latest", false] → block with transaction hashes: the head, at every poll and head notice.
 * - `eth_getBlockByNumber` [quantity, true] → block with full transactions, null where there is none.
 * - `eth_getBlockByNumber` [quantity, false] → block with transaction hashes, null where there is none.
 *   Fields read of a block: number, hash, parentHash, timestamp, transactions.
 *   Fields read of a transaction: hash, from, to (null for a creation), value, input, nonce, blockHash, blockNumber.
 * - `eth_getLogs` [{blockHash, address: [token…], topics: [Transfer]}] and
 *   [{fromBlock, toBlock, address: [token…], topics: [Transfer, null, [recipient topic…]]}] → logs.
 *   Fields read of a log: address, topics, data, transactionHash, logIndex, blockHash, blockNumber.
 *   Only asked when tokens are configured.
 * - `eth_getTransactionByHash` [hash] → transaction, null where it is in neither pool nor chain.
 * - `eth_getTransactionReceipt` [hash] → {transactionHash, status, blockHash, blockNumber, logs}, null while unmined.
 *
 * Optional; where a node answers with an error the watcher does without:
 * - `eth_getBlockByNumber` ["pending", true] → block with full transactions, of which only those are read: once per
 *   connection, for what came into the pool before it.
 * - HTTP: `eth_newPendingTransactionFilter` [] → id, `eth_getFilterChanges` [id] → transaction hashes,
 *   `eth_uninstallFilter` [id].
 * - WebSocket: `eth_subscribe` ["newHeads"] and ["newPendingTransactions", true] (full transactions; a node that
 *   answers this with hashes is asked for each), pushing `eth_subscription` {subscription, result}.
 *
 * Source: the Ethereum execution API specification, and geth's documents of its pub/sub extension.
 */
export interface EvmNode {
  /** Host and port alone: an endpoint's path and query may hold an API key. */
  readonly host: string;
  /** Network id as in `eip155:N`. */
  chainId(): Promise<number>;
  /** The newest block the node holds. */
  head(): Promise<EvmHeader>;
  /** Null where the node has no block of that number. */
  header(number: number): Promise<EvmHeader | null>;
  block(number: number): Promise<EvmBlock | null>;
  /** ERC-20 Transfers of `tokens` in one block, by log index. */
  transfersIn(blockHash: string, tokens: readonly string[]): Promise<readonly EvmLog[]>;
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
  /**
   * Starts telling of heads and pending transactions, as far as the node can.
   * @returns once it does; over with `close`
   */
  listen(listener: EvmListener): Promise<void>;
  /** Transactions that came into the pool since the last call, for nodes that do not push them. */
  poll(): Promise<void>;
  close(): Promise<void>;
}

export interface EvmListener {
  /** A new head; which one has to be asked. */
  onHead(): void;
  /** A transaction in the pool, or its hash where the node gives no more. */
  onPending(transaction: EvmTransaction | string): void;
  /** The connection is gone; the node is of no more use. */
  onLost(): void;
}

export interface EvmHeader {
  readonly number: number;
  readonly hash: string;
  readonly parentHash: string;
  /** Epoch milliseconds. */
  readonly at: number;
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
