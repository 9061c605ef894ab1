import type { z } from 'zod';
import type { ChainHeader, NodeListener } from '../follow/chain-node.ts';
import { inBatches } from '../follow/in-batches.ts';
import { NodeFailure } from '../follow/node-failure.ts';
import { AddressTurns } from './address-turns.ts';
import {
  estimatesSchema,
  hashSchema,
  headerSchema,
  outspendSchema,
  recommendedSchema,
  transactionSchema,
  transactionsSchema,
} from './esplora-schema.ts';
import { HttpAsker, jsonOf } from './http-asker.ts';
import type { Answer } from './http-asker.ts';
import type { BitcoinBlock, BitcoinFees, BitcoinNode, BitcoinTransaction, Located } from './node.ts';
import { readBlock } from './raw-block.ts';

/** Its pool can be asked by address alone; so many at each poll, whatever the number of orders. */
const ADDRESSES_A_POLL = 20;
const AT_ONCE = 4;

/**
 * An index with Esplora's HTTP API, such as electrs, or mempool.space. It is asked for `/blocks/tip/hash`,
 * `/block-height/:n`, `/block/:hash`, `/block/:hash/raw`, `/tx/:txid`, `/tx/:txid/outspend/:vout`,
 * `/address/:a/txs/mempool`, and `/v1/fees/recommended` or `/fee-estimates`.
 */
export class EsploraNode implements BitcoinNode {
  readonly host: string;
  readonly #http: HttpAsker;
  readonly #turns = new AddressTurns();
  #listener: NodeListener<BitcoinTransaction> | undefined;
  #head: ChainHeader | undefined;

  constructor(url: string, timeoutMs: number) {
    this.#http = new HttpAsker(url, timeoutMs);
    this.host = this.#http.host;
  }

  async genesis(): Promise<string> {
    const hash = await this.#hashAt(0);
    if (hash === null) throw new NodeFailure('has no block 0');
    return hash;
  }

  async head(): Promise<ChainHeader> {
    const hash = this.#text(await this.#asked('/blocks/tip/hash'));
    if (this.#head?.hash === hash) return this.#head;
    const header = await this.#header(hash);
    if (!header) throw new NodeFailure('does not know its own newest block', true);
    return (this.#head = header);
  }

  async header(number: number): Promise<ChainHeader | null> {
    const hash = await this.#hashAt(number);
    return hash === null ? null : this.#header(hash);
  }

  async block(number: number): Promise<BitcoinBlock | null> {
    const hash = await this.#hashAt(number);
    if (hash === null) return null;
    const answer = await this.#found(`/block/${hash}/raw`);
    if (!answer) return null;
    try {
      return readBlock(answer.body, hash, number);
    } catch (error) {
      if (error instanceof RangeError) throw new NodeFailure(`answered a block that is none: ${error.message}`);
      throw error;
    }
  }

  async transaction(txid: string): Promise<Located | null> {
    const answer = await this.#found(`/tx/${txid}`);
    return answer && this.#read(transactionSchema, answer);
  }

  async spenderOf(outpoint: string): Promise<string | null> {
    const [txid = '', vout = ''] = outpoint.split(':');
    const answer = await this.#found(`/tx/${txid}/outspend/${vout}`);
    const outspend = answer && this.#read(outspendSchema, answer);
    return outspend?.spent ? (outspend.txid ?? null) : null;
  }

  async fees(): Promise<BitcoinFees | null> {
    const recommended = await this.#optional(recommendedSchema, '/v1/fees/recommended');
    if (recommended) return { next: recommended.fastestFee, hour: recommended.hourFee };
    const estimates = await this.#optional(estimatesSchema, '/fee-estimates');
    const [next, hour] = [estimates?.['1'] ?? estimates?.['2'], estimates?.['6']];
    return next === undefined || hour === undefined ? null : { next, hour };
  }

  async listen(listener: NodeListener<BitcoinTransaction>): Promise<void> {
    this.#listener = listener;
  }

  async poll(awaited: () => Promise<readonly string[]>): Promise<void> {
    const listener = this.#listener;
    if (!listener) return;
    const addresses = this.#turns.next(await awaited(), ADDRESSES_A_POLL);
    await inBatches(addresses, AT_ONCE, async (address) => {
      const answer = await this.#found(`/address/${encodeURIComponent(address)}/txs/mempool`);
      for (const { transaction } of answer ? this.#read(transactionsSchema, answer) : []) {
        listener.onPending(transaction);
      }
    });
  }

  async close(): Promise<void> {
    this.#listener = undefined;
    await this.#http.close();
  }

  async #hashAt(number: number): Promise<string | null> {
    const answer = await this.#found(`/block-height/${number}`);
    return answer && this.#text(answer);
  }

  async #header(hash: string): Promise<ChainHeader | null> {
    const answer = await this.#found(`/block/${hash}`);
    return answer && this.#read(headerSchema, answer);
  }

  /** Null for 404: there is no such thing. @throws NodeFailure for every other answer that is not 200 */
  async #found(path: string): Promise<Answer | null> {
    const answer = await this.#http.ask(path);
    if (answer.status === 404) return null;
    if (answer.status !== 200) throw new NodeFailure(`answered with HTTP ${answer.status}`);
    return answer;
  }

  /** Null where this index does not say, whatever it answers instead. */
  async #optional<T>(schema: z.ZodType<T>, path: string): Promise<T | null> {
    const answer = await this.#http.ask(path);
    if (answer.status !== 200) return null;
    try {
      return schema.safeParse(jsonOf(answer)).data ?? null;
    } catch {
      return null;
    }
  }

  async #asked(path: string): Promise<Answer> {
    const answer = await this.#found(path);
    if (!answer) throw new NodeFailure('is no Esplora: it does not know its newest block');
    return answer;
  }

  #text({ body }: Answer): string {
    const read = hashSchema.safeParse(body.toString('utf8').trim());
    if (read.success) return read.data;
    throw new NodeFailure('answered with what cannot be read', true);
  }

  #read<T>(schema: z.ZodType<T>, answer: Answer): T {
    const read = schema.safeParse(jsonOf(answer));
    if (read.success) return read.data;
    throw new NodeFailure('answered with what cannot be read', true);
  }
}
