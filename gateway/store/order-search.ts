/** Finding orders by whatever a person holds in hand; the newest first, page by page. */
import { setImmediate as turn } from 'node:timers/promises';
import type { Kysely, SelectQueryBuilder } from 'kysely';
import { orderStatuses } from '../../contract/order.ts';
import type { Order, OrderStatus } from '../../contract/order.ts';
import type { SearchQuery } from '../../contract/search-query.ts';
import { orderMatches } from '../../contract/search-terms.ts';
import { withCustomers } from './customers.ts';
import type { Database } from './schema.ts';
import type { SqliteConnection } from './sqlite-connection.ts';

type Connection = Pick<SqliteConnection, 'db'>;

/** Sorts after every character a term can hold, so that a beginning and it bound all terms that begin so. */
export const BEYOND = '\u{10ffff}';

/** How many answers make a search wide, or endless: each is found in the way that is quickest for it. */
export interface Breadths {
  /** Up to so many answers are read and sorted; of more, their numbers are held beside the orders from the newest on. */
  readonly narrow: number;
  /** Of more than this the newest orders themselves are read, until enough of them answer. */
  readonly wide: number;
}

const BREADTHS: Breadths = { narrow: 2_000, wide: 20_000 };
/** Orders read in one go, so that a wide search holds up nothing else. */
const CHUNK = 200;

export interface OrderSearch {
  readonly store: string;
  /** Null for all orders. */
  readonly query: SearchQuery | null;
  readonly statuses: readonly OrderStatus[];
  /** Whether customers' names and e-mails are searched too. */
  readonly customers: boolean;
  readonly after?: Place;
  readonly limit: number;
}

/** Where a page ended. */
interface Place {
  readonly createdAt: number;
  readonly id: string;
}

/** Orders by createdAt descending and id: neither changes while somebody pages through them. */
export async function searchOrders(
  connection: Connection,
  search: OrderSearch,
  breadths: Breadths = BREADTHS,
): Promise<Order[]> {
  const { query, after, limit } = search;
  if (!query) return page(connection, search, after, limit);
  const answers = await breadth(connection, search, query, breadths.wide + 1);
  if (answers > breadths.wide) return walk(connection, search, query);
  return rowsOf(await (answers > breadths.narrow ? wideQuery : narrowQuery)(connection, search, query).execute());
}

/** The query for few answers by itself, so that its plan can be looked at. */
export function narrowQuery({ db }: Connection, search: OrderSearch, query: SearchQuery) {
  const found = db
    .with('found', () => united(db, search, query))
    .selectFrom('found')
    // In this order, or all orders of the store would be looked at for a handful.
    .crossJoin('orders')
    .whereRef('orders.n', '=', 'found.order_n')
    .where('orders.store', '=', search.store)
    .select('orders.json');
  return ordered(found, search, search.after, search.limit);
}

/** The query for many answers. */
export function wideQuery({ db }: Connection, search: OrderSearch, query: SearchQuery) {
  const found = db
    .selectFrom('orders')
    .select('orders.json')
    .where('orders.store', '=', search.store)
    .where('orders.n', 'in', united(db, search, query));
  return ordered(found, search, search.after, search.limit);
}

type OrderRows = SelectQueryBuilder<Database, 'orders', { json: string }>;

function ordered(query: OrderRows, { statuses }: OrderSearch, after: Place | undefined, limit: number): OrderRows {
  let rows = query;
  if (statuses.length > 0 && statuses.length < orderStatuses.length) rows = rows.where('orders.status', 'in', statuses);
  if (after) {
    rows = rows
      .where('orders.created_at', '<=', after.createdAt)
      .where((eb) => eb.or([eb('orders.created_at', '<', after.createdAt), eb('orders.id', '>', after.id)]));
  }
  return rows.orderBy('orders.created_at', 'desc').orderBy('orders.id').limit(limit);
}

type OrderNumbers = SelectQueryBuilder<Database, never, { order_n: number }>;

function united(db: Kysely<Database>, search: OrderSearch, query: SearchQuery): OrderNumbers {
  // An order may have several terms that begin so; a union tells them apart only where there are two.
  return numbersOf(db, search, query)
    .map((numbers) => numbers.distinct())
    .reduce((all, each) => all.union(each));
}

/** One select a beginning and table, each a range of an index. */
function numbersOf(
  db: Kysely<Database>,
  { store, customers }: OrderSearch,
  { beginnings, span }: SearchQuery,
): OrderNumbers[] {
  const tables = customers ? (['search_terms', 'customer_terms'] as const) : (['search_terms'] as const);
  const named = tables.flatMap((table) =>
    beginnings.map((beginning) =>
      db
        .selectFrom(table)
        .select('order_n')
        .where('store', '=', store)
        .where('term', '>=', beginning)
        .where('term', '<', beginning + BEYOND),
    ),
  );
  if (!span) return named;
  const timed = db
    .selectFrom('order_times')
    .select('order_n')
    .where('store', '=', store)
    .where('at', '>=', span.from)
    .where('at', '<=', span.to);
  return [...named, timed];
}

/** About how many orders answer: the terms that do, counted no further than `most` each. */
async function breadth({ db }: Connection, search: OrderSearch, query: SearchQuery, most: number): Promise<number> {
  let total = 0;
  for (const numbers of numbersOf(db, search, query)) {
    const few = numbers.limit(most).as('few');
    const row = await db
      .selectFrom(few)
      .select((eb) => eb.fn.countAll<number>().as('n'))
      .executeTakeFirst();
    total += row?.n ?? 0;
    if (total >= most) return total;
  }
  return total;
}

/** From the newest order on, until enough of them answer. */
async function walk(connection: Connection, search: OrderSearch, query: SearchQuery): Promise<Order[]> {
  const found: Order[] = [];
  let after = search.after;
  for (;;) {
    const chunk = await page(connection, search, after, CHUNK);
    const known = search.customers ? await withCustomers(connection, search.store, chunk) : chunk;
    const answering = known.map((order) => orderMatches(order, query).length > 0);
    found.push(...chunk.filter((_, n) => answering[n] === true));
    const last = chunk.at(-1);
    if (found.length >= search.limit || !last || chunk.length < CHUNK) return found.slice(0, search.limit);
    after = last;
    await turn();
  }
}

async function page(
  { db }: Connection,
  search: OrderSearch,
  after: Place | undefined,
  limit: number,
): Promise<Order[]> {
  const query = db.selectFrom('orders').select('orders.json').where('orders.store', '=', search.store);
  return rowsOf(await ordered(query, search, after, limit).execute());
}

function rowsOf(rows: readonly { readonly json: string }[]): Order[] {
  return rows.map(({ json }) => JSON.parse(json) as Order);
}
