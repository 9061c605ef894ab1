/** Finding orders: what a snapshot shows, in its order, and search. */
import { orderStatuses } from '../../contract/order.ts';
import type { Order, OrderStatus } from '../../contract/order.ts';
import { normalTerm } from './search-terms.ts';
import type { SqliteConnection } from './sqlite-connection.ts';

type Connection = Pick<SqliteConnection, 'db'>;

/** Sorts after every character a term can hold. */
const LAST = '\u{10ffff}';

/** Ids of open orders, then of those closed since `closedSince`, each by createdAt descending and id. */
export async function snapshotOrderIds({ db }: Connection, store: string, closedSince: number): Promise<string[]> {
  const rows = await db
    .selectFrom('orders')
    .select('id')
    .where('store', '=', store)
    .where((eb) => eb.or([eb('open', '=', 1), eb('updated_at', '>=', closedSince)]))
    .orderBy('open', 'desc')
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .execute();
  return rows.map(({ id }) => id);
}

/** Orders by id, in the order of the ids. */
export async function ordersById({ db }: Connection, store: string, ids: readonly string[]): Promise<Order[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .selectFrom('orders')
    .select(['id', 'json'])
    .where('store', '=', store)
    .where('id', 'in', ids)
    .execute();
  const byId = new Map(rows.map(({ id, json }) => [id, json]));
  return ids.flatMap((id) => {
    const json = byId.get(id);
    return json === undefined ? [] : [JSON.parse(json) as Order];
  });
}

export interface OrderSearch {
  readonly store: string;
  readonly q?: string;
  readonly statuses: readonly OrderStatus[];
  /** Whether customers' names and e-mails are searched too. */
  readonly customers: boolean;
  readonly after?: { readonly createdAt: number; readonly id: string };
  readonly limit: number;
}

/** Orders by createdAt descending and id; a query matches whole terms and their beginnings, without case. */
export async function searchOrders({ db }: Connection, search: OrderSearch): Promise<Order[]> {
  const { store, q, statuses, customers, after, limit } = search;
  const term = normalTerm(q ?? '');
  let query = db.selectFrom('orders').select('json').where('store', '=', store);
  if (statuses.length > 0 && statuses.length < orderStatuses.length) query = query.where('status', 'in', statuses);
  if (term !== '') {
    query = query.where((eb) => {
      const found = (table: 'search_terms' | 'customer_terms') =>
        eb(
          'id',
          'in',
          eb
            .selectFrom(table)
            .select('order_id')
            .where('store', '=', store)
            .where('term', '>=', term)
            .where('term', '<', term + LAST),
        );
      return eb.or(customers ? [found('search_terms'), found('customer_terms')] : [found('search_terms')]);
    });
  }
  if (after) {
    query = query.where((eb) =>
      eb.or([
        eb('created_at', '<', after.createdAt),
        eb.and([eb('created_at', '=', after.createdAt), eb('id', '>', after.id)]),
      ]),
    );
  }
  const rows = await query.orderBy('created_at', 'desc').orderBy('id').limit(limit).execute();
  return rows.map(({ json }) => JSON.parse(json) as Order);
}

/** Orders that are past their expiry and still wait for money. */
export async function overdueOrders(
  { db }: Connection,
  now: number,
  most: number,
): Promise<{ store: string; id: string }[]> {
  return db
    .selectFrom('orders')
    .select(['store', 'id'])
    .where('status', '=', 'awaiting')
    .where('expires_at', '<=', now)
    .orderBy('expires_at')
    .limit(most)
    .execute();
}

export async function countOrders({ db }: Connection): Promise<{ store: string; status: string; n: number }[]> {
  return db
    .selectFrom('orders')
    .select((eb) => ['store', 'status', eb.fn.countAll<number>().as('n')] as const)
    .groupBy(['store', 'status'])
    .execute();
}
