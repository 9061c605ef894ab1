import type { ObservationBoard, TransactionTrouble } from '../../observations.ts';

export interface TroublesOptions {
  readonly chain: string;
  readonly observations: Pick<ObservationBoard, 'sawTransaction'>;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** What keeps one chain's transactions from a block: said on the board, and taken back when it is over. */
export class Troubles {
  readonly #options: TroublesOptions;
  readonly #said = new Set<string>();
  /** By hash: when nobody knew it for the first time, epoch milliseconds. */
  readonly #missing = new Map<string, number>();

  constructor(options: TroublesOptions) {
    this.#options = options;
  }

  has(hash: string): boolean {
    return this.#said.has(hash);
  }

  say(hash: string, trouble: TransactionTrouble | null): void {
    if (trouble?.kind !== 'not-found') this.#missing.delete(hash);
    if (trouble) this.#said.add(hash);
    else if (!this.#said.delete(hash)) return;
    this.#options.observations.sawTransaction(this.#options.chain, hash, trouble);
  }

  /** @param nodes how many were asked */
  notFound(hash: string, nodes: number): void {
    const since = this.#missing.get(hash) ?? this.#options.now();
    this.#missing.set(hash, since);
    this.say(hash, { kind: 'not-found', nodes, since });
  }

  /** Takes back what was said of every other transaction: it is in a block, or gone for good. */
  keepOnly(hashes: ReadonlySet<string>): void {
    for (const hash of [...this.#said]) if (!hashes.has(hash)) this.say(hash, null);
  }
}
