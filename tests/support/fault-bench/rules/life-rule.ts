import type { Recorded } from '../history.ts';
import type { Report, Rule } from './rule.ts';

/** No connection outlives its day, whatever keeps a new one from taking its place [CN8]. */
export class LifeRule implements Rule {
  readonly #report: Report;
  #mostMs = Infinity;
  readonly #since = new Map<number, number>();
  #now = 0;

  constructor(report: Report) {
    this.#report = report;
  }

  see(fact: Recorded): void {
    this.#now = fact.t;
    if (fact.type === 'day') this.#mostMs = fact.mostMs;
    if (fact.type === 'socket') this.#since.set(fact.id, fact.t);
    if (fact.type === 'socket-ended') this.#ended(fact.id);
  }

  end(): void {
    for (const id of [...this.#since.keys()]) this.#ended(id);
  }

  #ended(id: number): void {
    const since = this.#since.get(id);
    this.#since.delete(id);
    if (since === undefined || this.#now - since <= this.#mostMs) return;
    this.#report(`[CN8] a connection lived for ${Math.round(this.#now - since)} ms`, 'late');
  }
}
