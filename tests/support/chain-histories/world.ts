/**
 * A world in which chains have histories: blocks, a pool, forks and rivals, and nodes that each show the state of some
 * moment of it. It knows nothing of any kind of chain.
 */

import type { OddAnswer } from './oddity.ts';

/** What a transaction pays to the address that is watched. */
export type Payload = 'coins' | 'token' | 'twice' | 'nothing' | 'fails';

/** Transactions of one slot spend the same: one of them alone can ever be in a chain. */
export interface WorldTransaction {
  readonly id: number;
  readonly slot: number;
  readonly payload: Payload;
  readonly amount: bigint;
}

export interface WorldBlock {
  readonly number: number;
  /** Tells blocks of one height apart. */
  readonly id: number;
  readonly parent: number;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly transactions: readonly WorldTransaction[];
}

/** What a node shows. */
export interface Shown {
  readonly blocks: readonly WorldBlock[];
  readonly pool: ReadonlyMap<number, WorldTransaction>;
}

const BLOCK_MS = 12_000;

export class World {
  readonly start: number;
  blocks: readonly WorldBlock[];
  pool: ReadonlyMap<number, WorldTransaction> = new Map();
  /** What each node shows; null while it is down. */
  readonly nodes: (Shown | null)[];
  /** What is odd about the next answers of nodes that have answers, in turn. */
  readonly odd: OddAnswer[] = [];
  /** While they are, blocks are said to have no logs. */
  #areLogsLate = false;
  wereLogsLate = false;
  wasOdd = false;
  /** Everything that was ever sent. */
  readonly sent: WorldTransaction[] = [];
  #blocks = 0;

  constructor(start: number, nodes: number) {
    this.start = start;
    this.blocks = [{ number: 0, id: 0, parent: 0, at: start, transactions: [] }];
    this.nodes = Array.from({ length: nodes }, () => this.#now());
  }

  get areLogsLate(): boolean {
    return this.#areLogsLate;
  }

  set areLogsLate(late: boolean) {
    this.#areLogsLate = late;
    this.wereLogsLate ||= late;
  }

  get height(): number {
    return this.blocks.length - 1;
  }

  /** Into the pool, in the place of what spends the same; into none where a block has that already. */
  send(slot: number, payload: Payload, amount: bigint): void {
    const transaction = { id: this.sent.length + 1, slot, payload, amount };
    this.sent.push(transaction);
    this.#pooled(transaction);
  }

  evict(nth: number): void {
    const ids = [...this.pool.keys()];
    const gone = ids[nth % Math.max(1, ids.length)];
    this.pool = new Map([...this.pool].filter(([id]) => id !== gone));
  }

  /** Mines every transaction of the pool that `takes` picks. */
  mine(takes: (transaction: WorldTransaction) => boolean): void {
    this.#append([...this.pool.values()].filter(takes));
  }

  /** A longer branch takes the place of the newest blocks; what they held comes into it, back into the pool, or is lost. */
  fork(depth: number, fate: (transaction: WorldTransaction) => 'block' | 'pool' | 'lost'): void {
    const kept = Math.max(1, this.blocks.length - depth);
    const orphaned = this.blocks.slice(kept).flatMap(({ transactions }) => transactions);
    const length = this.blocks.length - kept + 1;
    this.blocks = this.blocks.slice(0, kept);
    this.#append(orphaned.filter((each) => fate(each) === 'block'));
    for (const each of orphaned) if (fate(each) === 'pool') this.#pooled(each);
    for (let n = 1; n < length; n += 1) this.#append([]);
  }

  /** The node comes up with all that is known by now. */
  show(node: number): void {
    this.nodes[node] = this.#now();
  }

  fail(node: number): void {
    this.nodes[node] = null;
  }

  #now(): Shown {
    return { blocks: this.blocks, pool: this.pool };
  }

  #pooled(transaction: WorldTransaction): void {
    if (this.blocks.some(({ transactions }) => transactions.some(({ slot }) => slot === transaction.slot))) return;
    const others = [...this.pool].filter(([, { slot }]) => slot !== transaction.slot);
    this.pool = new Map([...others, [transaction.id, transaction]]);
  }

  #append(transactions: readonly WorldTransaction[]): void {
    this.#blocks += 1;
    const parent = this.blocks.at(-1);
    if (!parent) throw new Error('there is no block');
    const block = { number: parent.number + 1, id: this.#blocks, parent: parent.id, at: parent.at + BLOCK_MS };
    this.blocks = [...this.blocks, { ...block, transactions }];
    const slots = new Set(transactions.map(({ slot }) => slot));
    this.pool = new Map([...this.pool].filter(([, { slot }]) => !slots.has(slot)));
  }
}
