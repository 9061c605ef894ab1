/**
 * The pretend chain: a pool, a canonical chain, and reorgs. It executes nothing; who has sent how much is what the
 * transactions say. Time comes in with each block.
 */
import type { Address, Hex } from 'viem';
import { block, genesis, transaction } from './block.ts';
import type { ChainBlock, ChainTransaction } from './block.ts';

/** Blocks that can be asked for; older ones are forgotten. */
export const BLOCKS_KEPT = 2_048;
const MOST_PER_BLOCK = 200;
const HELD_MS = 20 * 60_000;

export interface ChainState {
  readonly blocks: readonly ChainBlock[];
  readonly pool: readonly ChainTransaction[];
  /** Hashes in the pool that no block takes, and since when, epoch milliseconds. */
  readonly held: readonly (readonly [hash: Hex, since: number])[];
}

export interface Spend {
  readonly from: Address;
  readonly to: Address;
  /** Wei. */
  readonly value: bigint;
  readonly input?: Hex;
  readonly fails?: boolean;
  /** Since when (epoch milliseconds) it waits in the pool unmined, as one does whose fee is far below the market. */
  readonly heldSince?: number;
  readonly maxFeePerGas?: bigint;
  /** Given for a replacement; else the sender's next. */
  readonly nonce?: number;
}

export interface ChainListener {
  onPending?(transaction: ChainTransaction): void;
  /** Also several times for one number when the chain was reorganised. */
  onBlock?(block: ChainBlock): void;
}

export interface Chain {
  readonly chainId: number;
  head(): ChainBlock;
  blockByNumber(number: number): ChainBlock | undefined;
  blockByHash(hash: string): ChainBlock | undefined;
  pool(): readonly ChainTransaction[];
  /** In which block of the canonical chain a transaction is, null while it is in the pool; undefined: unknown. */
  find(hash: string): { transaction: ChainTransaction; block: ChainBlock | null } | undefined;
  /** Transactions a sender has in the canonical chain. */
  mined(sender: string): number;
  /** A transaction as it would be, which nobody but its sender knows of. */
  draft(spend: Spend): ChainTransaction;
  /** Puts a transaction into the pool. One of the same sender and nonce that waits there gives way. */
  send(spend: Spend): ChainTransaction;
  /** @param now epoch milliseconds */
  mine(now: number): ChainBlock;
  /**
   * Takes `depth` blocks away and puts one more in their place. What was in them is mined again, except `orphaned`,
   * which goes back into the pool, or is lost.
   */
  reorganise(depth: number, orphaned: ReadonlySet<string>, now: number, into?: 'pool' | 'nowhere'): void;
  /** Blocks take a transaction that was held back. */
  release(hash: string): void;
  /** The pool loses a transaction. */
  forget(hash: string): void;
  listen(listener: ChainListener): () => void;
  state(): ChainState;
}

/** Wei per gas with which a transaction gets into the next block. */
export const MARKET_FEE = 12_000_000_000n;

/** @param now epoch milliseconds of the first block, unless `state` brings one */
export function createChain(chainId: number, now: number, state?: ChainState): Chain {
  return new PretendChain(chainId, state ?? { blocks: [genesis(chainId, seconds(now))], pool: [], held: [] });
}

function seconds(milliseconds: number): number {
  return Math.floor(milliseconds / 1000);
}

class PretendChain implements Chain {
  readonly chainId: number;
  readonly #listeners = new Set<ChainListener>();
  readonly #held: Map<Hex, number>;
  #blocks: ChainBlock[];
  #pool: ChainTransaction[];

  constructor(chainId: number, { blocks, pool, held }: ChainState) {
    this.chainId = chainId;
    this.#blocks = [...blocks];
    this.#pool = [...pool];
    this.#held = new Map(held);
  }

  head(): ChainBlock {
    const head = this.#blocks.at(-1);
    if (!head) throw new RangeError('a chain has at least its first block');
    return head;
  }

  blockByNumber(number: number): ChainBlock | undefined {
    const first = this.#blocks[0]?.number ?? 0;
    return this.#blocks[number - first];
  }

  blockByHash(hash: string): ChainBlock | undefined {
    return this.#blocks.findLast((each) => each.hash === hash.toLowerCase());
  }

  pool(): readonly ChainTransaction[] {
    return this.#pool;
  }

