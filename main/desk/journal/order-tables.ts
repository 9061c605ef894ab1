import type { Order } from '../../../contract/order.ts';
import { orderBodies, orderOf } from './journal-rows.ts';
import type { OrderRow } from './journal-rows.ts';
import type { StorePicture } from './journal.ts';
import type { Sql } from './sql.ts';

type HeldOrders = Pick<StorePicture, 'orders' | 'incomplete'>;

/** An order keeps its number for as long as it is held, waits to be fetched, or any event speaks of it. */
const inNoEvent = 'NOT EXISTS (SELECT 1 FROM events WHERE events.order_n = orders.n)';

/** The orders as they are now, and what is known of their customers, each by a number of this journal's own. */
export class OrderTables {
  readonly #sql: Sql;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  /** What is held of each store. In the order of their numbers, because so they lie in the file. */
  held(): ReadonlyMap<string, HeldOrders> {
    const rows = this.#sql.all<OrderRow & { readonly store: string }>(
      `SELECT o.store, o.id, o.incomplete, o.body, c.body AS customer FROM orders o LEFT JOIN customers c ON c.n = o.n
       WHERE o.body IS NOT NULL OR o.incomplete <> 0 ORDER BY o.n`,
    );
    const stores = new Map<string, { orders: Order[]; incomplete: string[] }>();
    for (const row of rows) {
      const held = stores.get(row.store) ?? { orders: [], incomplete: [] };
      const order = orderOf(row);
      if (order) held.orders.push(order);
      if (row.incomplete !== 0) held.incomplete.push(row.id);
      stores.set(row.store, held);
    }
    return stores;
  }

  /** @returns its number, given at first sight */
  numberOf(store: string, id: string): number {
    const given = (): number | bigint =>
      this.#sql.run('INSERT INTO orders (store, id) VALUES (?, ?)', store, id).lastInsertRowid;
    return this.#known(store, id) ?? Number(given());
  }

  /** @returns its number */
  write(store: string, order: Order): number {
    const { body, customer } = orderBodies(order);
    const n = this.#writeBody(store, order.id, body);
    if (customer !== null) this.#sql.run('INSERT OR REPLACE INTO customers VALUES (?, ?)', n, customer);
    else if (order.customerErasedAt !== undefined) this.#eraseCustomer(n);
    return n;
  }

  /** @param incomplete whether it waits to be fetched */
  mark(store: string, id: string, incomplete: boolean): void {
    this.#sql.run('UPDATE orders SET incomplete = ? WHERE n = ?', incomplete ? 1 : 0, this.numberOf(store, id));
  }

  /** What events speak of it stays, and its number for as long. */
  remove(store: string, id: string): void {
    const n = this.#known(store, id);
    if (n === null) return;
    this.#sql.run('DELETE FROM customers WHERE n = ?', n);
    const { changes } = this.#sql.run(`DELETE FROM orders WHERE n = ? AND ${inNoEvent}`, n);
    if (Number(changes) === 0) this.#sql.run('UPDATE orders SET body = NULL, incomplete = 0 WHERE n = ?', n);
  }

  /** Lets go of all of a store; what events speak of stays, as with `remove`. */
  removeAll(store: string): void {
    this.#sql.run('DELETE FROM customers WHERE n IN (SELECT n FROM orders WHERE store = ?)', store);
    this.#sql.run(`DELETE FROM orders WHERE store = ? AND ${inNoEvent}`, store);
    this.#sql.run('UPDATE orders SET body = NULL, incomplete = 0 WHERE store = ?', store);
  }

  /** Takes back the numbers that nothing goes by any more, once events or a picture went. */
  sweep(store: string): void {
    const gone = `store = ? AND body IS NULL AND incomplete = 0 AND ${inNoEvent}`;
    this.#sql.run(`DELETE FROM orders WHERE ${gone}`, store);
  }

  #known(store: string, id: string): number | null {
    const [row] = this.#sql.all<{ n: number }>('SELECT n FROM orders WHERE store = ? AND id = ?', store, id);
    return row?.n ?? null;
  }

  #writeBody(store: string, id: string, body: string): number {
    const sql = `INSERT INTO orders (store, id, body) VALUES (?, ?, ?)
      ON CONFLICT (store, id) DO UPDATE SET body = excluded.body RETURNING n`;
    const [row] = this.#sql.all<{ n: number }>(sql, store, id, body);
    return row?.n ?? this.numberOf(store, id);
  }

  /** Nothing of it is left in the file [AU4]; the journal's `purge` then sees to the write-ahead log. */
  #eraseCustomer(n: number): void {
    this.#sql.run('PRAGMA secure_delete = ON');
    this.#sql.run('DELETE FROM customers WHERE n = ?', n);
    this.#sql.run('PRAGMA secure_delete = FAST');
  }
}
