/**
 * The pretend Bitcoin: regtest's first block, and from there on blocks that hold what was sent. Nothing is signed and
 * nothing is mined; what a node that checks hashes can check holds.
 */
import { bech32 } from '@scure/base';
import type { Random } from '../../clock/random.ts';
import { serialisedBlock, serialisedTransaction } from './serialise.ts';

/** Block 0 of regtest. Source: Bitcoin Core, chainparams. */
const GENESIS: BitcoinBlock = {
  number: 0,
  hash: '0f9188f13cb7b2c71f2a335e3a4fc328bf5beb436012afca590b1a11466e2206',
  parentHash: '0'.repeat(64),
  time: 1_296_688_602,
  raw:
    '0100000000000000000000000000000000000000000000000000000000000000000000003ba3edfd7a7b12b27ac72c3e67768f617fc81bc3' +
    '888a51323a9fb8aa4b1e5e4adae5494dffff7f20020000000101000000010000000000000000000000000000000000000000000000000000' +
    '000000000000ffffffff4d04ffff001d0104455468652054696d65732030332f4a616e2f32303039204368616e63656c6c6f72206f6e2062' +
    '72696e6b206f66207365636f6e64206261696c6f757420666f722062616e6b73ffffffff0100f2052a01000000434104678afdb0fe554827' +
    '1967f1a67130b7105cd6a828e03909a67962e0ea1f61deb649f6bc3f4cef38c4f35504e51ec112de5c384df7ba0b8d578a4c702b6bf11d5f' +
    'ac00000000',
  transactions: [],
};

/** Satoshi per virtual byte: what the next block takes, and what is in a block within the hour. */
export const BITCOIN_FEES = { next: 12, hour: 6 } as const;
const BLOCKS_KEPT = 512;
const FIRST_BLOCKS = 6;

/** Amounts in satoshi, as decimal strings, so that it can be kept as JSON. */
export interface BitcoinTransaction {
  readonly txid: string;
  readonly raw: string;
  readonly feeRate: number;
  /** `txid:vout` each. */
  readonly inputs: readonly string[];
  readonly outputs: readonly { readonly script: string; readonly value: string }[];
}

export interface BitcoinBlock {
  readonly number: number;
  readonly hash: string;
  readonly parentHash: string;
  /** Unix seconds. */
  readonly time: number;
  readonly raw: string;
  readonly transactions: readonly BitcoinTransaction[];
}

export interface BitcoinState {
  readonly blocks: readonly BitcoinBlock[];
  readonly pool: readonly BitcoinTransaction[];
}

export interface BitcoinSpend {
  readonly to: string;
  /** Satoshi. */
  readonly value: bigint;
  /** Above what the next block takes by default. */
  readonly feeRate?: number;
  /** What it spends, to replace what spends the same; coins of nobody's by default. */
  readonly inputs?: readonly string[];
}

/** The output of a payment; the one before it is change. */
export const PAYING_OUTPUT = 1;

export class PretendBitcoin {
  readonly #random: Random;
  #blocks: BitcoinBlock[];
  #pool: BitcoinTransaction[];

  /**
   * @param now epoch milliseconds, before which the first blocks were mined, unless `state` brings some
   * @param everyMs between those: who estimates by them is to be right about those that follow
   */
  constructor(random: Random, now: number, state?: BitcoinState, everyMs = 1_000) {
    this.#random = random;
    this.#blocks = [...(state?.blocks ?? [])];
    this.#pool = [...(state?.pool ?? [])];
    for (let n = FIRST_BLOCKS; n > 0 && !state; n -= 1) this.mine(now - n * everyMs);
  }

  head(): BitcoinBlock {
    return this.#blocks.at(-1) ?? GENESIS;
  }

  blockAt(number: number): BitcoinBlock | undefined {
    return number === 0 ? GENESIS : this.#blocks[number - (this.#blocks[0]?.number ?? 1)];
  }

  block(hash: string): BitcoinBlock | undefined {
    return hash === GENESIS.hash ? GENESIS : this.#blocks.findLast((each) => each.hash === hash);
  }

  pool(): readonly BitcoinTransaction[] {
    return this.#pool;
  }

  /** In which block a transaction is, null while it waits; undefined: unknown. */
  find(txid: string): { transaction: BitcoinTransaction; block: BitcoinBlock | null } | undefined {
    const waiting = this.#pool.find((each) => each.txid === txid);
    if (waiting) return { transaction: waiting, block: null };
    const block = this.#blocks.findLast(({ transactions }) => transactions.some((each) => each.txid === txid));
    const mined = block?.transactions.find((each) => each.txid === txid);
    return block && mined ? { transaction: mined, block } : undefined;
  }

  spenderOf(outpoint: string): BitcoinTransaction | undefined {
    const all = [...this.#pool, ...this.#blocks.flatMap(({ transactions }) => transactions)];
    return all.find(({ inputs }) => inputs.includes(outpoint));
  }

  /** Into the pool, where it takes the place of what spends the same. */
  send({ to, value, feeRate = 2 * BITCOIN_FEES.next, inputs }: BitcoinSpend): BitcoinTransaction {
    const spent = inputs ?? [`${this.#random.hex(32)}:0`];
    const change = { script: `0014${this.#random.hex(20)}`, value: BigInt(this.#random.between(1_000, 900_000)) };
    const outputs = [change, { script: scriptOf(to), value }];
    const sent: BitcoinTransaction = {
      ...serialisedTransaction({ inputs: spent, outputs }),
      feeRate,
      inputs: spent,
      outputs: outputs.map((output) => ({ script: output.script, value: output.value.toString() })),
    };
    this.#pool = [...this.#pool.filter((each) => !each.inputs.some((input) => spent.includes(input))), sent];
    return sent;
  }

  /** Takes what bids enough. @param now epoch milliseconds */
  mine(now: number): BitcoinBlock {
    const { hash: parentHash, number, time: before } = this.head();
    const taken = this.#pool.filter(({ feeRate }) => feeRate >= BITCOIN_FEES.next);
    this.#pool = this.#pool.filter((each) => !taken.includes(each));
    const reward = serialisedTransaction({
      inputs: [],
      outputs: [{ script: `0014${this.#random.hex(20)}`, value: 5_000_000_000n }],
      lockTime: number + 1,
    });
    const time = Math.max(Math.floor(now / 1000), before + 1);
    const sealed = serialisedBlock({ parentHash, time, nonce: number + 1, transactions: [reward, ...taken] });
    const block = { number: number + 1, parentHash, time, transactions: taken, ...sealed };
    this.#blocks = [...this.#blocks, block].slice(-BLOCKS_KEPT);
    return block;
  }

  state(): BitcoinState {
    return { blocks: this.#blocks, pool: this.#pool };
  }
}

/** A fresh address of regtest. Source: BIP-173. */
export function bitcoinAddress(random: Random): string {
  const program = Uint8Array.from(Buffer.from(random.hex(20), 'hex'));
  return bech32.encode('bcrt', [0, ...bech32.toWords(program)]);
}

/** What an address that `bitcoinAddress` made stands for. */
export function scriptOf(address: string): string {
  const [, ...words] = bech32.decode(address as `${string}1${string}`).words;
  return `0014${Buffer.from(bech32.fromWords(words)).toString('hex')}`;
}
