import type { Event } from '../../../contract/events.ts';
import type { ConnectionPhase, ConnectionSegment } from '../../../contract/history.ts';
import type { DeskState, TrailEvent } from '../../../contract/ipc.ts';
import type { Order } from '../../../contract/order.ts';
import type { Position, Store } from '../../../contract/protocol.ts';
import type { SourceState } from '../../../contract/source-state.ts';
import type { UnmatchedPayment } from '../../../contract/unmatched.ts';
import type { KeptCommand } from '../commands/kept-command.ts';

/** How the journal is kept, as the screen tells it [DL9]. */
export type JournalState = DeskState['journal'];

/** What is known of a store beside its orders. */
export interface StoreRecord {
  readonly store: Store;
  /** Null before the first snapshot or event. */
  readonly position: Position | null;
  /** Gateway time up to which what is held was known to be current; null when never. */
  readonly asOf: number | null;
  readonly sources: readonly SourceState[];
  readonly quarantined: number;
  /** Seq of the last snapshot: events up to there may be missing here. */
  readonly base: number;
}

/** An event with when it was sent and came, gateway time. */
export interface ArrivedEvent {
  readonly event: Event;
  readonly emittedAt: number | null;
  readonly arrivedAt: number;
}

/** Where what can be shown of a store's past begins: the orders as they were shown at `at`, gateway time [DL10]. */
export interface Base {
  readonly epoch: string;
  readonly seq: number;
  readonly at: number;
  /** True where nothing of the store was ever shown before. */
  readonly complete: boolean;
}

export interface BaseOrder {
  readonly id: string;
  readonly order: Order;
}

/** An event with when it came, gateway time. */
export interface ArrivedStep {
  readonly seq: number;
  readonly at: number;
  readonly event: Event;
}

/** An order that was replaced whole, or removed (null), by no event of its log; gateway time. */
export interface Replacement {
  /** The last event before it: what is in order here is the log, whatever a clock said. */
  readonly seq: number;
  readonly at: number;
  readonly id: string;
  readonly order: Order | null;
}

/** An event that was set aside; null for what it did not say in a way that can be trusted. */
export interface Quarantined {
  readonly seq: number;
  readonly id: string | null;
  readonly order: string | null;
  readonly kind: string | null;
  readonly reason: string;
  /** Gateway time; null where it was not noted down. */
  readonly receivedAt: number | null;
}

/** How the connection was from a moment on, device time. */
export interface Phase {
  readonly at: number;
  readonly state: ConnectionPhase;
  readonly transport: ConnectionSegment['transport'];
}

/** What one step of a store changes; recorded whole or not at all [DL3]. */
export interface StoreChange {
  readonly record: StoreRecord;
  readonly events: readonly ArrivedEvent[];
  readonly orders: readonly Order[];
  /** Orders of which an event could not be read, and that wait to be fetched again [DL7]; true or false per id. */
  readonly incomplete: ReadonlyMap<string, boolean>;
  readonly removed: readonly string[];
  /** Unmatched payments that are new or changed, whole. */
  readonly unmatched: readonly UnmatchedPayment[];
  /** Ids of unmatched payments that are let go of. */
  readonly unmatchedRemoved: readonly string[];
  readonly quarantine: readonly Quarantined[];
  /** What of this no event of `events` explains. */
  readonly replacements: readonly Replacement[];
}

/** A whole picture of a store: what was held of it before is void. */
export interface StorePicture {
  readonly record: StoreRecord;
  readonly orders: readonly Order[];
  readonly incomplete: readonly string[];
  readonly unmatched: readonly UnmatchedPayment[];
}

/**
 * What the desk holds as durably as it can. Writing never fails towards the caller: where the disk does not take it
 * any more, the journal goes on in memory and says so [DL9].
 */
export interface Journal {
  readonly state: JournalState;
  /** What was found on opening; handed out once. */
  stores(): readonly StorePicture[];
  record(change: StoreChange): void;
  /** @param at when it is shown, gateway time */
  replace(picture: StorePicture, keepEvents: boolean, at: number): void;
  saveRecord(record: StoreRecord): void;
  /** An order's events in log order. */
  events(store: string, order: string): readonly TrailEvent[];
  /** Drops events older than `before` (gateway time) and beyond `most`, a bounded number; @returns true when more remain. */
  trim(store: string, before: number, most: number): boolean;
  /** Null while there is no picture of the store yet. */
  base(store: string): Base | null;
  /** Orders of the base by their id, after this one; an empty text begins. */
  baseOrders(store: string, after: string, most: number): readonly BaseOrder[];
  /** The last event from `from` to `to` that had come by `at`, gateway time; null where none had. */
  lastArrived(
    store: string,
    epoch: string,
    range: { readonly from: number; readonly to: number },
    at: number,
  ): number | null;
  /** Events of a log after one of them, in log order. */
  steps(store: string, epoch: string, after: number, most: number): readonly ArrivedStep[];
  /** In the order in which they happened. */
  replacements(store: string): readonly Replacement[];
  /** The newest first. */
  quarantined(store: string, most: number): readonly (Quarantined & { readonly epoch: string })[];
  /** How the connection went, oldest first. */
  phases(): readonly Phase[];
  addPhase(phase: Phase): void;
  /** Drops phases that began before `before` but the last of them, which reaches beyond. */
  trimPhases(before: number): void;
  /** Commands of this desk, oldest first. */
  commands(): readonly KeptCommand[];
  /** Writes a command down, or what became of it [CM1]. */
  saveCommand(kept: KeptCommand): void;
  /** Drops settled commands given before `before`, device time. */
  trimCommands(before: number): void;
  /** Forgets everything of one store. */
  forgetStore(store: string): void;
  /** Small facts of the desk itself. */
  note(name: string): string | null;
  setNote(name: string, value: string): void;
  /** Forgets everything. */
  clear(): void;
  /** Called when the way it is kept changed. */
  onState(listener: (state: JournalState) => void): () => void;
  close(): void;
}
