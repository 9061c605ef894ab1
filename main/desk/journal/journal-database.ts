import { DatabaseSync } from 'node:sqlite';
import type { StatementSync } from 'node:sqlite';
import type { ConnectionPhase, ConnectionSegment } from '../../../contract/history.ts';
import type { TrailEvent } from '../../../contract/ipc.ts';
import type { Order } from '../../../contract/order.ts';
import type { UnmatchedPayment } from '../../../contract/unmatched.ts';
import { isSettled } from '../commands/kept-command.ts';
import type { KeptCommand } from '../commands/kept-command.ts';
import { eventBody, orderBodies, orderOf, recordOf, trailEventOf } from './journal-rows.ts';
import type { EventRow, OrderRow, StoreRow } from './journal-rows.ts';
import { UnreadableJournal, prepareJournal } from './journal-schema.ts';
import type { ArrivedEvent, Phase, Quarantined, StoreChange, StorePicture, StoreRecord } from './journal.ts';
import { PastTables } from './past-tables.ts';
import type { SqlValue } from './sql.ts';

/** Rows a trim takes at once: folding them into the base takes some 10 ms, so that it never holds up the events. */
const TRIM_ROWS = 500;
/** All but the events. */
const PICTURE_TABLES = ['notes', 'stores', 'orders', 'customers', 'quarantine', 'commands', 'unmatched'] as const;

/** The SQL of the journal. Every method throws what SQLite throws; SqliteJournal decides what that means. */
export class JournalDatabase {
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();
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
    this.past = new PastTables({
      run: (sql, ...values) => this.#run(sql, ...values),
      all: (sql, ...values) => this.#all(sql, ...values),
    });
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
    return rows.map((row) => {
      const orders = this.#all<OrderRow>(
        `SELECT o.id, o.incomplete, o.body, c.body AS customer
         FROM orders o LEFT JOIN customers c ON c.store = o.store AND c.id = o.id WHERE o.store = ?`,
        row.id,
      );
      return {
        record: recordOf(row),
        orders: orders.map(orderOf).filter((order) => order !== null),
        incomplete: orders.filter(({ incomplete }) => incomplete !== 0).map(({ id }) => id),
        unmatched: this.#unmatched(row.id),
      };
    });
  }

  writeChange(change: StoreChange): void {
    const { record, events, orders, incomplete, removed, quarantine } = change;
    const store = record.store.id;
    for (const event of events) this.#writeEvent(store, event);
    for (const order of orders) this.#writeOrder(store, order);
    for (const [id, state] of incomplete) this.#mark(store, id, state);
    for (const id of removed) this.#remove(store, id);
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
    for (const table of ['orders', 'customers', 'unmatched']) this.#run(`DELETE FROM ${table} WHERE store = ?`, store);
    if (!keepEvents) this.#run('DELETE FROM events WHERE store = ?', store);
    for (const order of orders) this.#writeOrder(store, order);
    if (position) this.past.begin(store, { epoch: position.epoch, seq: position.seq, at, complete: first });
    for (const id of incomplete) this.#mark(store, id, true);
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

  events(store: string, order: string): TrailEvent[] {
    const sql = 'SELECT emitted_at, arrived_at, body FROM events WHERE store = ? AND order_id = ? ORDER BY epoch, seq';
    return this.#all<EventRow>(sql, store, order).map(trailEventOf);
  }

  /**
   * Drops the oldest events, and has the base take them in; at most TRIM_ROWS at once.
   * @returns true where there may be more
   */
  trim(store: string, before: number, most: number): boolean {
    this.#run('DELETE FROM quarantine WHERE store = ? AND received_at < ?', store, before);
    const beyond = 'SELECT seq FROM events WHERE store = ?1 ORDER BY seq DESC LIMIT 1 OFFSET ?3';
    const oldest = `SELECT seq, arrived_at FROM events WHERE store = ?1 ORDER BY seq LIMIT ${TRIM_ROWS}`;
    const sql = `SELECT max(seq) AS cut FROM (${oldest}) WHERE arrived_at < ?2 OR seq <= coalesce((${beyond}), 0)`;
    const cut = this.#all<{ cut: number | null }>(sql, store, before, most)[0]?.cut ?? null;
    if (cut === null) return false;
    this.past.advance(store, cut, TRIM_ROWS);
    const { changes } = this.#run('DELETE FROM events WHERE store = ? AND seq <= ?', store, cut);
    return Number(changes) >= TRIM_ROWS;
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
    for (const table of ['orders', 'customers', 'events', 'quarantine', 'unmatched'])
      this.#run(`DELETE FROM ${table} WHERE store = ?`, store);
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

  #writeEvent(store: string, { event, emittedAt, arrivedAt }: ArrivedEvent): void {
    const { epoch, seq, order } = event;
    const sql = 'INSERT OR IGNORE INTO events VALUES (?, ?, ?, ?, ?, ?, ?)';
    this.#run(sql, store, epoch, seq, order, emittedAt, arrivedAt, eventBody(event));
  }

  #writeOrder(store: string, order: Order): void {
    const { body, customer } = orderBodies(order);
    this.#run(
      `INSERT INTO orders (store, id, body) VALUES (?, ?, ?)
       ON CONFLICT (store, id) DO UPDATE SET body = excluded.body`,
      store,
      order.id,
      body,
    );
    if (customer !== null) this.#run('INSERT OR REPLACE INTO customers VALUES (?, ?, ?)', store, order.id, customer);
    else if (order.customerErasedAt !== undefined) this.#eraseCustomer(store, order.id);
  }

  /** Nothing of it is left in the file [AU4]; `purge` then sees to the write-ahead log. */
  #eraseCustomer(store: string, order: string): void {
    this.#database.exec('PRAGMA secure_delete = ON');
    this.#run('DELETE FROM customers WHERE store = ? AND id = ?', store, order);
    this.#database.exec('PRAGMA secure_delete = FAST');
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

  #mark(store: string, id: string, incomplete: boolean): void {
    this.#run(
      `INSERT INTO orders (store, id, incomplete) VALUES (?, ?, ?)
       ON CONFLICT (store, id) DO UPDATE SET incomplete = excluded.incomplete`,
      store,
      id,
      incomplete ? 1 : 0,
    );
  }

  #remove(store: string, id: string): void {
    for (const table of ['orders', 'customers'])
      this.#run(`DELETE FROM ${table} WHERE store = ? AND id = ?`, store, id);
  }

  #run(sql: string, ...values: SqlValue[]): { changes: number | bigint } {
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
