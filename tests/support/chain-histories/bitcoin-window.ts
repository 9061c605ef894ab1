import type {
  BitcoinBlock,
  BitcoinFees,
  BitcoinNode,
  BitcoinTransaction,
  Located,
} from '../../../gateway/chains/bitcoin/node.ts';
import type { ChainHeader, NodeListener } from '../../../gateway/chains/follow/chain-node.ts';
import { NodeFailure } from '../../../gateway/chains/follow/node-failure.ts';
import { REGTEST_GENESIS, scriptOf } from '../bitcoin-node/scripted-chain.ts';
import type { Shown, World, WorldBlock, WorldTransaction } from './world.ts';

export const SHOP = 'bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080';

/** One node of the world, as a Bitcoin node with an index. */
export class BitcoinWindow implements BitcoinNode {
  readonly host: string;
  readonly #world: World;
  readonly #index: number;
  #listener: NodeListener<BitcoinTransaction> | undefined;

  constructor(world: World, index: number) {
    this.#world = world;
    this.#index = index;
    this.host = `node${index}`;
  }

  async genesis(): Promise<string> {
    return this.#shown && REGTEST_GENESIS.hash;
  }

  async head(): Promise<ChainHeader> {
    return blockOf(this.#shown.blocks.at(-1));
  }

  async header(number: number): Promise<ChainHeader | null> {
    return this.block(number);
  }

  async block(number: number): Promise<BitcoinBlock | null> {
    const block = this.#shown.blocks[number];
    return block ? blockOf(block) : null;
  }

  async transaction(txid: string): Promise<Located | null> {
    const { blocks, pool } = this.#shown;
    for (const block of blocks) {
      const found = block.transactions.find(({ id }) => txidOf(id) === txid);
      const { at, hash, number } = blockOf(block);
      if (found) return { transaction: transactionOf(found), block: { at, hash, number }, bid: null };
    }
    const pooled = [...pool.values()].find(({ id }) => txidOf(id) === txid);
    return pooled ? { transaction: transactionOf(pooled), block: null, bid: 10 } : null;
  }

  async spenderOf(outpoint: string): Promise<string | null> {
    const { blocks, pool } = this.#shown;
    const all = [...blocks.flatMap(({ transactions }) => transactions), ...pool.values()].map(transactionOf);
    return all.find(({ inputs }) => inputs.includes(outpoint))?.txid ?? null;
  }

  async fees(): Promise<BitcoinFees | null> {
    return this.#shown && { next: 10, hour: 5 };
  }

  async listen(listener: NodeListener<BitcoinTransaction>): Promise<void> {
    this.#listener = listener;
  }

  async poll(): Promise<void> {
    for (const each of this.#shown.pool.values()) this.#listener?.onPending(transactionOf(each));
  }

  async close(): Promise<void> {
    this.#listener = undefined;
  }

  get #shown(): Shown {
    const shown = this.#world.nodes[this.#index];
    if (!shown) throw new NodeFailure('cannot be reached');
    return shown;
  }
}

export function txidOf(id: number): string {
  return `1${id.toString(16).padStart(63, '0')}`;
}

export function blockHashOf(id: number): string {
  return id === 0 ? REGTEST_GENESIS.hash : `2${id.toString(16).padStart(63, '0')}`;
}

function blockOf(block: WorldBlock | undefined): BitcoinBlock {
  if (!block) throw new Error('there is no block');
  const { at, id, number, parent } = block;
  const transactions = block.transactions.map(transactionOf);
  return { number, hash: blockHashOf(id), parentHash: blockHashOf(parent), at, transactions };
}

/** There are no tokens, and nothing fails: what would pay them pays coins to another address. */
function transactionOf({ amount, id, payload, slot }: WorldTransaction): BitcoinTransaction {
  const times = payload === 'coins' ? 1 : payload === 'twice' ? 2 : 0;
  const paid = Array.from({ length: times }, (_, n) => ({ script: scriptOf(SHOP), value: amount + BigInt(n) }));
  const change = { script: `0014${'c'.repeat(40)}`, value: 5_000n };
  const inputs = [`3${slot.toString(16).padStart(63, '0')}:0`, `4${id.toString(16).padStart(63, '0')}:1`];
  return { txid: txidOf(id), inputs, outputs: [change, ...paid] };
}
