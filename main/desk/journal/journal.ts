import type { Event } from '../../../contract/events.ts';
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
  /** Why events were set aside, by their seq. */
  readonly quarantine: readonly { readonly seq: number; readonly order: string | null; readonly reason: string }[];
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
  replace(picture: StorePicture, keepEvents: boolean): void;
  saveRecord(record: StoreRecord): void;
  /** An order's events in log order. */
  events(store: string, order: string): readonly TrailEvent[];
  /** Drops events older than `before` (gateway time) and beyond `most`, a bounded number; @returns true when more remain. */
  trim(store: string, before: number, most: number): boolean;
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
