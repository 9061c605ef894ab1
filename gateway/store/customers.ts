/** Customer data in tables of its own [AU4]: events and orders never hold it, and it can be erased per order. */
import type { Customer, Order } from '../../contract/order.ts';
import { customerTerms } from '../../contract/search-terms.ts';
import { readStored } from './projection.ts';
import { securely } from './secure-delete.ts';
import type { SqliteConnection } from './sqlite-connection.ts';
import type { Tx } from './writer.ts';

/** @param order_n the order's number */
export async function saveCustomer(tx: Tx, store: string, order_n: number, customer: Customer): Promise<void> {
  await securely(tx, () => eraseNumbered(tx, order_n));
  await tx.db
    .insertInto('customers')
    .values({ order_n, json: JSON.stringify(customer) })
    .execute();
  for (const term of new Set(customerTerms(customer).map((each) => each.term))) {
    await tx.db.insertInto('customer_terms').values({ store, term, order_n }).execute();
  }
}

/** @returns false when there is no such order */
export async function eraseCustomer(tx: Tx, store: string, order: string): Promise<boolean> {
  const stored = await readStored(tx, store, order);
  if (stored) await eraseNumbered(tx, stored.n);
  return stored !== undefined;
}

async function eraseNumbered(tx: Tx, order_n: number): Promise<void> {
  for (const table of ['customers', 'customer_terms'] as const) {
    await tx.db.deleteFrom(table).where('order_n', '=', order_n).execute();
  }
}

/** Adds to orders what is known of their customers, for those who may see it. */
export async function withCustomers(
  { db }: Pick<SqliteConnection, 'db'>,
  store: string,
  orders: readonly Order[],
): Promise<Order[]> {
  const ids = orders.map(({ id }) => id);
  if (ids.length === 0) return [];
  const rows = await db
    .selectFrom('orders')
    .innerJoin('customers', 'customers.order_n', 'orders.n')
    .select(['orders.id', 'customers.json'])
    .where('orders.store', '=', store)
    .where('orders.id', 'in', ids)
    .execute();
  const known = new Map(rows.map(({ id, json }) => [id, JSON.parse(json) as Customer]));
  return orders.map((order) => {
    const customer = known.get(order.id);
    return customer ? { ...order, customer } : order;
  });
}
