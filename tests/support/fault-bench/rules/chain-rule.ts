import type { Event } from '../../../../contract/events.ts';
import type { Order } from '../../../../contract/order.ts';
import type { Recorded } from '../history.ts';
import type { Report, Rule } from './rule.ts';

/** What the bench knows of an order's money, because the chain is its own. */
interface Money {
  stands: boolean;
  /** Whether it ever stood. */
  stood: boolean;
  since: number;
}

/** Facts of one order that a reorg makes in one commit: the loss, findings, verdict. */
const COMMIT_MOST = 3;

/** Goods are released only on money that is in the chain, and not any more once that was taken back [DG4]. */
export class ChainRule implements Rule {
  readonly #report: Report;
  readonly #boundMs: number;
  readonly #money = new Map<string, Money>();
  /** Seqs from which on an order's money was lost, and found again, in the log as it is now. */
  readonly #turns = new Map<string, { readonly seq: number; readonly lost: boolean }[]>();
  readonly #released = new Set<string>();
  #current = false;
  #since = 0;

  /** @param boundMs how long the screen may go on saying that it is current without being it, bench time */
  constructor(report: Report, boundMs: number) {
    this.#report = report;
    this.#boundMs = boundMs;
  }

  see(fact: Recorded): void {
    this.#late(fact.t);
    switch (fact.type) {
      case 'chain':
        this.#stands(fact.order, fact.stands, fact.t);
        return;
      case 'expected':
        if (!fact.met) this.#report(`[DG1] order ${fact.order} ${fact.what}: ${fact.instead}`, 'late');
        return;
      case 'state':
        if (fact.current && !this.#current) this.#since = fact.t;
        this.#current = fact.current;
        return;
      case 'started':
        this.#current = false;
        this.#released.clear();
        return;
      case 'asleep':
        this.#current = false;
        return;
      case 'log':
        this.#turns.clear();
        fact.events.forEach((event) => this.#turn(event));
        return;
      case 'committed':
        fact.events.forEach((event) => this.#turn(event));
        return;
      case 'painted':
        for (const { id, updatedSeq, body } of fact.orders) {
          if (this.#money.has(id)) this.#painted(JSON.parse(body) as Order, updatedSeq);
        }
        return;
      default:
    }
  }

  #stands(order: string, stands: boolean, t: number): void {
    const stood = stands || this.#money.get(order)?.stood === true;
    this.#money.set(order, { stands, stood, since: t });
  }

  #turn({ order, kind, seq, data }: Event): void {
    if (order === null || !this.#money.has(order)) return;
    const turns = this.#turns.get(order) ?? [];
    if (kind === 'payment.reorged') turns.push({ seq, lost: true });
    const isReleased = kind === 'verdict.changed' && data['verdict'] === 'release';
    if (isReleased && this.#money.get(order)?.stands === true) turns.push({ seq, lost: false });
    this.#turns.set(order, turns);
  }

  #painted({ id, verdict }: Order, seq: number): void {
    if (verdict !== 'release') {
      this.#released.delete(id);
      return;
    }
    this.#released.add(id);
    if (!this.#money.get(id)?.stood) this.#report(`[DG4] order ${id} was released on money that never was`);
    const turn = this.#turns.get(id)?.findLast((each) => each.seq <= seq);
    // The commit of a reorg tells the loss first and the verdict behind it: only what follows the verdict counts.
    if (turn?.lost === true && seq - turn.seq > COMMIT_MOST) {
      this.#report(`[DG4] order ${id} was shown released at ${seq}, and its money was lost at ${turn.seq}`);
    }
  }

  #late(t: number): void {
    if (!this.#current) return;
    for (const id of this.#released) {
      const money = this.#money.get(id);
      if (!money || money.stands || t - Math.max(money.since, this.#since) <= this.#boundMs) continue;
      this.#report(
        `[DG4] order ${id} is shown released ${Math.round(t - money.since)} ms after its money went`,
        'late',
      );
      this.#released.delete(id);
    }
  }
}
