import { numberToHex } from 'viem';
import type { z } from 'zod';
import { TRANSFER_TOPIC, addressTopic } from './erc20.ts';
import { baseFeeAfter } from './base-fee.ts';
import type { EvmBlock, EvmHeader, EvmLog, EvmNode, EvmReceipt, EvmTransaction } from './node.ts';
import type { NodeListener } from '../follow/chain-node.ts';
import { NodeFailure } from '../follow/node-failure.ts';
import type { Rpc } from './rpc.ts';
import {
  blockSchema,
  dataSchema,
  feeHistorySchema,
  filterIdSchema,
  hashesSchema,
  headerSchema,
  logsSchema,
  poolSchema,
  pendingSchema,
  quantitySchema,
  receiptSchema,
  transactionSchema,
} from './rpc-schema.ts';
import { symbolOfAnswer } from './token-symbol.ts';

const UNINSTALL_MS = 250;
/**
 * Hashes that came into the pool between two polls are asked about one by one only while they are few; of a busier pool
 * the block that the node would make next is read in one question, and what is not in it yet is seen later.
 */
const MOST_ONE_BY_ONE = 16;
/** The selector of `symbol()`. */
const SYMBOL_CALL = '0x95d89b41';

/** An EVM node behind JSON-RPC. */
export class RpcNode implements EvmNode {
  readonly host: string;
  readonly #rpc: Rpc;
  #listener: NodeListener<EvmTransaction> | undefined;
  /** Id of the pending filter; null where there is none. */
  #filter: string | null = null;
  /** True once the filter gave anything. */
  #answered = false;

  constructor(rpc: Rpc) {
    this.#rpc = rpc;
    this.host = rpc.host;
  }

  chainId(): Promise<number> {
    return this.#ask(quantitySchema, 'eth_chainId', []);
  }

  head(): Promise<EvmHeader> {
    return this.#ask(headerSchema, 'eth_getBlockByNumber', ['latest', false]);
  }

  header(number: number): Promise<EvmHeader | null> {
    return this.#ask(headerSchema.nullable(), 'eth_getBlockByNumber', [numberToHex(number), false]);
  }

  block(number: number): Promise<EvmBlock | null> {
    return this.#ask(blockSchema.nullable(), 'eth_getBlockByNumber', [numberToHex(number), true]);
  }

  tagged(tag: 'safe' | 'finalized'): Promise<EvmHeader | null> {
    return this.#optional(headerSchema, 'eth_getBlockByNumber', [tag, false]);
  }

  transfersIn(blockHash: string, recipients: readonly string[] | null): Promise<readonly EvmLog[]> {
    const topics = recipients ? [TRANSFER_TOPIC, null, recipients.map(addressTopic)] : [TRANSFER_TOPIC];
    return this.#ask(logsSchema, 'eth_getLogs', [{ blockHash, topics }]);
  }

  transfersBetween(
    range: { readonly from: number; readonly to: number },
    tokens: readonly string[],
    recipients: readonly string[],
  ): Promise<readonly EvmLog[]> {
    const topics = [TRANSFER_TOPIC, null, recipients.map(addressTopic)];
    const blocks = { fromBlock: numberToHex(range.from), toBlock: numberToHex(range.to) };
    return this.#ask(logsSchema, 'eth_getLogs', [{ ...blocks, address: tokens, topics }]);
  }

  transaction(hash: string): Promise<EvmTransaction | null> {
    return this.#ask(transactionSchema.nullable(), 'eth_getTransactionByHash', [hash]);
  }

  receipt(hash: string): Promise<EvmReceipt | null> {
    return this.#ask(receiptSchema.nullable(), 'eth_getTransactionReceipt', [hash]);
  }

  nonce(address: string, at: 'latest' | 'pending' | number): Promise<number> {
    const block = typeof at === 'number' ? numberToHex(at) : at;
    return this.#ask(quantitySchema, 'eth_getTransactionCount', [address, block]);
  }

