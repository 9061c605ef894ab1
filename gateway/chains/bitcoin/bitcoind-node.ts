import { z } from 'zod';
import type { ChainHeader, NodeListener } from '../follow/chain-node.ts';
import { NodeFailure } from '../follow/node-failure.ts';
import { BitcoindError, BitcoindRpc, NOT_FOUND, OUT_OF_RANGE } from './bitcoind-rpc.ts';
import type { BitcoinBlock, BitcoinFees, BitcoinNode, BitcoinTransaction, Located } from './node.ts';
import { PoolReader } from './pool-reader.ts';
import { readBlock } from './raw-block.ts';
import { readTransactionHex } from './raw-transaction.ts';

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const hex = z.string().regex(/^(?:[0-9a-f]{2})*$/);
const headerSchema = z
  .object({ hash, height: z.int().min(0), time: z.int().min(0), previousblockhash: hash.optional() })
  .transform(({ height, time, previousblockhash, ...rest }): ChainHeader => ({
    hash: rest.hash,
    number: height,
    parentHash: previousblockhash ?? '',
    at: time * 1000,
  }));
const transactionSchema = z.object({ hex, blockhash: hash.optional() });
const entrySchema = z.object({
  vsize: z.number().positive(),
  ancestorsize: z.number().positive(),
  descendantsize: z.number().positive(),
  fees: z.object({ modified: z.number(), ancestor: z.number(), descendant: z.number() }),
});
const indexesSchema = z.object({ txindex: z.object({ synced: z.boolean() }).optional() });
const unspentSchema = z.object({ bestblock: hash, confirmations: z.int().min(0) }).nullable();
const spendersSchema = z.array(z.object({ spendingtxid: hash.optional() }));
const estimateSchema = z.object({ feerate: z.number().positive().optional() });

const SATOSHI = 1e8;
/** Of the pool, at each poll; in one request for so many. */
const READ_A_POLL = 1_000;
const READ_AT_ONCE = 100;
/** Outputs of a transaction that are looked for among the unspent, where nothing else knows it. */
const OUTPUTS_TRIED = 10;

/**
 * A bitcoind by JSON-RPC, without a wallet. Blocks and pool are read whole and searched for watched scripts, so that what
 * is asked does not grow with the orders. Methods: getbestblockhash, getblockhash, getblockheader, getblock (raw),
 * getrawmempool, getrawtransaction, getmempoolentry, getindexinfo, gettxout, gettxspendingprevout, estimatesmartfee.
 */
export class BitcoindNode implements BitcoinNode {
  readonly host: string;
  readonly #rpc: BitcoindRpc;
  readonly #pool = new PoolReader();
  #listener: NodeListener<BitcoinTransaction> | undefined;
  #head: ChainHeader | undefined;
  #isIndexed: boolean | undefined;

  constructor(url: string, timeoutMs: number) {
    this.#rpc = new BitcoindRpc(url, timeoutMs);
    this.host = this.#rpc.host;
  }

  genesis(): Promise<string> {
    return this.#ask(hash, 'getblockhash', [0]);
  }

