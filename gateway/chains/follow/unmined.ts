import type { Order, Payment } from '../../../contract/order.ts';
import type { Logger } from '../../logger.ts';
import type { ChainKind, LookedUp, Whereabouts } from './chain-kind.ts';
import type { ChainHeader, ChainNode } from './chain-node.ts';
import { inBatches } from './in-batches.ts';
import type { NamedWatch } from './named-watch.ts';
import { droppedReport, factOfPayment, replacedReport, sightReport } from './reports.ts';
import type { Sight } from './sight.ts';
import { soughtIds, soughtIn } from './sought.ts';
import type { Sought } from './sought.ts';
import type { FollowTimings } from './timings.ts';
import type { Tip } from './tip.ts';
import type { Troubles } from './troubles.ts';
import type { Unclaimed } from './unclaimed.ts';
import type { WatchList } from './watch-list.ts';
import type { Found, Watched } from './watched.ts';

const AT_ONCE = 4;
/** Of a round; the others have their turn in the next, those that waited longest first. */
const MOST_A_ROUND = 100;
/** What a customer named is looked up so much less often than what somebody saw. */
const NAMED_PATIENCE = 6;

/** Asks another node where a transaction is; undefined where there is none, or it does not answer. */
export type SecondOpinion = (asked: LookedUp) => Promise<Whereabouts | undefined>;

export interface UnminedOptions<N extends ChainNode<B, T>, B extends ChainHeader, T> {
  readonly kind: ChainKind<N, B, T>;
  readonly watched: Watched;
  readonly unclaimed: Unclaimed;
  readonly troubles: Troubles;
  readonly named: NamedWatch;
  readonly timings: FollowTimings;
  /** Milliseconds that only ever grow. */
  readonly now: () => number;
  readonly log: Logger;
  readonly secondOpinion: SecondOpinion;
}

interface Search {
  /** When it was last looked up, and since when it is nowhere; in steady milliseconds. */
  readonly at: number;
  readonly missingSince: number | null;
}

/** What is learnt is learnt of a list and a chain. */
interface View {
  readonly list: WatchList;
  readonly tip: Tip;
}

/**
 * Looks after transactions that no block holds: those of a processor, those orphaned, those that may have vanished, those
 * that customers named, and money without an order.
 */
export class Unmined<N extends ChainNode<B, T>, B extends ChainHeader, T> {
  readonly #options: UnminedOptions<N, B, T>;
  #searches = new Map<string, Search>();
  #headMoved = false;

  constructor(options: UnminedOptions<N, B, T>) {
    this.#options = options;
  }

