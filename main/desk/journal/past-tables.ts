/**
 * What the journal keeps so that it can tell what the screen showed earlier [DL10]: the orders of a base, every event
 * after it, and what changed an order without an event. What is trimmed goes into the base, so that base and rest are
 * the picture at any time.
 */
import type { Order } from '../../../contract/order.ts';
import { PastFold } from '../past/past-fold.ts';
import type { PastOrders } from '../past/past-fold.ts';
import type { EventTable } from './event-table.ts';
import { orderBodies } from './journal-rows.ts';
import type { Base, BaseOrder, Replacement } from './journal.ts';
import type { Sql } from './sql.ts';

interface BaseRow {
  readonly epoch: string;
  readonly seq: number;
  readonly at: number;
  readonly complete: number;
}

export class PastTables {
  readonly #sql: Sql;
  readonly #events: EventTable;

  constructor(sql: Sql, events: EventTable) {
    this.#sql = sql;
    this.#events = events;
  }

  base(store: string): Base | null {
    const [row] = this.#sql.all<BaseRow>('SELECT epoch, seq, at, complete FROM bases WHERE store = ?', store);
    return row ? { ...row, complete: row.complete !== 0 } : null;
  }

  /** Orders of the base by their id, after one of them; an empty text begins. */
  baseOrders(store: string, after: string, most: number): BaseOrder[] {
    const sql = 'SELECT id, body FROM base_orders WHERE store = ? AND id > ? ORDER BY id LIMIT ?';
    const rows = this.#sql.all<{ id: string; body: string }>(sql, store, after, most);
    return rows.map(({ id, body }) => ({ id, order: JSON.parse(body) as Order }));
  }

  /** In the order in which they happened. */
  replacements(store: string): Replacement[] {
    const sql = 'SELECT seq, at, id, body FROM replacements WHERE store = ? ORDER BY n';
    const rows = this.#sql.all<{ seq: number; at: number; id: string; body: string | null }>(sql, store);
    return rows.map(({ body, ...row }) => ({ ...row, order: body === null ? null : (JSON.parse(body) as Order) }));
  }

  writeReplacements(store: string, replacements: readonly Replacement[]): void {
    const sql = 'INSERT INTO replacements (store, seq, at, id, body) VALUES (?, ?, ?, ?, ?)';
    for (const { seq, at, id, order } of replacements)
      this.#sql.run(sql, store, seq, at, id, order && orderBodies(order).body);
  }

  /** The orders that are held are the base; of what was shown before them nothing can be told any more. */
  begin(store: string, { epoch, seq, at, complete }: Base): void {
    this.forget(store);
    this.#sql.run('INSERT INTO bases VALUES (?, ?, ?, ?, ?)', store, epoch, seq, at, complete ? 1 : 0);
    const held = 'SELECT store, id, body FROM orders WHERE store = ? AND body IS NOT NULL';
    this.#sql.run(`INSERT INTO base_orders ${held}`, store);
  }

  /**
   * Takes what is about to be trimmed of a log into the base, where that is of this log.
   * @param cut seq of the last event that goes
   * @param most events it may be at the most
   */
  advance(store: string, epoch: string, cut: number, most: number): void {
    const base = this.base(store);
    if (base?.epoch !== epoch || cut <= base.seq) return;
    const steps = this.#events.steps(store, epoch, base.seq, most).filter(({ seq }) => seq <= cut);
    const at = steps.at(-1)?.at ?? base.at;
    const touched = new Map<string, Order | undefined>();
    const fold = new PastFold(this.#stored(store, touched), this.replacements(store));
    for (const step of steps) fold.take(step);
    for (const [id, order] of touched) this.#write(store, id, order);
    const done = 'SELECT n FROM replacements WHERE store = ? ORDER BY n LIMIT ?';
    this.#sql.run(`DELETE FROM replacements WHERE n IN (${done})`, store, fold.replaced);
    this.#sql.run('UPDATE bases SET seq = ?, at = ?, complete = 0 WHERE store = ?', cut, at, store);
  }

  forget(store: string): void {
    for (const table of ['bases', 'base_orders', 'replacements'])
      this.#sql.run(`DELETE FROM ${table} WHERE store = ?`, store);
  }

  /** The base as what is folded into, an order at a time. @param touched takes what is read and what becomes of it */
  #stored(store: string, touched: Map<string, Order | undefined>): PastOrders {
    return {
      get: (id) => {
        if (!touched.has(id)) touched.set(id, this.#read(store, id));
        return touched.get(id);
      },
      set: (id, order) => touched.set(id, order),
      delete: (id) => touched.set(id, undefined),
    };
  }

  #read(store: string, id: string): Order | undefined {
    const sql = 'SELECT body FROM base_orders WHERE store = ? AND id = ?';
    const [row] = this.#sql.all<{ body: string }>(sql, store, id);
    return row && (JSON.parse(row.body) as Order);
  }

  #write(store: string, id: string, order: Order | undefined): void {
    if (order) this.#sql.run('INSERT OR REPLACE INTO base_orders VALUES (?, ?, ?)', store, id, orderBodies(order).body);
    else this.#sql.run('DELETE FROM base_orders WHERE store = ? AND id = ?', store, id);
  }
}
