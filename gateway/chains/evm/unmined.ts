import type { Payment } from '../../../contract/order.ts';
import type { Logger } from '../../logger.ts';
import type { EvmAssets } from './assets.ts';
import { inBatches } from './in-batches.ts';
import { lookUp } from './look-up.ts';
import type { Whereabouts } from './look-up.ts';
import { sightsInChain } from './matching.ts';
import type { Sight } from './matching.ts';
import type { EvmNode } from './node.ts';
import { droppedReport, factOfPayment, sightReport } from './reports.ts';
import type { Tip } from './reports.ts';
import type { Signers } from './signers.ts';
import type { EvmTimings } from './timings.ts';
import type { TrackedPayment, WatchList } from './watch-list.ts';
import type { Found, Watched } from './watched.ts';

const AT_ONCE = 4;
/** Of a round; the others have their turn in the next, those that waited longest first. */
const MOST_A_ROUND = 100;

export interface UnminedOptions {
  readonly assets: EvmAssets;
  readonly watched: Watched;
  readonly signers: Signers;
  readonly timings: EvmTimings;
  /** Milliseconds that only ever grow. */
  readonly now: () => number;
  readonly log: Logger;
  /** Asks another node where a transaction is; undefined where there is none, or it does not answer. */
  readonly secondOpinion: (hash: string) => Promise<Whereabouts | undefined>;
}

interface Search {
  /** When it was last looked up, and since when it is nowhere; in steady milliseconds. */
  readonly at: number;
  readonly missingSince: number | null;
}

/** Looks after payments that no block holds: those of a processor, those orphaned, and those that may have vanished. */
export class Unmined {
  readonly #options: UnminedOptions;
  #searches = new Map<string, Search>();

  constructor(options: UnminedOptions) {
    this.#options = options;
  }

  /** Looks up those whose turn it is. @throws RpcFailure when the node does not answer */
  async check(node: EvmNode, tip: Tip): Promise<void> {
    const { now, timings, watched } = this.#options;
    const list = await watched.list();
    const open = list.payments.filter(isUnmined);
    const ids = new Set(open.map(({ payment }) => payment.id));
    this.#searches = new Map([...this.#searches].filter(([id]) => ids.has(id)));
    const due = open
      .filter(({ payment }) => now() - this.#lastOf(payment) >= timings.recheckMs)
      .sort((a, b) => this.#lastOf(a.payment) - this.#lastOf(b.payment))
      .slice(0, MOST_A_ROUND);
    const found = await inBatches(due, AT_ONCE, async (tracked) => {
      const where = await lookUp(node, hashOf(tracked.payment), tip.canonical);
      return this.#learnt(tracked, where, list, tip);
    });
    await watched.append(found.flat());
  }

  /** The next round looks these payments up, whoever's turn it is. */
  hurry(payments: readonly string[]): void {
    for (const id of payments) {
      const search = this.#searches.get(id);
      if (search) this.#searches.set(id, { ...search, at: -Infinity });
    }
  }

  #lastOf(payment: Payment): number {
    return this.#searches.get(payment.id)?.at ?? -Infinity;
  }

  async #learnt(tracked: TrackedPayment, where: Whereabouts, list: WatchList, tip: Tip): Promise<Found[]> {
    const { order, payment } = tracked;
    const now = this.#options.now();
    const search = this.#searches.get(payment.id);
    const missingSince = where.kind === 'nowhere' ? (search?.missingSince ?? now) : null;
    this.#searches.set(payment.id, { at: now, missingSince });
    switch (where.kind) {
      case 'unclear':
        return [];
      case 'nowhere':
        return this.#missing(tracked, missingSince ?? now, now);
      case 'pool':
        this.#options.signers.learn(where.transaction);
        return [sighted({ store: order.store, order: order.id, fact: factOfPayment(payment), mined: null }, tip)];
      case 'mined':
        return minedSights(tracked, where, list, this.#options.assets).map((sight) => sighted(sight, tip));
      default:
        return where satisfies never;
    }
  }

  async #missing({ order, payment }: TrackedPayment, since: number, now: number): Promise<Found[]> {
    const { assets, log, secondOpinion, timings } = this.#options;
    if (payment.state === 'dropped' || now - since < timings.dropAfterMs) return [];
    const second = await secondOpinion(hashOf(payment));
    if (second && second.kind !== 'nowhere') {
      log.warn({ payment: payment.id }, 'a second node knows a transaction that the first does not');
      return [];
    }
    const minutes = Math.max(1, Math.round((now - since) / 60_000));
    const reason = `In neither pool nor chain${second ? ' of two nodes' : ''} for ${minutes} min.`;
    return [{ store: order.store, report: droppedReport(order.id, assets.chain, payment.id, reason) }];
  }
}

/** A settled payment without a block is a processor's: its depth is still to be learnt. */
function isUnmined({ payment }: TrackedPayment): boolean {
  switch (payment.state) {
    case 'seen':
    case 'confirming':
    case 'settled':
      return payment.block === undefined;
    case 'reorged':
    case 'dropped':
      return true;
    case 'replaced':
    case 'reverted':
      return false;
    default:
      return payment.state satisfies never;
  }
}

/** A processor's payment is followed as the processor told it; one to an address is read anew from the chain. */
function minedSights(
  { order, payment }: TrackedPayment,
  { transaction, receipt, at }: Extract<Whereabouts, { kind: 'mined' }>,
  list: WatchList,
  assets: EvmAssets,
): Sight[] {
  const { succeeded, logs, block } = receipt;
  if (payment.witness === 'node') return sightsInChain({ transaction, succeeded, logs, block, at }, list, assets);
  const failed = succeeded ? {} : { failed: 'The transaction was mined and reverted: nothing was paid.' };
  return [{ store: order.store, order: order.id, fact: factOfPayment(payment), mined: { block, at, ...failed } }];
}

function sighted(sight: Sight, tip: Tip): Found {
  return { store: sight.store, report: sightReport(sight, tip) };
}

function hashOf(payment: Payment): string {
  return (payment.txHash ?? '').toLowerCase();
}