  async head(): Promise<ChainHeader> {
    const best = await this.#ask(hash, 'getbestblockhash', []);
    if (this.#head?.hash === best) return this.#head;
    return (this.#head = await this.#ask(headerSchema, 'getblockheader', [best, true]));
  }

  async header(number: number): Promise<ChainHeader | null> {
    const at = await this.#hashAt(number);
    return at === null ? null : this.#ask(headerSchema, 'getblockheader', [at, true]);
  }

  async block(number: number): Promise<BitcoinBlock | null> {
    const at = await this.#hashAt(number);
    if (at === null) return null;
    const raw = await this.#ask(hex, 'getblock', [at, 0]);
    try {
      return readBlock(Buffer.from(raw, 'hex'), at, number);
    } catch (error) {
      if (error instanceof RangeError) throw new NodeFailure(`answered a block that is none: ${error.message}`);
      throw error;
    }
  }

  async transaction(txid: string): Promise<Located | null | 'unindexed'> {
    const found = await this.#orNull(transactionSchema, 'getrawtransaction', [txid, true], NOT_FOUND);
    if (found) return this.#located(found);
    if (await this.#hasIndex()) return null;
    const block = await this.#blockOfUnspent(txid);
    if (block === null) return 'unindexed';
    return this.#located(await this.#ask(transactionSchema, 'getrawtransaction', [txid, true, block]));
  }

  async spenderOf(outpoint: string): Promise<string | null> {
    const [txid = '', vout = ''] = outpoint.split(':');
    const params = [[{ txid, vout: Number(vout) }]];
    const found = await this.#optional(spendersSchema, 'gettxspendingprevout', params);
    return found?.[0]?.spendingtxid ?? null;
  }

  async fees(): Promise<BitcoinFees | null> {
    const estimates = await this.#rpc.batch('estimatesmartfee', [[2], [6]]);
    const [next, hour] = estimates.map((each) => estimateSchema.safeParse(each).data?.feerate);
    return next === undefined || hour === undefined ? null : { next: perByte(next / 1000), hour: perByte(hour / 1000) };
  }

  async listen(listener: NodeListener<BitcoinTransaction>): Promise<void> {
    this.#listener = listener;
  }

  async poll(): Promise<void> {
    this.#pool.learn(await this.#ask(z.array(hash), 'getrawmempool', []));
    const unread = this.#pool.take(READ_A_POLL);
    for (let from = 0; from < unread.length; from += READ_AT_ONCE) {
      const part = unread.slice(from, from + READ_AT_ONCE);
      const raws = await this.#rpc.batch(
        'getrawtransaction',
        part.map((txid) => [txid, false]),
      );
      // What left the pool in between is in a block, which will be read.
      for (const raw of raws) if (typeof raw === 'string') this.#listener?.onPending(transactionOf(raw));
    }
  }

  async close(): Promise<void> {
    this.#listener = undefined;
    await this.#rpc.close();
  }

  async #located({ hex: raw, blockhash }: z.infer<typeof transactionSchema>): Promise<Located> {
    const transaction = transactionOf(raw);
    if (blockhash === undefined) return { transaction, block: null, bid: await this.#bidOf(transaction.txid) };
    const { number, at } = await this.#ask(headerSchema, 'getblockheader', [blockhash, true]);
    return { transaction, block: { number, hash: blockhash, at }, bid: null };
  }

  /** What a miner earns by taking it: with the parents it needs, and with a child that pays for it. */
  async #bidOf(txid: string): Promise<number | null> {
    const entry = await this.#optional(entrySchema, 'getmempoolentry', [txid]);
    if (!entry) return null;
    const { ancestorsize, descendantsize, fees, vsize } = entry;
    const alone = Math.min(fees.modified / vsize, fees.ancestor / ancestorsize);
    return perByte(Math.max(alone, fees.descendant / descendantsize));
  }

  /** Without an index of transactions, an output that is not spent yet says in which block its transaction is. */
  async #blockOfUnspent(txid: string): Promise<string | null> {
    const outputs = Array.from({ length: OUTPUTS_TRIED }, (_, vout) => [txid, vout, false]);
    const unspent = (await this.#rpc.batch('gettxout', outputs)).map((each) => unspentSchema.safeParse(each).data);
    const found = unspent.find((each) => each !== null && each !== undefined);
    if (!found) return null;
    const best = await this.#ask(headerSchema, 'getblockheader', [found.bestblock, true]);
    return this.#hashAt(best.number - found.confirmations + 1);
  }

  async #hasIndex(): Promise<boolean> {
    const answer = async (): Promise<boolean> => {
      const indexes = await this.#optional(indexesSchema, 'getindexinfo', ['txindex']);
      return indexes?.txindex?.synced === true;
    };
    return (this.#isIndexed ||= await answer());
  }

  #hashAt(number: number): Promise<string | null> {
    return this.#orNull(hash, 'getblockhash', [number], OUT_OF_RANGE);
  }

  async #orNull<T>(schema: z.ZodType<T>, method: string, params: readonly unknown[], code: number): Promise<T | null> {
    try {
      return await this.#ask(schema, method, params);
    } catch (error) {
      if (error instanceof BitcoindError && error.code === code) return null;
      throw error;
    }
  }

  /** Null where this node has no such method, knows nothing of what is asked, or answers in a way of its own. */
  async #optional<T>(schema: z.ZodType<T>, method: string, params: readonly unknown[]): Promise<T | null> {
    try {
      return schema.safeParse(await this.#rpc.request(method, params)).data ?? null;
    } catch (error) {
      if (error instanceof BitcoindError && error.answered) return null;
      throw error;
    }
  }

  async #ask<T>(schema: z.ZodType<T>, method: string, params: readonly unknown[]): Promise<T> {
    const read = schema.safeParse(await this.#rpc.request(method, params));
    if (read.success) return read.data;
    throw new NodeFailure(`answered ${method} with what cannot be read`, true);
  }
}

function transactionOf(raw: string): BitcoinTransaction {
  try {
    return readTransactionHex(raw);
  } catch {
    throw new NodeFailure('answered a transaction that cannot be read', true);
  }
}

/** @param bitcoin per virtual byte @returns satoshi per virtual byte, to a thousandth */
function perByte(bitcoin: number): number {
  return Math.round(bitcoin * SATOSHI * 1000) / 1000;
}
