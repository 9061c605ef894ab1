import type { Recorded } from '../history.ts';
import type { Report, Rule } from './rule.ts';

/** A ticket is good once. */
export class TicketRule implements Rule {
  readonly #report: Report;

  constructor(report: Report) {
    this.#report = report;
  }

  see(fact: Recorded): void {
    if (fact.type !== 'replayed') return;
    const accepted = fact.statuses.filter((status) => status === 200).length;
    if (accepted > 1) this.#report(`[AU2] a ticket was accepted ${accepted} times`);
  }
}