  /** Looks up those whose turn it is. @throws NodeFailure when the node does not answer */
  async check(node: N, tip: Tip): Promise<void> {
    const { kind, named, troubles, unclaimed, watched } = this.#options;
    const list = await watched.list();
    const all = soughtIn(list, unclaimed.inPool(), tip.chain);
    const ids = new Set(all.map(({ id }) => id));
    this.#searches = new Map([...this.#searches].filter(([id]) => ids.has(id)));
    troubles.keepOnly(new Set(all.map(({ hash }) => hash)));
    named.keepOnly(new Set(all.flatMap((each) => (each.kind === 'named' ? [each.hash] : []))));
    const orphaned = named.recount(tip);
    for (const { hash, id } of all) if (orphaned.has(hash)) this.#searches.delete(id);
    const found = await inBatches(this.#due(all), AT_ONCE, async (sought) => {
      const asked = { payment: sought.payment, canonical: tip.canonical, list };
      const where = await kind.lookUp(node, { ...asked, withMovements: sought.kind === 'named' });
      return this.#learnt(sought, where, { list, tip });
    });
    await watched.append(found.flat());
  }

  /** The next round looks an order's transactions up, whoever's turn it is. */
  hurry(order: Order): void {
    for (const id of soughtIds(order)) {
      const search = this.#searches.get(id);
      if (search) this.#searches.set(id, { ...search, at: -Infinity });
    }
  }

  /** A new head asks another fee: the next round judges those in trouble again, whoever's turn it is. */
  headMoved(): void {
    this.#headMoved = true;
  }

  #due(all: readonly Sought[]): Sought[] {
    const { now, timings, troubles } = this.#options;
    const moved = this.#headMoved;
    this.#headMoved = false;
    const isDue = (sought: Sought): boolean => {
      const patience = sought.kind === 'named' ? NAMED_PATIENCE : 1;
      return (
        now() - this.#lastOf(sought) >= patience * timings.recheckMs ||
        (moved && sought.kind === 'payment' && troubles.has(sought.hash))
      );
    };
    return all
      .filter(isDue)
      .sort((a, b) => this.#lastOf(a) - this.#lastOf(b))
      .slice(0, MOST_A_ROUND);
  }

  #lastOf({ id }: Sought): number {
    return this.#searches.get(id)?.at ?? -Infinity;
  }

  /** @returns for how many milliseconds it has been nowhere, null where it is somewhere */
  #missingFor({ id }: Sought, where: Whereabouts): number | null {
    const now = this.#options.now();
    const missingSince = where.kind === 'nowhere' ? (this.#searches.get(id)?.missingSince ?? now) : null;
    this.#searches.set(id, { at: now, missingSince });
    return missingSince === null ? null : now - missingSince;
  }

  async #learnt(sought: Sought, where: Whereabouts, view: View): Promise<Found[]> {
    const missingMs = this.#missingFor(sought, where);
    switch (sought.kind) {
      case 'payment':
        return this.#ofPayment(sought, where, missingMs ?? 0, view);
      case 'named':
        return this.#ofNamed(sought, where, view);
      case 'unclaimed':
        await this.#ofUnclaimed(sought, where, missingMs);
        return [];
      default:
        return sought satisfies never;
    }
  }

  async #ofPayment(
    { hash, order, payment }: Extract<Sought, { order: Order }>,
    where: Whereabouts,
    missingMs: number,
    { list, tip }: View,
  ): Promise<Found[]> {
    const { troubles } = this.#options;
    const found = (report: Found['report']): Found => ({ store: order.store, report });
    switch (where.kind) {
      case 'unclear':
        return [];
      case 'nowhere':
        return this.#missing({ hash, order, payment }, missingMs, { list, tip });
      case 'replaced':
        troubles.say(hash, null);
        return [
          found(replacedReport(order.id, tip.chain, payment.id, where.by, where.at)),
          ...sightedIn(where.sights, tip),
        ];
      case 'pool':
        troubles.say(hash, where.trouble);
        return [found(sightReport(order.id, { fact: factOn(payment, tip), mined: null }, tip))];
      case 'mined':
        troubles.say(hash, null);
        if (payment.witness === 'node') return sightedIn(where.sights, tip);
        return [found(sightReport(order.id, { fact: factOn(payment, tip), mined: where.mined }, tip))];
      default:
        return where satisfies never;
    }
  }

  async #missing(
    { hash, order, payment }: { hash: string; order: Order; payment: Payment },
    missingMs: number,
    view: View,
  ): Promise<Found[]> {
    const { log, timings, troubles } = this.#options;
    if (payment.state === 'dropped') return [];
    const nodes = await this.#nodesWithout(payment, view);
    if (nodes === 0) {
      troubles.say(hash, null);
      log.warn({ payment: payment.id }, 'a second node knows a transaction that the first does not');
      return [];
    }
    troubles.notFound(hash, nodes);
    if (missingMs < timings.dropAfterMs) return [];
    const reason = `In neither pool nor chain${nodes > 1 ? ' of two nodes' : ''} for ${minutes(missingMs)} min.`;
    return [{ store: order.store, report: droppedReport(order.id, view.tip.chain, payment.id, reason) }];
  }

  /** What a customer named is nobody's payment yet: whom it pays is read from it, once it is mined. */
  async #ofNamed(sought: Extract<Sought, { order: Order }>, where: Whereabouts, view: View): Promise<Found[]> {
    const { named, troubles, unclaimed } = this.#options;
    if (where.kind === 'unclear') return [];
    if (where.kind === 'nowhere') {
      const nodes = await this.#nodesWithout(sought.payment, view);
      if (nodes === 0) troubles.say(sought.hash, null);
      else {
        named.gone(sought.hash);
        troubles.notFound(sought.hash, nodes);
      }
      return [];
    }
    troubles.say(sought.hash, where.kind === 'pool' ? where.trouble : null);
    if (where.kind === 'replaced') named.gone(sought.hash);
    else named.saw(sought.hash, where, view.tip);
    if (where.kind !== 'mined') return [];
    this.#searches.set(sought.id, { at: Infinity, missingSince: null });
    await unclaimed.tell(where.sights, view.tip);
    return sightedIn(where.sights, view.tip);
  }

  async #ofUnclaimed({ id }: Sought, where: Whereabouts, missingMs: number | null): Promise<void> {
    const { timings, unclaimed } = this.#options;
    if (where.kind === 'replaced') await unclaimed.gone(id, `The sender replaced it by ${where.by}.`);
    if (missingMs !== null && missingMs >= timings.dropAfterMs) {
      await unclaimed.gone(id, `In neither pool nor chain for ${minutes(missingMs)} min.`);
    }
  }

  /** How many nodes, this one included, do not know a transaction; 0 where another one does. */
  async #nodesWithout(payment: Payment, { list, tip }: View): Promise<number> {
    const second = await this.#options.secondOpinion({ payment, canonical: tip.canonical, list });
    if (second && second.kind !== 'nowhere') return 0;
    return second ? 2 : 1;
  }
}

function sightedIn(sights: readonly Sight[], tip: Tip): Found[] {
  return sights.flatMap(({ order, ...sight }) =>
    order ? [{ store: order.store, report: sightReport(order.id, sight, tip) }] : [],
  );
}

function factOn(payment: Payment, { chain }: Tip): Sight['fact'] {
  return { ...factOfPayment(payment), chain };
}

function minutes(ms: number): number {
  return Math.max(1, Math.round(ms / 60_000));
}
