/** The one append-only history of a run: everything that the invariants are about, in the order in which it happened. */
import type { Event } from '../../../contract/events.ts';
import type { CommandView, DeskState } from '../../../contract/ipc.ts';

/** How far the desk's journal is on disk; null while the desk has none there. */
export interface JournalMark {
  readonly epoch: string | null;
  readonly seq: number;
}

/** One order as the screen got it. */
export interface PaintedOrder {
  readonly id: string;
  readonly updatedSeq: number;
  /** Canonical JSON of the whole order. */
  readonly body: string;
}

export type Fact =
  | { readonly type: 'fault'; readonly number: number; readonly phase: 'begins' | 'ends'; readonly detail: string }
  /** A webhook and what came of it; `lost` means no answer, so that it is sent again. */
  | { readonly type: 'sent'; readonly delivery: string; readonly order: string; readonly answer: number | 'lost' }
  /** The log as a gateway begins with it: opened again, taken back to an earlier state, or restored. */
  | {
      readonly type: 'log';
      readonly how: 'opened' | 'taken-back' | 'restored';
      readonly epoch: string;
      readonly events: readonly Event[];
    }
  | { readonly type: 'committed'; readonly events: readonly Event[] }
  | {
      readonly type: 'subscribed';
      readonly session: string;
      readonly epoch: string;
      readonly after: number;
      readonly head: number;
    }
  | {
      readonly type: 'emitted';
      readonly session: string;
      readonly epoch: string;
      readonly events: readonly { readonly seq: number; readonly id: string }[];
      readonly bytes: number;
    }
  /** Events that were meddled with on their way, and the orders they were about. */
  | { readonly type: 'poisoned'; readonly order: string | null; readonly seq: number }
  /** The desk gives a confirmation out of its hands. */
  | { readonly type: 'confirming'; readonly seq: number; readonly journal: JournalMark | null }
  /** A confirmation came by. */
  | { readonly type: 'confirmed'; readonly session: string; readonly seq: number }
  /** A desk was started, and with it an empty screen. */
  | { readonly type: 'started' }
  /** A stolen ticket was used twice; the statuses of the answers. */
  | { readonly type: 'replayed'; readonly statuses: readonly number[] }
  | { readonly type: 'asleep' | 'awake' }
  | {
      readonly type: 'painted';
      readonly reset: boolean;
      readonly complete: boolean;
      readonly seq: number;
      readonly orders: readonly PaintedOrder[];
      readonly removed: readonly string[];
      readonly journal: JournalMark | null;
    }
  | { readonly type: 'moments'; readonly seqs: readonly number[] }
  | {
      readonly type: 'state';
      readonly current: boolean;
      readonly connection: DeskState['connection'];
      /** How far in the future the device's own clock has what the state calls past, milliseconds. */
      readonly aheadMs?: number;
    }
  /** A command was answered at the desk, or not even sent. */
  | { readonly type: 'answered'; readonly id: string; readonly name: string; readonly state: CommandView['state'] }
  | { readonly type: 'not-sent'; readonly name: string; readonly code: string }
  /** What the screen says of this desk's commands, whenever that changed. */
  | { readonly type: 'commands'; readonly commands: readonly Pick<CommandView, 'id' | 'name' | 'state'>[] }
  /** The desk opened a socket, and holds so many now. */
  | { readonly type: 'socket'; readonly open: number; readonly id: number }
  | { readonly type: 'socket-ended'; readonly id: number }
  /** Hours and days are over in no time for this desk: no socket of its may live for longer. */
  | { readonly type: 'day'; readonly mostMs: number }
  /** Somebody took the desk's journal away, and all that was written down in it. */
  | { readonly type: 'journal-lost' }
  /** The end: whatever was in doubt had its time. */
  | { readonly type: 'quiet' }
  /** An hour has passed for the desk; `smooth` when nothing stands in the way of a new connection. */
  | { readonly type: 'hour'; readonly smooth: boolean }
  /** From here the gateway cannot prove who it is; from there it can again. */
  | { readonly type: 'distrusted' | 'trusted' }
  /** From here an order's money is as deep in its chain as the store asks for, or not any more. */
  | { readonly type: 'chain'; readonly order: string; readonly stands: boolean }
  /** What the gateway had to hold of an order, whether it did in time, and what it held else. */
  | {
      readonly type: 'expected';
      readonly order: string;
      readonly what: string;
      readonly met: boolean;
      readonly instead: string;
    }
  /** A page showed what the desk shows, after so many milliseconds; null when it never did. */
  | { readonly type: 'page'; readonly what: 'opened' | 'back'; readonly ms: number | null }
  /** The application was started again with the same profile, and ended. */
  | { readonly type: 'second-instance'; readonly status: number | null; readonly shares: boolean }
  | { readonly type: 'lifted' | 'recovered' };

export type Recorded = Fact & { /** Bench time, milliseconds. */ readonly t: number };

export class History {
  readonly #now: () => number;
  readonly #facts: Recorded[] = [];

  constructor(now: () => number) {
    this.#now = now;
  }

  get facts(): readonly Recorded[] {
    return this.#facts;
  }

  add(fact: Fact): void {
    this.#facts.push({ ...fact, t: this.#now() });
  }
}
