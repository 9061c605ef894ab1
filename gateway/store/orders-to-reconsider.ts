/** Names of the orders that diagnosis may have more to say of, without reading the orders themselves. */
import { openStatuses } from '../../contract/order.ts';
import { normalTerm } from '../../contract/search-query.ts';
import type { SqliteConnection } from './sqlite-connection.ts';

export interface OrderName {
  readonly store: string;
  readonly order: string;
}

type Connection = Pick<SqliteConnection, 'db'>;

/** Open ones, and those whose payments are still watched. */
export function standingOrders({ db }: Connection, now: number): Promise<OrderName[]> {
  return db
    .selectFrom('orders')
    .select(['store', 'id as order'])
    .where((eb) => eb.or([eb('open', '=', 1), eb('watch_until', '>', now)]))
    .execute();
}

export function ordersWithTransaction({ db }: Connection, txHash: string): Promise<OrderName[]> {
  return db
    .selectFrom('search_terms')
    .innerJoin('orders', 'orders.n', 'search_terms.order_n')
    .select(['orders.store', 'orders.id as order'])
    .where('search_terms.store', 'in', (eb) => eb.selectFrom('stores').select('id'))
    .where('search_terms.term', '=', normalTerm(txHash))
    .execute();
}

/** Orders of a source, and those that are paid on a chain, as far as they are open or still watched. */
export async function ordersOnLine({ db }: Connection, id: string, now: number): Promise<OrderName[]> {
  const ofSource = await db
    .selectFrom('orders')
    .select(['store', 'id as order'])
    .where('store', 'in', (eb) => eb.selectFrom('stores').select('id'))
    .where('source', '=', id)
    .where((eb) => eb.or([eb('status', 'in', [...openStatuses]), eb('watch_until', '>', now)]))
    .execute();
  const ofChain = await db
    .selectFrom('order_chains')
    .innerJoin('orders', 'orders.n', 'order_chains.order_n')
    .select(['orders.store', 'orders.id as order'])
    .where('order_chains.chain', '=', id)
    .where((eb) => eb.or([eb('orders.open', '=', 1), eb('orders.watch_until', '>', now)]))
    .execute();
  return [...ofSource, ...ofChain];
}
