import type { Movements, ObservationBoard } from '../../observations.ts';
import type { BlockRef } from '../chain-watcher.ts';
import { standing } from './canonical-chain.ts';
import type { Whereabouts } from './chain-kind.ts';
import type { Tip } from './tip.ts';

export interface NamedWatchOptions {
  readonly chain: string;
  readonly observations: Pick<ObservationBoard, 'sawMovements' | 'forgetMovements'>;
  /** Confirmations at which a payment counts as settled; null where the chain names settled blocks. */
  readonly settlesAt: number | null;
}

interface Held {
  readonly movements: Movements;
  /** Null while it is in the pool. */
  readonly block: BlockRef | null;
  readonly isSettled: boolean;
}

/** What the transactions do that customers named: said on the board, counted on without asking a node, and taken back. */
export class NamedWatch {
  readonly #options: NamedWatchOptions;
  /** Null where no node shows it any more. */
  readonly #held = new Map<string, Held | null>();

  constructor(options: NamedWatchOptions) {
    this.#options = options;
  }

  /** Says what a look-up showed, where it looked that closely. */
  saw(hash: string, where: Extract<Whereabouts, { kind: 'pool' | 'mined' }>, tip: Tip): void {
    const { movements } = where;
    if (!movements) return;
    this.#say(hash, movements, where.kind === 'mined' ? where.mined.block : null, tip);
  }

  /** It is in neither pool nor chain, or another took its place. */
  gone(hash: string): void {
    this.#held.set(hash, null);
    this.#options.observations.sawMovements(this.#options.chain, hash, null);
  }

  /**
   * Holds those in blocks against the chain as it is now.
   * @returns those whose blocks a reorg took: nothing is known of them until they are looked up again
   */
  recount(tip: Tip): ReadonlySet<string> {
    const orphaned = new Set<string>();
    for (const [hash, held] of this.#held) {
      if (!held?.block) continue;
      if (standing(tip.canonical, held.block) === 'orphaned') orphaned.add(hash);
      else if (held.isSettled !== isSettledIn(held.block, tip)) this.#say(hash, held.movements, held.block, tip);
    }
    for (const hash of orphaned) this.gone(hash);
    return orphaned;
  }

  /** Lets go of every other transaction: it pays its order by now, or nobody looks after the order any more. */
  keepOnly(hashes: ReadonlySet<string>): void {
    for (const [hash, held] of [...this.#held]) {
      if (hashes.has(hash)) continue;
      // What a block holds stays true; what waits in a pool does not for long.
      if (held && !held.block) this.gone(hash);
      this.#held.delete(hash);
      this.#options.observations.forgetMovements(this.#options.chain, hash);
    }
  }

  #say(hash: string, movements: Movements, block: BlockRef | null, tip: Tip): void {
    const { chain, observations, settlesAt } = this.#options;
    const isSettled = block !== null && isSettledIn(block, tip);
    this.#held.set(hash, { movements, block, isSettled });
    observations.sawMovements(chain, hash, {
      ...movements,
      mined: block && { height: block.number, settlesAt, isSettled },
    });
  }
}

function isSettledIn({ number }: BlockRef, { settled }: Tip): boolean {
  return number <= settled;
}
