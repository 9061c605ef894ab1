import type { Recorded } from '../history.ts';
import type { Report, Rule } from './rule.ts';

const HOUR = 43;

/** One socket, and a second one only while it replaces the first or looks for a way back to it [CN1, CN8]. */
export class OneConnectionRule implements Rule {
  readonly #report: Report;
  #hour = false;

  constructor(report: Report) {
    this.#report = report;
  }

  see(fact: Recorded): void {
    if (fact.type === 'day' || (fact.type === 'fault' && fact.number === HOUR)) this.#hour = true;
    if (fact.type === 'socket' && fact.open > (this.#hour ? 2 : 1)) {
      this.#report(`[CN1][CN6] the desk held ${fact.open} sockets open at once`);
    }
  }
}
