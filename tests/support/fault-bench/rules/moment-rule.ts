import type { Recorded } from '../history.ts';
import type { Report, Rule } from './rule.ts';

/** What is worth a flash comes in log order, each once. */
export class MomentRule implements Rule {
  readonly #report: Report;
  #last = 0;

  constructor(report: Report) {
    this.#report = report;
  }

  see(fact: Recorded): void {
    // Another log, or an earlier state of this one, numbers its events anew.
    if (fact.type === 'started' || (fact.type === 'log' && fact.how !== 'opened')) this.#last = 0;
    if (fact.type !== 'moments') return;
    for (const seq of fact.seqs) {
      if (seq <= this.#last) this.#report(`[FR3] moment ${seq} came after ${this.#last}`);
      this.#last = seq;
    }
  }
}
