import { numberToHex } from 'viem';
import type { z } from 'zod';
import { TRANSFER_TOPIC, addressTopic } from './erc20.ts';
import type { EvmBlock, EvmHeader, EvmListener, EvmLog, EvmNode, EvmReceipt, EvmTransaction } from './node.ts';
import { RpcFailure } from './rpc.ts';
import type { Rpc } from './rpc.ts';
import {
  blockSchema,
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

const UNINSTALL_MS = 250;

/** An EVM node behind JSON-RPC. */
export class RpcNode implements EvmNode {
  readonly host: string;
  readonly #rpc: Rpc;
  #listener: EvmListener | undefined;
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

  transfersIn(blockHash: string, tokens: readonly string[]): Promise<readonly EvmLog[]> {
    return this.#ask(logsSchema, 'eth_getLogs', [{ blockHash, address: tokens, topics: [TRANSFER_TOPIC] }]);
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

  async listen(listener: EvmListener): Promise<void> {
    this.#listener = listener;
    const pushed = this.#rpc.notifications;
    if (pushed) {
      pushed.onLost(() => listener.onLost());
      await optional(() => pushed.subscribe(['newHeads'], () => listener.onHead()));
      await optional(() => pushed.subscribe(['newPendingTransactions', true], (result) => this.#pending(result)));
    } else {
      this.#filter = await optional(() => this.#ask(filterIdSchema, 'eth_newPendingTransactionFilter', []));
    }
    // Asked last, so that nothing comes into the pool unseen in between.
    const pending = await optional(() => this.#ask(poolSchema, 'eth_getBlockByNumber', ['pending', true]));
    for (const transaction of pending?.transactions ?? []) listener.onPending(transaction);
  }

  async poll(): Promise<void> {
    const filter = this.#filter;
    if (filter === null) return;
    const hashes = await optional(() => this.#ask(hashesSchema, 'eth_getFilterChanges', [filter]));
    for (const hash of hashes ?? []) this.#listener?.onPending(hash);
    this.#answered ||= hashes !== null;
    if (hashes) return;
    // A node forgets a filter by a restart or for its age. One that forgets it at once has none to offer.
    const lasted = this.#answered;
    this.#answered = false;
    this.#filter = lasted
      ? await optional(() => this.#ask(filterIdSchema, 'eth_newPendingTransactionFilter', []))
      : null;
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

  #pending(result: unknown): void {
    const pending = pendingSchema.safeParse(result);
    if (pending.success) this.#listener?.onPending(pending.data);
  }

  async #ask<T>(schema: z.ZodType<T>, method: string, params: readonly unknown[]): Promise<T> {
    const read = schema.safeParse(await this.#rpc.request(method, params));
    if (read.success) return read.data;
    throw new RpcFailure(`answered ${method} with what cannot be read`);
  }
}

/** Null where the node has no such method, or keeps it to itself. */
async function optional<T>(ask: () => Promise<T>): Promise<T | null> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof RpcFailure && error.answered) return null;
    throw error;
  }
}
