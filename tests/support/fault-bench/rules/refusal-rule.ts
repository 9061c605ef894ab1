import type { Recorded } from '../history.ts';
import type { Report, Rule } from './rule.ts';

/** No fault of the bench is one that only a person could mend, and nobody else has this desk's key. */
export class RefusalRule implements Rule {
  readonly #report: Report;
  #connected = false;

  constructor(report: Report) {
    this.#report = report;
  }

  see(fact: Recorded): void {
    // A desk that starts has not read yet what it is paired with.
    if (fact.type === 'started') this.#connected = false;
    if (fact.type !== 'state') return;
    const { connection } = fact;
    if (connection.state === 'live') this.#connected = true;
    if (connection.state === 'refused') this.#report(`[CN4] the desk gave up: ${connection.code}`);
    if (connection.state === 'waiting' && connection.reason === 'superseded') {
      this.#report('[CN1] the desk stood back from itself');
    }
    if (connection.state === 'unpaired' && this.#connected) this.#report('[CN4] the desk forgot its gateway');
  }
}
