import { join } from 'node:path';
import type { TrailEvent } from '../../../contract/ipc.ts';
import type { KeptCommand } from '../commands/kept-command.ts';
import type { JournalDatabase } from './journal-database.ts';
import type { ArrivedStep, Base, BaseOrder, Journal, JournalState, Phase, Quarantined } from './journal.ts';
import type { Replacement, StoreChange, StorePicture, StoreRecord } from './journal.ts';
import { JOURNAL_FILE, afresh, inMemory, isUnreadable, openJournal } from './open-journal.ts';
import type { OpenedJournal } from './open-journal.ts';

export interface JournalOptions {
  readonly dataDir: string;
  /** Wall clock, epoch milliseconds. */
  readonly now: () => number;
  readonly log: (level: 'info' | 'warn' | 'error', message: string, fields?: object) => void;
  /** The whole of what the desk holds, to begin a new journal with when the old one fails in mid-life. */
  readonly held: () => readonly StorePicture[];
  /** The commands that belong to it. */
  readonly heldCommands: () => readonly KeptCommand[];
}

/** The journal over SQLite, on disk as long as the disk takes it. */
export class SqliteJournal implements Journal {
  readonly #options: JournalOptions;
  readonly #listeners = new Set<(state: JournalState) => void>();
  #found: readonly StorePicture[];
  #database: JournalDatabase;
  #state: JournalState;
  #closed = false;

  constructor(options: JournalOptions) {
    this.#options = options;
    const { database, pictures, state } = openJournal(options.dataDir, String(options.now()));
    this.#database = database;
    this.#found = pictures;
    this.#state = state;
    if (state.state !== 'ok') options.log('warn', 'journal is not as it should be', state);
  }

  get state(): JournalState {
    return this.#state;
  }

  stores(): readonly StorePicture[] {
    // Handed out once: the books hold it from then on, and it may be large.
    const found = this.#found;
    this.#found = [];
    return found;
  }

  record(change: StoreChange): void {
    this.#write((database) => database.writeChange(change));
    if (change.events.some(({ event }) => event.kind === 'customer.erased')) this.#purge();
  }

  replace(picture: StorePicture, keepEvents: boolean, at: number): void {
    this.#write((database) => database.writePicture(picture, keepEvents, at));
  }

  saveRecord(record: StoreRecord): void {
    this.#write((database) => database.writeRecord(record));
  }

  events(store: string, order: string): readonly TrailEvent[] {
    return this.#read((database) => database.events.ofOrder(store, order), []);
  }

  trim(store: string, before: number, most: number): boolean {
    let more = false;
    this.#write((database) => (more = database.trim(store, before, most)));
    return more;
  }

  base(store: string): Base | null {
    return this.#read((database) => database.past.base(store), null);
  }

  baseOrders(store: string, after: string, most: number): readonly BaseOrder[] {
    return this.#read((database) => database.past.baseOrders(store, after, most), []);
  }

  lastArrived(
    store: string,
    epoch: string,
    range: { readonly from: number; readonly to: number },
    at: number,
  ): number | null {
    return this.#read((database) => database.events.lastArrived(store, epoch, range, at), null);
  }

  steps(store: string, epoch: string, after: number, most: number): readonly ArrivedStep[] {
    return this.#read((database) => database.events.steps(store, epoch, after, most), []);
  }

  replacements(store: string): readonly Replacement[] {
    return this.#read((database) => database.past.replacements(store), []);
  }

  quarantined(store: string, most: number): readonly (Quarantined & { readonly epoch: string })[] {
    return this.#read((database) => database.quarantined(store, most), []);
  }

  phases(): readonly Phase[] {
    return this.#read((database) => database.phases(), []);
  }

  addPhase(phase: Phase): void {
    this.#write((database) => database.addPhase(phase));
  }

  trimPhases(before: number): void {
    this.#write((database) => database.trimPhases(before));
  }

  commands(): readonly KeptCommand[] {
    return this.#read((database) => database.commands(), []);
  }

  saveCommand(kept: KeptCommand): void {
    this.#write((database) => database.writeCommand(kept));
  }

  trimCommands(before: number): void {
    this.#write((database) => database.trimCommands(before));
  }

  forgetStore(store: string): void {
    this.#write((database) => database.forgetStore(store));
  }

  note(name: string): string | null {
    return this.#read((database) => database.note(name), null);
  }

  setNote(name: string, value: string): void {
    this.#write((database) => database.writeNote(name, value));
  }

  clear(): void {
    this.#found = [];
    this.#write((database) => database.clear());
  }

  onState(listener: (state: JournalState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#database.close();
  }

  /** @returns `otherwise` where the disk does not give it; what takes its place is begun by then */
  #read<T>(read: (database: JournalDatabase) => T, otherwise: T): T {
    try {
      return this.#closed ? otherwise : read(this.#database);
    } catch (error) {
      this.#recover(error);
      return otherwise;
    }
  }

  #purge(): void {
    this.#read((database) => database.purge(), undefined);
  }

  /** One transaction; where the disk refuses it, once more into what takes its place. */
  #write(write: (database: JournalDatabase) => void): void {
    if (this.#closed) return;
    try {
      this.#database.transaction(() => write(this.#database));
    } catch (error) {
      this.#recover(error);
      this.#database.transaction(() => write(this.#database));
    }
  }

  #recover(error: unknown): void {
    try {
      this.#database.close();
    } catch {
      // It failed already, and what takes its place is what matters.
    }
    const { dataDir, now, log } = this.#options;
    const file = join(dataDir, JOURNAL_FILE);
    let next: OpenedJournal = isUnreadable(error) ? afresh(file, String(now()), error) : inMemory(error);
    try {
      this.#refill(next.database);
    } catch (second) {
      next.database.close();
      next = inMemory(second);
      this.#refill(next.database);
    }
    this.#database = next.database;
    this.#state = next.state;
    log('error', 'journal failed', next.state);
    for (const listener of this.#listeners) listener(next.state);
  }

  #refill(database: JournalDatabase): void {
    const { held, heldCommands, now } = this.#options;
    database.transaction(() => {
      // Up to when it was current is the nearest to the gateway's time that is known here.
      for (const picture of held()) database.writePicture(picture, false, picture.record.asOf ?? now());
      for (const kept of heldCommands()) database.writeCommand(kept);
    });
  }
}
