import type { Logger } from '../../logger.ts';
import type { MatchingDesk, Sighting } from '../../matching/sighting.ts';
import { depth, standing } from './canonical-chain.ts';
import type { Sight } from './sight.ts';
import type { Tip } from './tip.ts';

/** Of one chain at a time; the oldest are let go, because what was told is kept by whom it was told to. */
const MOST = 5_000;

export interface UnclaimedOptions {
  readonly chain: string;
  readonly matching: MatchingDesk | undefined;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly log: Logger;
}

/** Money at watched addresses that no order claims: told as it is seen, deepens and goes, however deep it was. */
export class Unclaimed {
  readonly #options: UnclaimedOptions;
  readonly #told = new Map<string, Sighting>();
  #recalled = false;

  constructor(options: UnclaimedOptions) {
    this.#options = options;
  }

  /** What of it no block holds. */
  inPool(): Sighting[] {
    return [...this.#told.values()].filter(({ block }) => block === undefined);
  }

  async tell(sights: readonly Sight[], tip: Tip): Promise<void> {
    await this.#recall();
    for (const { order, fact, mined } of sights) {
      if (order !== null) continue;
      if (mined?.failed !== undefined) await this.gone(fact.id, mined.failed);
      else await this.#seen(sightingOf({ fact, mined }, this.#told.get(fact.id), tip, this.#options.now()));
    }
  }

  /** Holds what was told against the chain as it is now. */
  async recount(tip: Tip): Promise<void> {
    await this.#recall();
    for (const told of [...this.#told.values()]) {
      const { block } = told;
      if (!block) continue;
      const confirmations = Math.min(tip.countTo, depth(tip.canonical, block, tip.agreed));
      const stands = standing(tip.canonical, block);
      if (stands === 'orphaned') await this.gone(told.payment.id, 'The chain took it back.');
      else if (confirmations > told.confirmations) await this.#seen({ ...told, confirmations });
      if (stands === 'unknown') this.#told.delete(told.payment.id);
    }
  }

  async gone(paymentId: string, reason: string): Promise<void> {
    if (!this.#told.has(paymentId)) return;
    await this.#options.matching?.gone(this.#options.chain, paymentId, reason);
    this.#told.delete(paymentId);
  }

  /** What was told before a restart is followed on. */
  async #recall(): Promise<void> {
    if (this.#recalled) return;
    const { chain, matching } = this.#options;
    const open = (await matching?.open(chain)) ?? [];
    for (const sighting of open.toReversed()) this.#told.set(sighting.payment.id, sighting);
    this.#recalled = true;
  }

  async #seen(sighting: Sighting): Promise<void> {
    const { id } = sighting.payment;
    const before = this.#told.get(id);
    if (before?.block?.hash === sighting.block?.hash && before?.confirmations === sighting.confirmations) return;
    await this.#options.matching?.seen(sighting);
    this.#told.set(id, sighting);
    const oldest = this.#told.keys().next().value;
    if (this.#told.size > MOST && oldest !== undefined) this.#told.delete(oldest);
  }
}

/** A pool's sight never takes back what a block already showed. */
function sightingOf(
  { fact, mined }: Pick<Sight, 'fact' | 'mined'>,
  before: Sighting | undefined,
  tip: Tip,
  now: number,
): Sighting {
  if (!mined) return before ?? { payment: fact, seenAt: now, confirmations: 0 };
  const confirmations = Math.min(tip.countTo, depth(tip.canonical, mined.block, tip.agreed));
  return { payment: fact, seenAt: Math.min(mined.at, now), block: mined.block, confirmations };
}
