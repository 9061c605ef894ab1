/**
 * What is known at this moment and is no fact of the log: how a pending transaction stands, how a chain's nodes stand,
 * how a line is heard. Watchers put it here, diagnosis reads it. Kept in memory: after a restart it is told anew.
 */
import type { SourceState } from '../contract/source-state.ts';

/** Why a transaction that is in no block is not getting into one; amounts in wei per gas, as decimal strings. */
export type TransactionTrouble =
  /** It bids less than the next block asks, or on Bitcoin than blocks of the next hour do. */
  | { readonly kind: 'fee-too-low'; readonly bid: string; readonly asked: string }
  /** An earlier transaction of its sender is missing: `next` is the nonce the chain waits for. */
  | { readonly kind: 'nonce-gap'; readonly nonce: number; readonly next: number }
  /** None of the nodes that were asked knows it. `since` is the gateway's time of the first such answer. */
  | { readonly kind: 'not-found'; readonly nodes: number; readonly since: number };

/** Money that a transaction moves; the amount is in base units. */
export interface Move {
  /** As the chain writes addresses; `script:` and hex where money goes to no address. */
  readonly to: string;
  /** `native` or `erc20:0x…`. */
  readonly asset: string;
  readonly symbol: string;
  /** Null where nobody knows them. */
  readonly decimals: number | null;
  readonly amount: string;
  /** It goes to an address of some order, or to one of the shop's own. */
  readonly isWatched: boolean;
}

/** What a transaction does, as far as a node shows it. */
export interface Movements {
  readonly moves: readonly Move[];
  /** It runs a contract: the coins that one passes on no node shows. */
  readonly mayMoveMore: boolean;
  /** It was mined and failed: nothing was moved. */
  readonly failed: boolean;
}

/** The same of a transaction that a customer named, and where that stands. */
export interface NamedMovements extends Movements {
  /** Null while it is in the pool. `settlesAt` is in confirmations, null where the chain itself names settled blocks. */
  readonly mined: { readonly height: number; readonly settlesAt: number | null; readonly isSettled: boolean } | null;
}

/** One endpoint of a chain, named by its host, never by its whole URL: that may carry a key. */
export interface NodeStanding {
  readonly name: string;
  readonly state: 'ok' | 'behind' | 'down' | 'disagrees';
  /** Its newest block, null where it never answered. */
  readonly height: number | null;
  /** What is wrong, in words a person can act on. */
  readonly note?: string;
}

export interface ChainStanding {
  readonly nodes: readonly NodeStanding[];
  /** Median time between the newest blocks in milliseconds; null until enough were seen. */
  readonly blockMs: number | null;
  /** What the next block asks per gas (EVM, wei) or per virtual byte (Bitcoin, satoshi); null where unknown. */
  readonly fee: string | null;
}

/** What diagnosis may read. */
export interface Observations {
  /** Since when is observed, epoch milliseconds: what was before has to be learnt anew. */
  readonly startedAt: number;
  transaction(chain: string, txHash: string): TransactionTrouble | undefined;
  /** True where a trouble of it was known, and is over. */
  isOver(chain: string, txHash: string): boolean;
  /** What a named transaction does; null where no node shows it any more, undefined where it was not looked up. */
  movements(chain: string, txHash: string): NamedMovements | null | undefined;
  chain(id: string): ChainStanding | undefined;
  /** How a source, or a chain as a line, is heard [FR1]. */
  source(id: string): SourceState | undefined;
}

/** What changed: one transaction, a chain as a whole, or how a line is heard; `chain` is the line's id then. */
export interface ObservationChange {
  readonly chain: string;
  readonly txHash: string | null;
}

const OVER_KEPT = 1_000;

export class ObservationBoard implements Observations {
  readonly #transactions = new Map<string, TransactionTrouble | null>();
  readonly #movements = new Map<string, NamedMovements | null>();
  readonly #chains = new Map<string, ChainStanding>();
  readonly #sources = new Map<string, SourceState>();
  readonly startedAt: number;
  readonly #listeners = new Set<(change: ObservationChange) => void>();

  constructor(startedAt = 0) {
    this.startedAt = startedAt;
  }

  transaction(chain: string, txHash: string): TransactionTrouble | undefined {
    return this.#transactions.get(`${chain} ${txHash}`) ?? undefined;
  }

  isOver(chain: string, txHash: string): boolean {
    return this.#transactions.get(`${chain} ${txHash}`) === null;
  }

  movements(chain: string, txHash: string): NamedMovements | null | undefined {
    return this.#movements.get(`${chain} ${txHash}`);
  }

  chain(id: string): ChainStanding | undefined {
    return this.#chains.get(id);
  }

  source(id: string): SourceState | undefined {
    return this.#sources.get(id);
  }

  /** Only a new state is a change; when it was last heard changes all the time. */
  sawSource(state: SourceState): void {
    const before = this.#sources.get(state.id);
    this.#sources.set(state.id, state);
    if (before?.state !== state.state) this.#tell({ chain: state.id, txHash: null });
  }

  /** @param trouble null when nothing keeps the transaction from a block any more, or it is in one */
  sawTransaction(chain: string, txHash: string, trouble: TransactionTrouble | null): void {
    const key = `${chain} ${txHash}`;
    const before = this.#transactions.get(key);
    if (JSON.stringify(before ?? null) === JSON.stringify(trouble)) return;
    this.#transactions.delete(key);
    this.#transactions.set(key, trouble);
    if (trouble === null) this.#forgetOldest();
    this.#tell({ chain, txHash });
  }

  /** @param movements null when no node shows it any more */
  sawMovements(chain: string, txHash: string, movements: NamedMovements | null): void {
    const key = `${chain} ${txHash}`;
    const before = this.#movements.get(key);
    this.#movements.set(key, movements);
    if (JSON.stringify(before) !== JSON.stringify(movements)) this.#tell({ chain, txHash });
  }

  /** Nobody looks after the transaction any more: what was found by it stands as it is. */
  forgetMovements(chain: string, txHash: string): void {
    this.#movements.delete(`${chain} ${txHash}`);
  }

  sawChain(id: string, standing: ChainStanding): void {
    if (JSON.stringify(this.#chains.get(id)) === JSON.stringify(standing)) return;
    this.#chains.set(id, standing);
    this.#tell({ chain: id, txHash: null });
  }

  /** Called after each change. @returns a function that ends it */
  onChanged(listener: (change: ObservationChange) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** That a trouble is over needs no long memory. */
  #forgetOldest(): void {
    const over = [...this.#transactions].filter(([, trouble]) => trouble === null);
    for (const [key] of over.slice(0, Math.max(0, over.length - OVER_KEPT))) this.#transactions.delete(key);
  }

  #tell(change: ObservationChange): void {
    for (const listener of this.#listeners) listener(change);
  }
}
