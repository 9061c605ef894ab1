import type { Recorded } from '../history.ts';
import type { Report, Rule } from './rule.ts';

/** Nobody connects to whom this device does not trust [CN12]. */
export class TrustRule implements Rule {
  readonly #report: Report;
  #trusted = true;

  constructor(report: Report) {
    this.#report = report;
  }

  see(fact: Recorded): void {
    if (fact.type === 'distrusted') this.#trusted = false;
    if (fact.type === 'trusted') this.#trusted = true;
    if (fact.type === 'subscribed' && !this.#trusted) this.#report('[CN12] the desk connected without trust');
  }
}
