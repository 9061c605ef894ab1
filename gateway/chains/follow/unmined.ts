import type { Payment } from '../../../contract/order.ts';
import type { Logger } from '../../logger.ts';
import type { ChainKind, Whereabouts } from './chain-kind.ts';
import type { ChainHeader, ChainNode } from './chain-node.ts';
import { inBatches } from './in-batches.ts';
import { droppedReport, factOfPayment, replacedReport, sightReport } from './reports.ts';
import type { Sight } from './sight.ts';
import type { FollowTimings } from './timings.ts';
import type { Tip } from './tip.ts';
import type { Troubles } from './troubles.ts';
import type { Unclaimed } from './unclaimed.ts';
import type { TrackedPayment, WatchList } from './watch-list.ts';
import type { Found, Watched } from './watched.ts';

const AT_ONCE = 4;
/** Of a round; the others have their turn in the next, those that waited longest first. */
const MOST_A_ROUND = 100;

/** What another node says, and how many were asked in all. */
export type SecondOpinion = (tracked: TrackedPayment, list: WatchList) => Promise<Whereabouts | undefined>;

export interface UnminedOptions<N extends ChainNode<B, T>, B extends ChainHeader, T> {
  readonly kind: ChainKind<N, B, T>;
  readonly watched: Watched;
  readonly unclaimed: Unclaimed;
  readonly troubles: Troubles;
  readonly timings: FollowTimings;
  /** Milliseconds that only ever grow. */
  readonly now: () => number;
  readonly log: Logger;
  /** Asks another node where a transaction is; undefined where there is none, or it does not answer. */
  readonly secondOpinion: SecondOpinion;
}

interface Search {
  /** When it was last looked up, and since when it is nowhere; in steady milliseconds. */
  readonly at: number;
  readonly missingSince: number | null;
}

/** Looks after payments that no block holds: those of a processor, those orphaned, and those that may have vanished. */
export class Unmined<N extends ChainNode<B, T>, B extends ChainHeader, T> {
  readonly #options: UnminedOptions<N, B, T>;
  #searches = new Map<string, Search>();
  #headMoved = false;

  constructor(options: UnminedOptions<N, B, T>) {
    this.#options = options;
  }

  /** Looks up those whose turn it is. @throws NodeFailure when the node does not answer */
  async check(node: N, tip: Tip): Promise<void> {
    const { kind, now, timings, troubles, watched } = this.#options;
    const list = await watched.list();
    const open = list.payments.filter(isUnmined);
    const lost = this.#unclaimedInPool();
    const ids = new Set([...open, ...lost].map(({ payment }) => payment.id));
    this.#searches = new Map([...this.#searches].filter(([id]) => ids.has(id)));
    troubles.keepOnly(new Set(open.map(({ payment }) => hashOf(payment))));
    const moved = this.#headMoved;
    this.#headMoved = false;
    const isDue = (payment: Payment): boolean =>
      now() - this.#lastOf(payment) >= timings.recheckMs || (moved && troubles.has(hashOf(payment)));
    const due = [...open, ...lost]
      .filter(({ payment }) => isDue(payment))
      .sort((a, b) => this.#lastOf(a.payment) - this.#lastOf(b.payment))
      .slice(0, MOST_A_ROUND);
    const found = await inBatches(due, AT_ONCE, async ({ order, payment }) => {
      const where = await kind.lookUp(node, { payment, canonical: tip.canonical, list });
      if (order) return this.#learnt({ order, payment }, where, list, tip);
      await this.#unclaimed(payment, where);
      return [];
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

  /** A new head asks another fee: the next round judges those in trouble again, whoever's turn it is. */
  headMoved(): void {
    this.#headMoved = true;
  }

  #lastOf(payment: Payment): number {
    return this.#searches.get(payment.id)?.at ?? -Infinity;
  }

  #unclaimedInPool(): { readonly order: null; readonly payment: Payment }[] {
    return this.#options.unclaimed.inPool().map(({ payment, seenAt }) => ({
      order: null,
      payment: { ...payment, confirmations: null, state: 'seen', seenAt },
    }));
  }

  #missingSince(payment: Payment, where: Whereabouts): number | null {
    const now = this.#options.now();
    const since = where.kind === 'nowhere' ? (this.#searches.get(payment.id)?.missingSince ?? now) : null;
    this.#searches.set(payment.id, { at: now, missingSince: since });
    return since;
  }

  async #unclaimed(payment: Payment, where: Whereabouts): Promise<void> {
    const { now, timings, unclaimed } = this.#options;
    const since = this.#missingSince(payment, where);
    if (where.kind === 'replaced') await unclaimed.gone(payment.id, `The sender replaced it by ${where.by}.`);
    if (since !== null && now() - since >= timings.dropAfterMs) {
      await unclaimed.gone(payment.id, `In neither pool nor chain for ${minutes(now() - since)} min.`);
    }
  }

  async #learnt(tracked: TrackedPayment, where: Whereabouts, list: WatchList, tip: Tip): Promise<Found[]> {
    const { order, payment } = tracked;
    const { troubles } = this.#options;
    const since = this.#missingSince(payment, where);
    const found = (report: Found['report']): Found => ({ store: order.store, report });
    switch (where.kind) {
      case 'unclear':
        return [];
      case 'nowhere':
        return this.#missing(tracked, since ?? this.#options.now(), list);
      case 'replaced':
        troubles.say(hashOf(payment), null);
        return [found(replacedReport(order.id, tip.chain, payment.id, where.by, where.at))];
      case 'pool':
        troubles.say(hashOf(payment), where.trouble);
        return [found(sightReport(order.id, { fact: factOn(payment, tip), mined: null }, tip))];
      case 'mined':
        troubles.say(hashOf(payment), null);
        return minedSights(tracked, where, tip);
      default:
        return where satisfies never;
    }
  }

  async #missing(tracked: TrackedPayment, since: number, list: WatchList): Promise<Found[]> {
    const { order, payment } = tracked;
    const { kind, log, now, secondOpinion, timings, troubles } = this.#options;
    if (payment.state === 'dropped') return [];
    const second = await secondOpinion(tracked, list);
    if (second && second.kind !== 'nowhere') {
      troubles.say(hashOf(payment), null);
      log.warn({ payment: payment.id }, 'a second node knows a transaction that the first does not');
      return [];
    }
    const missingMs = now() - since;
    troubles.notFound(hashOf(payment), second ? 2 : 1);
    if (missingMs < timings.dropAfterMs) return [];
    const reason = `In neither pool nor chain${second ? ' of two nodes' : ''} for ${minutes(missingMs)} min.`;
    return [{ store: order.store, report: droppedReport(order.id, kind.form.chain, payment.id, reason) }];
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
  { mined, sights }: Extract<Whereabouts, { kind: 'mined' }>,
  tip: Tip,
): Found[] {
  if (payment.witness === 'processor') {
    const report = sightReport(order.id, { fact: factOn(payment, tip), mined }, tip);
    return [{ store: order.store, report }];
  }
  return sights.flatMap(({ order: payee, ...sight }) =>
    payee ? [{ store: payee.store, report: sightReport(payee.id, sight, tip) }] : [],
  );
}

function factOn(payment: Payment, { chain }: Tip): Sight['fact'] {
  return { ...factOfPayment(payment), chain };
}

function hashOf(payment: Payment): string {
  return (payment.txHash ?? '').toLowerCase();
}

function minutes(ms: number): number {
  return Math.max(1, Math.round(ms / 60_000));
}
