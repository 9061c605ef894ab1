import { randomBytes } from 'node:crypto';
import { readAddress } from '../../../gateway/chains/bitcoin/address.ts';
import { bitcoinNetwork } from '../../../gateway/chains/bitcoin/network.ts';
import type { BitcoinTransaction } from '../../../gateway/chains/bitcoin/node.ts';
import { readTransactionHex } from '../../../gateway/chains/bitcoin/raw-transaction.ts';
import { serialisedBlock, serialisedTransaction } from '../../../demo/chains/bitcoin/serialise.ts';

/** Bitcoin's regtest network, whose block 0 the scripted chain starts from. */
export const REGTEST = 'bip122:0f9188f13cb7b2c71f2a335e3a4fc328';

export interface ScriptedTransaction extends BitcoinTransaction {
  readonly raw: string;
  /** Satoshi per virtual byte. */
  readonly feeRate: number;
}

export interface ScriptedBlock {
  readonly number: number;
  readonly hash: string;
  readonly parentHash: string;
  /** Seconds. */
  readonly time: number;
  readonly raw: string;
  readonly transactions: readonly ScriptedTransaction[];
}

/** Block 0 of regtest as it is. Source: Bitcoin Core, chainparams. */
export const REGTEST_GENESIS = {
  hash: '0f9188f13cb7b2c71f2a335e3a4fc328bf5beb436012afca590b1a11466e2206',
  raw:
    '0100000000000000000000000000000000000000000000000000000000000000000000003ba3edfd7a7b12b27ac72c3e67768f617fc81bc3' +
    '888a51323a9fb8aa4b1e5e4adae5494dffff7f20020000000101000000010000000000000000000000000000000000000000000000000000' +
    '000000000000ffffffff4d04ffff001d0104455468652054696d65732030332f4a616e2f32303039204368616e63656c6c6f72206f6e2062' +
    '72696e6b206f66207365636f6e64206261696c6f757420666f722062616e6b73ffffffff0100f2052a01000000434104678afdb0fe554827' +
    '1967f1a67130b7105cd6a828e03909a67962e0ea1f61deb649f6bc3f4cef38c4f35504e51ec112de5c384df7ba0b8d578a4c702b6bf11d5f' +
    'ac00000000',
} as const;

/** An address of regtest, one for each number. */
export function scriptOf(address: string): string {
  const network = bitcoinNetwork(REGTEST);
  const read = network && readAddress(address, network);
  if (!read || !('script' in read)) throw new Error(`${address} is no address of regtest`);
  return read.script;
}

/** A chain and a pool under the test's thumb, which test nodes of any shape show. */
export class ScriptedChain {
  blocks: readonly ScriptedBlock[];
  readonly pool = new Map<string, ScriptedTransaction>();
  fees = { next: 12, hour: 8 };
  #made = 0;

  constructor(now = Math.floor(Date.now() / 1000)) {
    const genesis = {
      number: 0,
      parentHash: '0'.repeat(64),
      time: 1_296_688_602,
      transactions: [],
      ...REGTEST_GENESIS,
    };
    this.blocks = [genesis];
    this.#start = now;
    this.mine(8);
  }

  readonly #start: number;
  /** By which blocks are dated, epoch milliseconds; null while each is a second younger than the one before. */
  now: (() => number) | null = null;

  get top(): ScriptedBlock {
    const top = this.blocks.at(-1);
    if (!top) throw new Error('there is no block');
    return top;
  }

  /** A customer's transaction, into the pool. Spending what another of the pool spends puts it out of there. */
  pay(
    to: string,
    value: bigint,
    {
      feeRate = 10,
      inputs = [`${randomBytes(32).toString('hex')}:1`],
    }: { feeRate?: number; inputs?: readonly string[] } = {},
  ): ScriptedTransaction {
    this.#made += 1;
    const change = { script: `0014${randomBytes(20).toString('hex')}`, value: 5_000n };
    const outputs = [change, { script: scriptOf(to), value }];
    const { raw } = serialisedTransaction({ inputs, outputs, segwit: this.#made % 2 === 0, lockTime: this.#made });
    const transaction = { ...readTransactionHex(raw), raw, feeRate };
    this.send(transaction);
    return transaction;
  }

  /** Into the pool, where it takes the place of what spends the same. */
  send(transaction: ScriptedTransaction): void {
    for (const rival of [...this.pool.values()]) {
      if (rival.inputs.some((input) => transaction.inputs.includes(input))) this.pool.delete(rival.txid);
    }
    this.pool.set(transaction.txid, transaction);
  }

  evict({ txid }: ScriptedTransaction): void {
    this.pool.delete(txid);
  }

  /** Mines the whole pool into the first of so many blocks. */
  mine(blocks = 1): void {
    const waiting = [...this.pool.values()];
    this.pool.clear();
    for (let n = 0; n < blocks; n += 1) this.#append(n === 0 ? waiting : []);
  }

  /** Replaces the newest blocks by one more; `included` go into the first of the new ones, the others are forgotten. */
  reorg(depth: number, included: readonly ScriptedTransaction[] = []): void {
    this.blocks = this.blocks.slice(0, -depth);
    for (const { txid } of included) this.pool.delete(txid);
    for (let n = 0; n <= depth; n += 1) this.#append(n === 0 ? included : []);
  }

  find(txid: string): { transaction: ScriptedTransaction; block: ScriptedBlock | null } | undefined {
    const waiting = this.pool.get(txid);
    if (waiting) return { transaction: waiting, block: null };
    for (const block of this.blocks) {
      const transaction = block.transactions.find((each) => each.txid === txid);
      if (transaction) return { transaction, block };
    }
    return undefined;
  }

  spenderOf(outpoint: string): ScriptedTransaction | undefined {
    const all = [...this.blocks.flatMap(({ transactions }) => transactions), ...this.pool.values()];
    return all.find(({ inputs }) => inputs.includes(outpoint));
  }

  #append(included: readonly ScriptedTransaction[]): void {
    this.#made += 1;
    const { hash: parentHash, number } = this.top;
    const { raw } = serialisedTransaction({
      inputs: [],
      outputs: [{ script: '51', value: 50n }],
      lockTime: this.#made,
    });
    const coinbase = { ...readTransactionHex(raw), raw, feeRate: 0 };
    const transactions = [coinbase, ...included];
    const time =
      this.now === null ? this.#start + this.#made : Math.max(Math.floor(this.now() / 1000), this.top.time + 1);
    const block = serialisedBlock({ parentHash, time, nonce: this.#made, transactions });
    this.blocks = [...this.blocks, { number: number + 1, parentHash, time, transactions, ...block }];
  }
}
