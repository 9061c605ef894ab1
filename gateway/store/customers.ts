/** Customer data in tables of its own [AU4]: events and orders never hold it, and it can be erased per order. */
import type { Customer, Order } from '../../contract/order.ts';
import { customerTerms } from '../../contract/search-terms.ts';
import { securely } from './secure-delete.ts';
import type { SqliteConnection } from './sqlite-connection.ts';
import type { Tx } from './writer.ts';

export async function saveCustomer(tx: Tx, store: string, order: string, customer: Customer): Promise<void> {
  await securely(tx, () => eraseCustomer(tx, store, order));
  await tx.db
    .insertInto('customers')
    .values({ store, order_id: order, json: JSON.stringify(customer) })
    .execute();
  for (const term of new Set(customerTerms(customer).map((each) => each.term))) {
    await tx.db.insertInto('customer_terms').values({ store, term, order_id: order }).execute();
  }
}

export async function eraseCustomer(tx: Tx, store: string, order: string): Promise<void> {
  for (const table of ['customers', 'customer_terms'] as const) {
    await tx.db.deleteFrom(table).where('store', '=', store).where('order_id', '=', order).execute();
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
    .selectFrom('customers')
    .select(['order_id', 'json'])
    .where('store', '=', store)
    .where('order_id', 'in', ids)
    .execute();
  const known = new Map(rows.map(({ order_id, json }) => [order_id, JSON.parse(json) as Customer]));
  return orders.map((order) => {
    const customer = known.get(order.id);
    return customer ? { ...order, customer } : order;
  });
}
