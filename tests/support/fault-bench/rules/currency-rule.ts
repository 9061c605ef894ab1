import type { Recorded } from '../history.ts';
import type { Report, Rule } from './rule.ts';

interface Waiting {
  readonly order: string;
  readonly seq: number;
  since: number;
}

/** Clocks of one device differ by less than this, milliseconds. */
const CLOCKS_MS = 100;

/** While the screen says that it is current, what is committed is on it within a bound. */
export class CurrencyRule implements Rule {
  readonly #report: Report;
  readonly #boundMs: number;
  #waiting: Waiting[] = [];
  #current = false;
  #asleep = false;

  /** @param boundMs bench time */
  constructor(report: Report, boundMs: number) {
    this.#report = report;
    this.#boundMs = boundMs;
  }

  see(fact: Recorded): void {
    this.#late(fact.t);
    switch (fact.type) {
      case 'state':
        if ((fact.aheadMs ?? 0) > CLOCKS_MS) this.#report(`[CK3] what was is shown ${fact.aheadMs} ms in the future`);
        this.#say(fact.current, this.#asleep, fact.t);
        return;
      case 'started':
        this.#say(false, this.#asleep, fact.t);
        return;
      case 'asleep':
      case 'awake':
        this.#say(this.#current, fact.type === 'asleep', fact.t);
        return;
      case 'log':
        if (fact.how !== 'opened') this.#waiting = [];
        return;
      case 'committed':
        for (const { order, seq } of fact.events) if (order !== null) this.#waiting.push({ order, seq, since: fact.t });
        return;
      case 'painted':
        this.#painted(new Map(fact.orders.map(({ id, updatedSeq }) => [id, updatedSeq])));
        return;
      default:
    }
  }

  #painted(shown: ReadonlyMap<string, number>): void {
    this.#waiting = this.#waiting.filter(({ order, seq }) => (shown.get(order) ?? 0) < seq);
  }

  /** Nobody is told anything by a screen that says it is not current, or that sleeps. */
  #say(current: boolean, asleep: boolean, t: number): void {
    if (current && !asleep && !(this.#current && !this.#asleep)) for (const each of this.#waiting) each.since = t;
    this.#current = current;
    this.#asleep = asleep;
  }

  #late(t: number): void {
    if (!this.#current || this.#asleep) return;
    const late = this.#waiting.find(({ since }) => t - since > this.#boundMs);
    if (!late) return;
    const ms = Math.round(t - late.since);
    this.#report(
      `[FR2][CN5] the screen says it is current, and lacks ${late.seq} of ${late.order} for ${ms} ms`,
      'late',
    );
    this.#waiting = [];
  }
}
