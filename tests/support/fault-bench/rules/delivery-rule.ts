import type { Event, EventKind } from '../../../../contract/events.ts';
import type { Recorded } from '../history.ts';
import type { Report, Rule } from './rule.ts';

/** Which facts prove that a webhook's step has been understood. */
const proofs: Readonly<Record<string, readonly EventKind[]>> = {
  created: ['order.created'],
  funded: ['payment.detected'],
  captured: ['payment.settled'],
  'refund-requested': ['refund.requested', 'refund.completed'],
  'refund-transferred': ['refund.completed'],
};

/** Facts that happen to an order once, however often they are told. */
const once: ReadonlySet<string> = new Set<EventKind>([
  'order.created',
  'payment.detected',
  'payment.settled',
  'refund.requested',
  'refund.completed',
]);

/** What a processor was told to be taken is in the log: not lost, and not twice. */
export class DeliveryRule implements Rule {
  readonly #report: Report;
  #log: Event[] = [];
  #taken: { order: string; step: string }[] = [];
  /** Orders paid on a chain: what a reorg took away is detected and settled once more. */
  readonly #onChain = new Set<string>();

  constructor(report: Report) {
    this.#report = report;
  }

  see(fact: Recorded): void {
    if (fact.type === 'chain') this.#onChain.add(fact.order);
    if (fact.type === 'committed')
      this.#log.push(...fact.events.filter(({ seq }) => seq > (this.#log.at(-1)?.seq ?? 0)));
    if (fact.type === 'sent' && fact.answer === 200) {
      this.#taken.push({ order: fact.order, step: fact.delivery.slice(37) });
    }
    if (fact.type !== 'log') return;
    this.#log = [...fact.events];
    // An operator who takes the log back takes back what had been taken.
    if (fact.how !== 'opened') this.#taken = [];
  }

  end(): void {
    const counts = new Map<string, number>();
    for (const { order, kind } of this.#log) {
      if (order !== null && !this.#onChain.has(order))
        counts.set(`${order} ${kind}`, (counts.get(`${order} ${kind}`) ?? 0) + 1);
    }
    for (const [what, count] of counts) {
      if (count > 1 && once.has(what.split(' ')[1] ?? '')) this.#report(`[DL1] ${what} is in the log ${count} times`);
    }
    for (const { order, step } of this.#taken) {
      const proven = (proofs[step] ?? []).some((kind) => counts.has(`${order} ${kind}`));
      if (!proven) this.#report(`[DL1] "${step}" of ${order} was answered with 200 and is not in the log`);
    }
  }
}
