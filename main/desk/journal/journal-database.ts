import { DatabaseSync } from 'node:sqlite';
import type { StatementSync } from 'node:sqlite';
import type { ConnectionPhase, ConnectionSegment } from '../../../contract/history.ts';
import type { UnmatchedPayment } from '../../../contract/unmatched.ts';
import { isSettled } from '../commands/kept-command.ts';
import type { KeptCommand } from '../commands/kept-command.ts';
import { EventTable } from './event-table.ts';
import { recordOf } from './journal-rows.ts';
import type { StoreRow } from './journal-rows.ts';
import { UnreadableJournal, prepareJournal } from './journal-schema.ts';
import type { Phase, Quarantined, StoreChange, StorePicture, StoreRecord } from './journal.ts';
import { OrderTables } from './order-tables.ts';
import { PastTables } from './past-tables.ts';
import type { Sql, SqlValue } from './sql.ts';

/** Rows a trim takes at once: folding them into the base takes some 10 ms, so that it never holds up the events. */
const TRIM_ROWS = 500;
/** All but the events. */
const PICTURE_TABLES = [
  ...(['notes', 'stores', 'orders', 'customers', 'logs'] as const),
  ...(['quarantine', 'commands', 'unmatched'] as const),
];

/** The SQL of the journal. Every method throws what SQLite throws; SqliteJournal decides what that means. */
export class JournalDatabase {
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();
  readonly #orders: OrderTables;
  readonly events: EventTable;
  readonly past: PastTables;

