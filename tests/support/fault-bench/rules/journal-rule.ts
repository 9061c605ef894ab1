import type { JournalMark, Recorded } from '../history.ts';
import type { Report, Rule } from './rule.ts';

/** Journalled before it is confirmed, and before it is painted. */
export class JournalRule implements Rule {
  readonly #report: Report;
  /** The furthest the journal has been; a snapshot may take it back meanwhile. */
  #furthest = 0;

  constructor(report: Report) {
    this.#report = report;
  }

  see(fact: Recorded): void {
    if (fact.type === 'confirming') this.#compare(fact.journal, fact.seq, 'confirmed');
    if (fact.type === 'painted' && fact.orders.length > 0) this.#compare(fact.journal, fact.seq, 'painted');
  }

  #compare(journal: JournalMark | null, seq: number, what: string): void {
    if (!journal) return;
    this.#furthest = Math.max(this.#furthest, journal.seq);
    if (seq > this.#furthest) this.#report(`[DL3] ${seq} was ${what}, and the journal is at ${journal.seq}`);
  }
}
