/** Which orders there are: what a snapshot shows, in its order, what is overdue, and how many. */
import type { Order } from '../../contract/order.ts';
import type { SqliteConnection } from './sqlite-connection.ts';

type Connection = Pick<SqliteConnection, 'db'>;

/** Ids of open orders, then of those closed since `closedSince`, each by createdAt descending and id. */
export async function snapshotOrderIds({ db }: Connection, store: string, closedSince: number): Promise<string[]> {
  const ofStore = db.selectFrom('orders').select(['id', 'open', 'created_at']).where('store', '=', store);
  const open = ofStore.where('open', '=', 1);
  const closed = ofStore.where('open', '=', 0).where('updated_at', '>=', closedSince);
  const rows = await db
    .selectFrom(open.unionAll(closed).as('shown'))
    .select('id')
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

/** In the order of their numbers, which is that of their first sight. */
export async function ordersByNumber({ db }: Connection, numbers: readonly number[]): Promise<Order[]> {
  if (numbers.length === 0) return [];
  const rows = await db.selectFrom('orders').select('json').where('n', 'in', numbers).orderBy('n').execute();
  return rows.map(({ json }) => JSON.parse(json) as Order);
}

/** The number of an order, as part of a query. */
export function numberOf(db: Connection['db'], store: string, id: string) {
  return db.selectFrom('orders').select('n').where('store', '=', store).where('id', '=', id);
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
