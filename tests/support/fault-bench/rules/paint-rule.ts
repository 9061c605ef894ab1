import type { Recorded } from '../history.ts';
import { Model, stateKey } from '../model.ts';
import type { Report, Rule } from './rule.ts';

/** The screen shows only what was so, and never goes back unless it says so by a new picture. */
export class PaintRule implements Rule {
  readonly #report: Report;
  readonly #model = new Model();
  /** Orders an event of which was made unreadable: they may differ until they are fetched. */
  readonly #poisoned = new Set<string | null>();
  #shown = new Map<string, number>();

  constructor(report: Report) {
    this.#report = report;
  }

  see(fact: Recorded): void {
    this.#model.take(fact);
    if (fact.type === 'started') this.#shown = new Map();
    if (fact.type === 'poisoned') this.#poisoned.add(fact.order);
    if (fact.type === 'painted') this.#painted(fact);
  }

  #painted({ reset, orders, removed }: Extract<Recorded, { type: 'painted' }>): void {
    if (reset) this.#shown = new Map();
    for (const order of orders) {
      const { id, updatedSeq, body } = order;
      const before = this.#shown.get(id) ?? 0;
      if (updatedSeq < before) this.#report(`[DL2] order ${id} went back from ${before} to ${updatedSeq}`);
      this.#shown.set(id, updatedSeq);
      const relaxed = this.#poisoned.has(id) || this.#poisoned.has(null);
      const was = this.#model.states.get(stateKey(order))?.has(body) ?? false;
      if (!was && !relaxed) this.#report(`[DL2][DL10] order ${id} was painted as it never was, at ${updatedSeq}`);
    }
    for (const id of removed) this.#shown.delete(id);
  }
}
