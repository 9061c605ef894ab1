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
