import type { Recorded } from '../history.ts';
import type { Report, Rule } from './rule.ts';

/** A page that failed is back within this, bench time in milliseconds. */
const BACK_MOST_MS = 3_000;

/** Pages show what the desk shows, soon, and none of them costs a connection. */
export class PageRule implements Rule {
  static readonly faults: ReadonlySet<number> = new Set([28, 30, 31]);
  readonly #report: Report;
  /** Faults under way, and whether one that is not about pages was among them since the first began. */
  readonly #underWay = new Set<number>();
  #alone = true;
  #undisturbed = true;

  constructor(report: Report) {
    this.#report = report;
  }

  see(fact: Recorded): void {
    switch (fact.type) {
      case 'day':
        this.#alone = false;
        return;
      case 'fault':
        this.#fault(fact.number, fact.phase === 'begins');
        return;
      case 'state':
        if (!fact.current) this.#undisturbed = false;
        return;
      case 'subscribed':
        if (this.#isAboutPages() && this.#alone && this.#undisturbed) {
          // A machine that pauses for long makes a desk ask again for what it may have missed.
          this.#report('[CN1] a page came or went, and the desk connected anew', 'late');
        }
        return;
      case 'page':
        this.#shown(fact.what, fact.ms);
        return;
      case 'second-instance':
        if (fact.status !== 0 || !fact.shares) {
          this.#report(`[CN1] a second instance ended with ${fact.status} and did not share the first one`);
        }
        return;
      default:
    }
  }

  #isAboutPages(): boolean {
    return [...this.#underWay].some((number) => PageRule.faults.has(number));
  }

  #fault(number: number, begins: boolean): void {
    if (begins && !PageRule.faults.has(number)) this.#alone = false;
    if (begins && PageRule.faults.has(number)) this.#undisturbed = true;
    if (begins) this.#underWay.add(number);
    else this.#underWay.delete(number);
  }

  #shown(what: 'opened' | 'back', ms: number | null): void {
    if (ms === null) this.#report(`[DL10] a page was ${what}, and never showed what the desk shows`, 'late');
    else if (what === 'back' && this.#alone && ms > BACK_MOST_MS) {
      this.#report(`[CN1] a page took ${Math.round(ms)} ms to be back`, 'late');
    }
  }
}
