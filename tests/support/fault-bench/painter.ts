import { canonicalJson } from '../../../gateway/canonical-json.ts';
import type { DeskState } from '../../../contract/ipc.ts';
import type { Push } from '../../../main/desk/desk.ts';
import type { History, JournalMark } from './history.ts';

/** What a renderer would show: takes every push into the history and keeps what is on the screen now. */
export class Painter {
  readonly #history: History;
  readonly #now: () => number;
  readonly #journal: () => JournalMark | null;
  /** Canonical JSON of every order on the screen. */
  readonly orders = new Map<string, string>();
  complete = false;
  state: DeskState | null = null;
  /** What was last told of commands, JSON. */
  #told = '[]';
  /** When the state came, by `performance.now()`. */
  stateAt = 0;

  /** @param now the device's wall clock, epoch milliseconds */
  constructor(history: History, now: () => number, journal: () => JournalMark | null) {
    this.#history = history;
    this.#now = now;
    this.#journal = journal;
    history.add({ type: 'started' });
  }

  take(push: Push): void {
    switch (push.name) {
      case 'desk.state': {
        this.state = push.payload;
        this.stateAt = performance.now();
        const { current, connection, since, lastHeardAt } = push.payload;
        const past = Math.max(since, lastHeardAt ?? 0, 'since' in connection ? connection.since : 0);
        this.#history.add({ type: 'state', current, connection, aheadMs: past - this.#now() });
        this.#tell(push.payload.commands);
        return;
      }
      case 'desk.orders':
        this.#paint(push.payload);
        return;
      case 'desk.moments':
        this.#history.add({ type: 'moments', seqs: push.payload.moments.map(({ seq }) => seq) });
        return;
      case 'desk.unmatched':
      case 'desk.notice':
      case 'desk.doctor':
        return;
      default:
        push satisfies never;
    }
  }

  #tell(views: DeskState['commands']): void {
    const commands = views.map(({ id, name, state }) => ({ id, name, state }));
    const told = JSON.stringify(commands);
    if (told === this.#told) return;
    this.#told = told;
    this.#history.add({ type: 'commands', commands });
  }

  #paint({ reset, complete, seq, orders, removed }: Extract<Push, { name: 'desk.orders' }>['payload']): void {
    const painted = orders.map((order) => ({
      id: order.id,
      updatedSeq: order.updatedSeq,
      body: canonicalJson(order),
    }));
    if (reset) this.orders.clear();
    for (const { id, body } of painted) this.orders.set(id, body);
    for (const id of removed) this.orders.delete(id);
    this.complete = complete;
    const journal = painted.length > 0 ? this.#journal() : null;
    this.#history.add({ type: 'painted', reset, complete, seq, orders: painted, removed, journal });
  }
}