  async nextBaseFee(): Promise<bigint | null> {
    const history = await this.#optional(feeHistorySchema, 'eth_feeHistory', ['0x1', 'latest', []]);
    return history?.baseFeePerGas.at(-1) ?? baseFeeAfter(await this.head());
  }

  async symbol(token: string): Promise<string | null> {
    const call = { to: token, data: SYMBOL_CALL };
    const answer = await this.#optional(dataSchema, 'eth_call', [call, 'latest']);
    return answer && symbolOfAnswer(answer);
  }

  async hasCode(address: string): Promise<boolean | null> {
    const code = await this.#optional(dataSchema, 'eth_getCode', [address, 'latest']);
    return code === null ? null : code !== '0x';
  }

  async listen(listener: NodeListener<EvmTransaction>): Promise<void> {
    this.#listener = listener;
    const pushed = this.#rpc.notifications;
    if (pushed) {
      pushed.onLost(() => listener.onLost());
      await optional(() => pushed.subscribe(['newHeads'], () => listener.onHead()));
      await optional(() => pushed.subscribe(['newPendingTransactions', true], (result) => this.#pending(result)));
    } else {
      this.#filter = await this.#optional(filterIdSchema, 'eth_newPendingTransactionFilter', []);
    }
    // Asked last, so that nothing comes into the pool unseen in between.
    await this.#readPending();
  }

  async poll(): Promise<void> {
    const filter = this.#filter;
    if (filter === null) return;
    const hashes = await this.#optional(hashesSchema, 'eth_getFilterChanges', [filter]);
    if (hashes && hashes.length > MOST_ONE_BY_ONE) await this.#readPending();
    else for (const hash of hashes ?? []) this.#listener?.onPending(hash);
    this.#answered ||= hashes !== null;
    if (hashes) return;
    // A node forgets a filter by a restart or for its age. One that forgets it at once has none to offer.
    const lasted = this.#answered;
    this.#answered = false;
    this.#filter = lasted ? await this.#optional(filterIdSchema, 'eth_newPendingTransactionFilter', []) : null;
  }

  async close(): Promise<void> {
    this.#listener = undefined;
    if (this.#filter) await this.#uninstalled(this.#filter);
    await this.#rpc.close();
  }

  /** A filter left behind costs the node until it forgets it; a node that does not answer is not waited for. */
  async #uninstalled(filter: string): Promise<void> {
    const asked = this.#rpc.request('eth_uninstallFilter', [filter]).catch(() => undefined);
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<void>((resolve) => (timer = setTimeout(resolve, UNINSTALL_MS)));
    await Promise.race([asked, patience]);
    clearTimeout(timer);
  }

  async #readPending(): Promise<void> {
    const pending = await this.#optional(poolSchema, 'eth_getBlockByNumber', ['pending', true]);
    for (const transaction of pending?.transactions ?? []) this.#pending(transaction);
  }

  #pending(result: unknown): void {
    const pending = pendingSchema.safeParse(result);
    if (pending.success) this.#listener?.onPending(pending.data);
  }

  /** Null where the node has no such method, keeps it to itself, or answers it in a way of its own. */
  async #optional<T>(schema: z.ZodType<T>, method: string, params: readonly unknown[]): Promise<T | null> {
    const answer = await optional(() => this.#rpc.request(method, params));
    return schema.safeParse(answer).data ?? null;
  }

  async #ask<T>(schema: z.ZodType<T>, method: string, params: readonly unknown[]): Promise<T> {
    const read = schema.safeParse(await this.#rpc.request(method, params));
    if (read.success) return read.data;
    throw new NodeFailure(`answered ${method} with what cannot be read`, true);
  }
}

/** Null where the node has no such method, or keeps it to itself. */
async function optional<T>(ask: () => Promise<T>): Promise<T | null> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof NodeFailure && error.answered) return null;
    throw error;
  }
}
