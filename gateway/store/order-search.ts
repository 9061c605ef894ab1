/** Finding orders by whatever a person holds in hand; the newest first, page by page. */
import { orderStatuses } from '../../contract/order.ts';
import type { Order, OrderStatus } from '../../contract/order.ts';
import type { SearchQuery } from '../../contract/search-query.ts';
import type { Database } from './schema.ts';
import type { SqliteConnection } from './sqlite-connection.ts';
import type { ExpressionBuilder } from 'kysely';

/** Sorts after every character a term can hold, so that a beginning and it bound all terms that begin so. */
export const BEYOND = '\u{10ffff}';

export interface OrderSearch {
  readonly store: string;
  /** Null for all orders. */
  readonly query: SearchQuery | null;
  readonly statuses: readonly OrderStatus[];
  /** Whether customers' names and e-mails are searched too. */
  readonly customers: boolean;
  readonly after?: { readonly createdAt: number; readonly id: string };
  readonly limit: number;
}

/** Orders by createdAt descending and id: neither changes while somebody pages through them. */
export async function searchOrders(connection: Pick<SqliteConnection, 'db'>, search: OrderSearch): Promise<Order[]> {
  const rows = await orderSearchQuery(connection, search).execute();
  return rows.map(({ json }) => JSON.parse(json) as Order);
}

/** The query by itself, so that its plan can be looked at. */
export function orderSearchQuery({ db }: Pick<SqliteConnection, 'db'>, search: OrderSearch) {
  const { store, query: asked, statuses, after, limit } = search;
  let query = db.selectFrom('orders').select('json').where('store', '=', store);
  if (statuses.length > 0 && statuses.length < orderStatuses.length) query = query.where('status', 'in', statuses);
  if (asked) query = query.where((eb) => eb.or(foundBy(eb, search, asked)));
  if (after) {
    query = query.where((eb) =>
      eb.or([
        eb('created_at', '<', after.createdAt),
        eb.and([eb('created_at', '=', after.createdAt), eb('id', '>', after.id)]),
      ]),
    );
  }
  return query.orderBy('created_at', 'desc').orderBy('id').limit(limit);
}

function foundBy(
  eb: ExpressionBuilder<Database, 'orders'>,
  { store, customers }: OrderSearch,
  { beginnings, span }: SearchQuery,
) {
  const tables = customers ? (['search_terms', 'customer_terms'] as const) : (['search_terms'] as const);
  const named = tables.flatMap((table) =>
    beginnings.map((beginning) =>
      eb(
        'id',
        'in',
        eb
          .selectFrom(table)
          .select('order_id')
          .where('store', '=', store)
          .where('term', '>=', beginning)
          .where('term', '<', beginning + BEYOND),
      ),
    ),
  );
  if (!span) return named;
  const timed = eb
    .selectFrom('order_times')
    .select('order_id')
    .where('store', '=', store)
    .where('at', '>=', span.from)
    .where('at', '<=', span.to);
  return [...named, eb('id', 'in', timed)];
}
