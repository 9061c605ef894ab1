import type { Event } from '../../../contract/events.ts';
import type { TrailEvent } from '../../../contract/ipc.ts';
import { eventBody, trailEventOf } from './journal-rows.ts';
import type { EventRow } from './journal-rows.ts';
import type { ArrivedEvent, ArrivedStep } from './journal.ts';
import type { Sql } from './sql.ts';

/** One log of a store, by a number of this journal's own: of another epoch is another history. */
export interface Log {
  readonly n: number;
  readonly epoch: string;
}

const logOf = '(SELECT n FROM logs WHERE store = ? AND epoch = ?)';

/** The events as they came. */
export class EventTable {
  readonly #sql: Sql;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  /** @param numberOf an order's number in this journal */
  write(store: string, events: readonly ArrivedEvent[], numberOf: (order: string) => number): void {
    const logs = new Map<string, number>();
    for (const { event, emittedAt, arrivedAt } of events) {
      const { epoch, seq, order } = event;
      const log = logs.get(epoch) ?? this.#number(store, epoch);
      logs.set(epoch, log);
      const n = order === null ? null : numberOf(order);
      const sql = 'INSERT OR IGNORE INTO events VALUES (?, ?, ?, ?, ?, ?)';
      this.#sql.run(sql, log, seq, n, emittedAt, arrivedAt, eventBody(event));
    }
  }

  /** Events of one order, log by log. */
  ofOrder(store: string, order: string): TrailEvent[] {
    const rows = this.#sql.all<EventRow>(
      `SELECT emitted_at, arrived_at, body FROM events
       WHERE order_n = (SELECT n FROM orders WHERE store = ? AND id = ?) ORDER BY log, seq`,
      store,
      order,
    );
    return rows.map(trailEventOf);
  }

  /** Events of a log after one of them, in log order. */
  steps(store: string, epoch: string, after: number, most: number): ArrivedStep[] {
    const rows = this.#sql.all<{ seq: number; arrived_at: number; body: string }>(
      `SELECT seq, arrived_at, body FROM events WHERE log = ${logOf} AND seq > ? ORDER BY seq LIMIT ?`,
      ...[store, epoch, after, most],
    );
    return rows.map(({ seq, arrived_at: at, body }) => ({ seq, at, event: JSON.parse(body) as Event }));
  }

  /** The last event from `from` to `to` that had come by `at`; null where none had. */
  lastArrived(store: string, epoch: string, { from, to }: { from: number; to: number }, at: number): number | null {
    const within = `log = ${logOf} AND seq BETWEEN ? AND ? AND arrived_at <= ?`;
    const sql = `SELECT seq FROM events WHERE ${within} ORDER BY seq DESC LIMIT 1`;
    return this.#sql.all<{ seq: number }>(sql, store, epoch, from, to, at)[0]?.seq ?? null;
  }

  logs(store: string): Log[] {
    return this.#sql.all<Log>('SELECT n, epoch FROM logs WHERE store = ? ORDER BY n', store);
  }

  /**
   * @param rows looked at, from the oldest on
   * @returns seq of the last of them that came before `before` or is not among the last `most` of its log
   */
  lastToTrim({ n }: Log, { before, most }: { before: number; most: number }, rows: number): number | null {
    const oldest = 'SELECT seq, arrived_at FROM events WHERE log = ?1 ORDER BY seq LIMIT ?4';
    const newest = 'SELECT max(seq) FROM events WHERE log = ?1';
    const sql = `SELECT max(seq) AS cut FROM (${oldest}) WHERE arrived_at < ?2 OR seq <= (${newest}) - ?3`;
    return this.#sql.all<{ cut: number | null }>(sql, n, before, most, rows)[0]?.cut ?? null;
  }

  /** Drops a log's events up to one of them. @returns how many */
  drop({ n }: Log, upTo: number): number {
    return Number(this.#sql.run('DELETE FROM events WHERE log = ? AND seq <= ?', n, upTo).changes);
  }

  forget(store: string): void {
    this.#sql.run('DELETE FROM events WHERE log IN (SELECT n FROM logs WHERE store = ?)', store);
    this.#sql.run('DELETE FROM logs WHERE store = ?', store);
  }

  #number(store: string, epoch: string): number {
    const [row] = this.#sql.all<{ n: number }>('SELECT n FROM logs WHERE store = ? AND epoch = ?', store, epoch);
    return (
      row?.n ?? Number(this.#sql.run('INSERT INTO logs (store, epoch) VALUES (?, ?)', store, epoch).lastInsertRowid)
    );
  }
}
