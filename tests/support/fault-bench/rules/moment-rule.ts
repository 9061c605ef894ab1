import type { Recorded } from '../history.ts';
import type { Report, Rule } from './rule.ts';

/** What is worth a flash comes in log order, each once. */
export class MomentRule implements Rule {
  readonly #report: Report;
  #last = 0;
  /** How often the numbers may begin anew: what was on its way of the log before is still shown. */
  #beginnings = 0;

  constructor(report: Report) {
    this.#report = report;
  }

  see(fact: Recorded): void {
    if (fact.type === 'started') this.#last = 0;
    // Another log, or an earlier state of this one, numbers its events anew.
    if (fact.type === 'log' && fact.how !== 'opened') this.#beginnings += 1;
    if (fact.type !== 'moments') return;
    for (const seq of fact.seqs) {
      if (seq <= this.#last && this.#beginnings === 0) this.#report(`[FR3] moment ${seq} came after ${this.#last}`);
      if (seq <= this.#last) this.#beginnings = Math.max(0, this.#beginnings - 1);
      this.#last = seq;
    }
  }
}
