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
  /** Id of the pending filter; null where the node has none, undefined before it was asked. */
  #filter: string | null | undefined;

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
    if (!pushed) return;
    pushed.onLost(() => listener.onLost());
    await optional(() => pushed.subscribe(['newHeads'], () => listener.onHead()));
    await optional(() => pushed.subscribe(['newPendingTransactions', true], (result) => this.#pending(result)));
  }

  async poll(): Promise<void> {
    if (this.#rpc.notifications || this.#filter === null || !this.#listener) return;
    const known = this.#filter;
    const id = known ?? (await optional(() => this.#ask(filterIdSchema, 'eth_newPendingTransactionFilter', [])));
    this.#filter = id;
    if (id === null) return;
    const hashes = await optional(() => this.#ask(hashesSchema, 'eth_getFilterChanges', [id]));
    // A filter that was forgotten, by a restart or for its age, is made anew with the next poll.
    if (hashes === null) this.#filter = known === undefined ? null : undefined;
    for (const hash of hashes ?? []) this.#listener.onPending(hash);
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