  find(hash: string) {
    const same = (each: ChainTransaction) => each.hash === hash.toLowerCase();
    const waiting = this.#pool.find(same);
    if (waiting) return { transaction: waiting, block: null };
    const found = this.#blocks.findLast(({ transactions }) => transactions.some(same));
    const mined = found?.transactions.find(same);
    return found && mined ? { transaction: mined, block: found } : undefined;
  }

  mined(sender: string): number {
    const from = sender.toLowerCase();
    return this.#blocks.reduce((sum, { transactions }) => sum + transactions.filter((t) => t.from === from).length, 0);
  }

  draft(spend: Spend): ChainTransaction {
    const waiting = this.#pool.filter(({ from }) => from === spend.from).length;
    return transaction(this.chainId, {
      from: spend.from,
      to: spend.to,
      value: spend.value.toString(),
      input: spend.input ?? '0x',
      nonce: spend.nonce ?? this.mined(spend.from) + waiting,
      maxFeePerGas: (spend.maxFeePerGas ?? (spend.heldSince !== undefined ? MARKET_FEE / 10n : MARKET_FEE)).toString(),
      fails: spend.fails ?? false,
    });
  }

  send(spend: Spend): ChainTransaction {
    const sent = this.draft(spend);
    this.#pool = [...this.#pool.filter(({ from, nonce }) => from !== sent.from || nonce !== sent.nonce), sent];
    if (spend.heldSince !== undefined) this.#held.set(sent.hash, spend.heldSince);
    for (const listener of this.#listeners) listener.onPending?.(sent);
    return sent;
  }

  mine(now: number): ChainBlock {
    this.#evict(now);
    const ready = this.#pool.filter(({ hash }) => !this.#held.has(hash)).slice(0, MOST_PER_BLOCK);
    const mined = this.#add(now, ready);
    this.#pool = this.#pool.filter((each) => !ready.includes(each));
    this.#tell([mined]);
    return mined;
  }

  reorganise(depth: number, orphaned: ReadonlySet<string>, now: number, into: 'pool' | 'nowhere' = 'pool'): void {
    const taken = Math.min(depth, this.#blocks.length - 1);
    const gone = this.#blocks.splice(this.#blocks.length - taken, taken);
    const out = gone.flatMap(({ transactions }) => transactions).filter(({ hash }) => orphaned.has(hash));
    const back = into === 'pool' ? out : [];
    const rebuilt = gone.map(({ transactions }) => transactions.filter(({ hash }) => !orphaned.has(hash)));
    // Each replacement is one second younger than what it replaces: the same content must not give the same hash.
    const added = rebuilt.map((transactions, index) =>
      this.#add((gone[index]?.timestamp ?? 0) * 1000 + 1000, transactions),
    );
    this.#pool = [...this.#pool, ...back];
    this.#tell([...added, this.#add(now, [])]);
    for (const each of back) for (const listener of this.#listeners) listener.onPending?.(each);
  }

  release(hash: string): void {
    for (const held of this.#held.keys()) if (held === hash.toLowerCase()) this.#held.delete(held);
  }

  forget(hash: string): void {
    this.release(hash);
    this.#pool = this.#pool.filter((each) => each.hash !== hash.toLowerCase());
  }

  listen(listener: ChainListener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  state(): ChainState {
    return { blocks: this.#blocks, pool: this.#pool, held: [...this.#held] };
  }

  /** Nodes forget what waits too long. */
  #evict(now: number): void {
    const stale = new Set([...this.#held].filter(([, since]) => now - since > HELD_MS).map(([hash]) => hash));
    this.#pool = this.#pool.filter(({ hash }) => !stale.has(hash));
    for (const hash of this.#held.keys()) {
      if (!this.#pool.some((each) => each.hash === hash)) this.#held.delete(hash);
    }
  }

  #add(now: number, transactions: readonly ChainTransaction[]): ChainBlock {
    const parent = this.head();
    const added = block(parent, Math.max(seconds(now), parent.timestamp + 1), transactions);
    this.#blocks.push(added);
    if (this.#blocks.length > BLOCKS_KEPT) this.#blocks.shift();
    return added;
  }

  #tell(blocks: readonly ChainBlock[]): void {
    for (const each of blocks) for (const listener of this.#listeners) listener.onBlock?.(each);
  }
}
