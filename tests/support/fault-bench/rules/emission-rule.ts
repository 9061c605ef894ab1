import { FLOW } from '../../../../gateway/delivery/desk/flow-window.ts';
import type { Recorded } from '../history.ts';
import type { Report, Rule } from './rule.ts';

/** One message may be over the window by this much: the names and brackets around the events. */
const ENVELOPE_BYTES = 8 * 1024;

interface Session {
  next: number;
  confirmed: boolean;
  sent: { last: number; bytes: number; events: number }[];
}

/** What the gateway sends: only what is committed, from where the desk asked, without hole or overlap, within the window. */
export class EmissionRule implements Rule {
  readonly #report: Report;
  readonly #committed = new Map<string, Set<string>>();
  readonly #sessions = new Map<string, Session>();

  constructor(report: Report) {
    this.#report = report;
  }

  see(fact: Recorded): void {
    switch (fact.type) {
      case 'log':
      case 'committed':
        for (const { epoch, seq, id } of fact.events) this.#known(epoch, seq).add(id);
        return;
      case 'subscribed':
        this.#sessions.set(fact.session, { next: fact.after + 1, confirmed: false, sent: [] });
        return;
      case 'emitted':
        this.#emitted(fact);
        return;
      case 'confirmed':
        this.#confirmed(fact.session, fact.seq);
        return;
      default:
    }
  }

  #known(epoch: string, seq: number): Set<string> {
    const key = `${epoch}/${seq}`;
    const known = this.#committed.get(key) ?? new Set();
    this.#committed.set(key, known);
    return known;
  }

  #emitted({ session: name, epoch, events, bytes }: Extract<Recorded, { type: 'emitted' }>): void {
    const session = this.#sessions.get(name);
    if (!session) {
      this.#report('[DL5] events came to a socket that had not subscribed');
      return;
    }
    for (const { seq, id } of events) {
      if (seq !== session.next) this.#report(`[DL5] ${seq} was sent where ${session.next} was due`);
      if (!this.#known(epoch, seq).has(id)) this.#report(`[DL1] event ${seq} was sent before it was committed`);
      session.next = seq + 1;
    }
    session.sent.push({ last: session.next - 1, bytes, events: events.length });
    this.#window(session);
  }

  #window({ sent, confirmed }: Session): void {
    const bytes = sent.reduce((sum, each) => sum + each.bytes, 0);
    const most = (confirmed ? FLOW.mostBytes : FLOW.startBytes) + ENVELOPE_BYTES;
    const single = sent.length === 1 && sent[0]?.events === 1;
    if (bytes > most && !single) this.#report(`[DL6] ${bytes} bytes were under way, unconfirmed`);
  }

  #confirmed(name: string, seq: number): void {
    const session = this.#sessions.get(name);
    if (!session) return;
    session.confirmed = true;
    session.sent = session.sent.filter(({ last }) => last > seq);
  }
}