  /** @param file a path, or `:memory:` */
  constructor(file: string) {
    this.#database = new DatabaseSync(file);
    try {
      prepareJournal(this.#database);
    } catch (error) {
      this.#database.close();
      throw error;
    }
    const sql: Sql = {
      run: (text, ...values) => this.#run(text, ...values),
      all: (text, ...values) => this.#all(text, ...values),
    };
    this.#orders = new OrderTables(sql);
    this.events = new EventTable(sql);
    this.past = new PastTables(sql, this.events);
  }

  close(): void {
    this.#statements.clear();
    this.#database.close();
  }

  /** Empties the write-ahead log, in which pages still stand as they were before; never within a transaction. */
  purge(): void {
    this.#database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  }

  /** All or nothing. */
  transaction(write: () => void): void {
    this.#run('BEGIN IMMEDIATE');
    try {
      write();
      this.#run('COMMIT');
    } catch (error) {
      // A full disk has rolled back already.
      if (this.#database.isTransaction) this.#run('ROLLBACK');
      throw error;
    }
  }

  /**
   * Reads every page that the picture and later writes of it need, so that damage shows at the start and not at some
   * write in mid-life. Of the events, which may be many, damage shows when an order's are read.
   * @throws UnreadableJournal
   */
  check(): void {
    for (const table of PICTURE_TABLES) {
      const [found] = this.#all<{ quick_check: string }>(`PRAGMA quick_check(${table})`);
      if (found?.quick_check !== 'ok') throw new UnreadableJournal(`${table} is damaged`);
    }
  }

  pictures(): StorePicture[] {
    const rows = this.#all<StoreRow>('SELECT * FROM stores ORDER BY id');
    const held = this.#orders.held();
    return rows.map((row) => ({
      record: recordOf(row),
      ...(held.get(row.id) ?? { orders: [], incomplete: [] }),
      unmatched: this.#unmatched(row.id),
    }));
  }

  writeChange(change: StoreChange): void {
    const { record, events, orders, incomplete, removed, quarantine } = change;
    const store = record.store.id;
    const numbers = new Map(orders.map((order) => [order.id, this.#orders.write(store, order)]));
    this.events.write(store, events, (id) => {
      const n = numbers.get(id) ?? this.#orders.numberOf(store, id);
      numbers.set(id, n);
      return n;
    });
    for (const [id, state] of incomplete) this.#orders.mark(store, id, state);
    for (const id of removed) this.#orders.remove(store, id);
    this.#writeUnmatched(store, change.unmatched);
    for (const id of change.unmatchedRemoved) this.#run('DELETE FROM unmatched WHERE store = ? AND id = ?', store, id);
    this.past.writeReplacements(store, change.replacements);
    for (const each of quarantine) this.#setAside(store, record.position?.epoch ?? '', each);
    this.writeRecord(record);
  }

  /** @param at when it is shown, gateway time */
  writePicture({ record, orders, incomplete, unmatched }: StorePicture, keepEvents: boolean, at: number): void {
    const store = record.store.id;
    const { position } = record;
    const first = this.past.base(store) === null;
    if (!keepEvents) this.events.forget(store);
    this.#orders.removeAll(store);
    this.#run('DELETE FROM unmatched WHERE store = ?', store);
    for (const order of orders) this.#orders.write(store, order);
    if (position) this.past.begin(store, { epoch: position.epoch, seq: position.seq, at, complete: first });
    for (const id of incomplete) this.#orders.mark(store, id, true);
    this.#orders.sweep(store);
    this.#writeUnmatched(store, unmatched);
    this.writeRecord(record);
  }

  writeRecord({ store, position, asOf, sources, quarantined, base }: StoreRecord): void {
    this.#run(
      'INSERT OR REPLACE INTO stores VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
      store.id,
      JSON.stringify(store),
      position?.epoch ?? null,
      position?.seq ?? null,
      position?.id ?? null,
      asOf,
      JSON.stringify(sources),
      quarantined,
      base,
    );
  }

  /**
   * Drops the oldest events, and has the base take them in; at most TRIM_ROWS at once.
   * @returns true where there may be more
   */
  trim(store: string, before: number, most: number): boolean {
    this.#run('DELETE FROM quarantine WHERE store = ? AND received_at < ?', store, before);
    let more = false;
    for (const log of this.events.logs(store)) {
      const cut = this.events.lastToTrim(log, { before, most }, TRIM_ROWS);
      if (cut === null) continue;
      this.past.advance(store, log.epoch, cut, TRIM_ROWS);
      more = this.events.drop(log, cut) >= TRIM_ROWS || more;
      this.#orders.sweep(store);
    }
    return more;
  }

  quarantined(store: string, most: number): (Quarantined & { epoch: string })[] {
    return this.#all(
      `SELECT epoch, seq, event_id AS id, order_id AS "order", kind, reason, received_at AS receivedAt
       FROM quarantine WHERE store = ? ORDER BY received_at DESC, seq DESC LIMIT ?`,
      store,
      most,
    );
  }

  phases(): Phase[] {
    const rows = this.#all<{ at: number; state: string; transport: string | null }>(
      'SELECT at, state, transport FROM phases ORDER BY n',
    );
    return rows.map(({ at, state, transport }) => ({
      at,
      state: state as ConnectionPhase,
      transport: transport as ConnectionSegment['transport'],
    }));
  }

  addPhase({ at, state, transport }: Phase): void {
    this.#run('INSERT INTO phases (at, state, transport) VALUES (?, ?, ?)', at, state, transport);
  }

  trimPhases(before: number): void {
    this.#run('DELETE FROM phases WHERE n < (SELECT max(n) FROM phases WHERE at < ?)', before);
  }

  commands(): KeptCommand[] {
    const rows = this.#all<{ body: string }>('SELECT body FROM commands ORDER BY given_at, id');
    return rows.map(({ body }) => JSON.parse(body) as KeptCommand);
  }

  writeCommand(kept: KeptCommand): void {
    const { command, givenAt, outcome } = kept;
    const settled = isSettled(outcome.state) ? 1 : 0;
    this.#run(
      'INSERT OR REPLACE INTO commands VALUES (?, ?, ?, ?)',
      command.id,
      givenAt,
      settled,
      JSON.stringify(kept),
    );
  }

  /** Only settled ones go: of the others somebody still waits to hear. */
  trimCommands(before: number): void {
    this.#run('DELETE FROM commands WHERE settled = 1 AND given_at < ?', before);
  }

  /** Everything of one store. */
  forgetStore(store: string): void {
    this.events.forget(store);
    this.#orders.removeAll(store);
    for (const table of ['quarantine', 'unmatched']) this.#run(`DELETE FROM ${table} WHERE store = ?`, store);
    this.past.forget(store);
    this.#run('DELETE FROM stores WHERE id = ?', store);
  }

  note(name: string): string | null {
    return this.#all<{ value: string }>('SELECT value FROM notes WHERE name = ?', name)[0]?.value ?? null;
  }

  writeNote(name: string, value: string): void {
    this.#run('INSERT OR REPLACE INTO notes VALUES (?, ?)', name, value);
  }

  clear(): void {
    for (const table of [...PICTURE_TABLES, 'events', 'bases', 'base_orders', 'replacements', 'phases']) {
      this.#run(`DELETE FROM ${table}`);
    }
  }

  #unmatched(store: string): UnmatchedPayment[] {
    const rows = this.#all<{ body: string }>('SELECT body FROM unmatched WHERE store = ?', store);
    return rows.map(({ body }) => JSON.parse(body) as UnmatchedPayment);
  }

  #writeUnmatched(store: string, payments: readonly UnmatchedPayment[]): void {
    const sql = 'INSERT OR REPLACE INTO unmatched VALUES (?, ?, ?)';
    for (const payment of payments) this.#run(sql, store, payment.id, JSON.stringify(payment));
  }

  #setAside(store: string, epoch: string, { seq, id, order, kind, reason, receivedAt }: Quarantined): void {
    this.#run(
      `INSERT OR IGNORE INTO quarantine (store, epoch, seq, order_id, reason, event_id, kind, received_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      ...[store, epoch, seq, order, reason, id, kind, receivedAt],
    );
  }

  #run(sql: string, ...values: SqlValue[]): ReturnType<Sql['run']> {
    return this.#prepared(sql).run(...values);
  }

  #all<Row>(sql: string, ...values: SqlValue[]): Row[] {
    return this.#prepared(sql).all(...values) as Row[];
  }

  #prepared(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (!statement) this.#statements.set(sql, (statement = this.#database.prepare(sql)));
    return statement;
  }
}
