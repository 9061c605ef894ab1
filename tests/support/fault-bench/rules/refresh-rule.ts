import type { WaitReason } from '../../../../contract/connection-state.ts';
import type { Recorded } from '../history.ts';
import type { Report, Rule } from './rule.ts';

/** A replacement that nothing stands in the way of is there within this, bench time in milliseconds. */
const REPLACED_MOST_MS = 2_000;
/** What the old connection still says, it says within this of the new one's subscription. */
const AFTERWARDS_MS = 100;
const HOUR = 43;
/** Reasons to be without a connection that a busy machine makes. */
const slow: ReadonlySet<WaitReason> = new Set<WaitReason>(['heartbeat-lost', 'timeout']);

/** An hourly replacement is made before the old connection is broken, and the screen notices nothing [CN8]. */
export class RefreshRule implements Rule {
  readonly #report: Report;
  /** Another fault may take the connection away as well; then nothing is said of either. */
  #disturbed = false;
  #live = false;
  /** Since when a replacement is due, and since when it is there. */
  #due: number | null = null;
  #replaced: number | null = null;

  constructor(report: Report) {
    this.#report = report;
  }

  see(fact: Recorded): void {
    if (this.#disturbed) return;
    switch (fact.type) {
      case 'fault':
        this.#disturbed = fact.number !== HOUR;
        return;
      case 'state':
        this.#state(fact);
        return;
      case 'hour':
        if (fact.smooth && this.#live) this.#due = fact.t;
        return;
      case 'subscribed':
        if (this.#due !== null) this.#subscribed(fact.t, this.#due);
        return;
      default:
    }
  }

  end(): void {
    if (this.#due !== null && !this.#disturbed) {
      this.#report('[CN8] an hour passed, and the connection was not replaced', 'late');
    }
  }

  #subscribed(t: number, due: number): void {
    if (t - due > REPLACED_MOST_MS) {
      this.#report(`[CN8] the connection was replaced ${Math.round(t - due)} ms after it was due`, 'late');
    }
    this.#due = null;
    this.#replaced = t;
  }

  #state({ connection, t }: Extract<Recorded, { type: 'state' }>): void {
    const ended = this.#live && connection.state !== 'live';
    this.#live = connection.state === 'live';
    const under = this.#due !== null || (this.#replaced !== null && t - this.#replaced <= AFTERWARDS_MS);
    const busy = connection.state === 'waiting' && slow.has(connection.reason);
    // A heart that a busy machine stopped just then looks the same.
    if (ended && under && !busy) this.#report('[CN8] the screen stopped being live for a replacement', 'late');
    if (ended) this.#due = null;
  }
}
