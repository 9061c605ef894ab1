import type { Event } from '../../../../contract/events.ts';
import type { Recorded } from '../history.ts';
import type { Report, Rule } from './rule.ts';

/** The gateway's log: gapless, and what was committed is there for ever, whoever stopped or killed the gateway. */
export class LogRule implements Rule {
  readonly #report: Report;
  #log: Event[] = [];

  constructor(report: Report) {
    this.#report = report;
  }

  see(fact: Recorded): void {
    if (fact.type === 'committed') fact.events.forEach((event) => this.#append(event));
    if (fact.type !== 'log') return;
    if (fact.how === 'opened') this.#compare(fact.events);
    this.#log = [];
    fact.events.forEach((event) => this.#append(event));
  }

  #append(event: Event): void {
    const known = this.#log[event.seq - 1];
    if (known?.id === event.id) return;
    if (event.seq !== this.#log.length + 1) {
      this.#report(`[DL1] the log has ${event.seq} after ${this.#log.length}`);
    }
    this.#log.push(event);
  }

  #compare(events: readonly Event[]): void {
    const lost = this.#log.find(({ id }, n) => events[n]?.id !== id);
    if (lost) this.#report(`[DL1] event ${lost.seq} was committed and is not there after the restart`);
  }
}
