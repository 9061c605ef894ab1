/** Which orders money may have to do with, found by what it shows of itself. */
import { formatUnits } from '../../contract/money.ts';
import type { Order } from '../../contract/order.ts';
import { normalTerm } from '../../contract/search-query.ts';
import type { Sighting } from '../matching/sighting.ts';
import { ordersById } from './order-queries.ts';
import { BEYOND } from './order-search.ts';
import type { SqliteConnection } from './sqlite-connection.ts';

type Connection = Pick<SqliteConnection, 'db'>;

/** A trace that more orders have is left out: those that were waiting about then are looked at all the same. */
const TELLING_MOST = 200;
/** Of those that were waiting about then, the newest so many. */
const WAITING_MOST = 500;
/** How far back orders are looked at that asked for about as much. */
const RECENT_MS = 48 * 3_600_000;
const CLOCK_SLACK_MS = 15 * 60_000;

/** The order that holds a payment. */
export async function orderWithPayment(
  { db }: Connection,
  payment: string,
): Promise<{ store: string; order: string } | undefined> {
  const row = await db
    .selectFrom('order_payments')
    .select(['store', 'order_id'])
    .where('payment_id', '=', payment)
    .executeTakeFirst();
  return row && { store: row.store, order: row.order_id };
}

/** The store of the newest order that had an address. */
export async function addressStore({ db }: Connection, chain: string, address: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('order_addresses')
    .innerJoin('orders', (join) =>
      join.onRef('orders.store', '=', 'order_addresses.store').onRef('orders.id', '=', 'order_addresses.order_id'),
    )
    .select('orders.store')
    .where('order_addresses.chain', '=', chain)
    .where('order_addresses.address', '=', address.toLowerCase())
    .orderBy('orders.created_at', 'desc')
    .executeTakeFirst();
  return row?.store;
}

/** A page of the orders that named addresses of a chain, by address and id; `after` is the last of the page before. */
export async function addressedOrders(
  { db }: Connection,
  chain: string,
  after: { readonly address: string; readonly order: string },
  limit: number,
): Promise<{ address: string; order: Order }[]> {
  const rows = await db
    .selectFrom('order_addresses')
    .innerJoin('orders', (join) =>
      join.onRef('orders.store', '=', 'order_addresses.store').onRef('orders.id', '=', 'order_addresses.order_id'),
    )
    .select(['order_addresses.address', 'orders.json'])
    .where('order_addresses.chain', '=', chain)
    .where('order_addresses.address', '>=', after.address)
    .where((eb) =>
      eb.or([eb('order_addresses.address', '>', after.address), eb('order_addresses.order_id', '>', after.order)]),
    )
    .orderBy('order_addresses.address')
    .orderBy('order_addresses.order_id')
    .limit(limit)
    .execute();
  return rows.map(({ address, json }) => ({ address, order: JSON.parse(json) as Order }));
}

/** What of a store bears on the money. */
export interface Bearing {
  /** Orders that have a trace in common with it, and those that were waiting about then. */
  readonly orders: readonly Order[];
  /** So many orders asked for this amount that they are not all among `orders`. */
  readonly commonAmount: boolean;
}

export async function ordersToMatch(connection: Connection, store: string, sighting: Sighting): Promise<Bearing> {
  const { payment } = sighting;
  const { chain, to = '', txHash, from, memo, amount, decimals } = payment;
  const said = [txHash, txHash === null ? null : txHash.replace(/^0x/i, ''), from, memo].filter(isSaid);
  const ranges: [from: string, to: string][] = said.map((term) => [normalTerm(term), normalTerm(term)]);
  if (decimals !== null) {
    const major = `${formatUnits(BigInt(amount), decimals)} `;
    ranges.push([major, major + BEYOND]);
  }
  const ids = new Set(await addressed(connection, store, chain, to));
  for (const range of ranges) for (const id of (await termed(connection, store, range)) ?? []) ids.add(id);
  const asking = await termed(connection, store, [amount, amount]);
  for (const id of asking ?? []) ids.add(id);
  const waiting = await waitingAbout(connection, store, sighting.seenAt);
  for (const { id } of waiting) ids.delete(id);
  const orders = [...waiting, ...(await ordersById(connection, store, [...ids]))];
  return { orders, commonAmount: asking === null };
}

function isSaid(term: string | null | undefined): term is string {
  return term !== null && term !== undefined && term !== '';
}

async function addressed({ db }: Connection, store: string, chain: string, address: string): Promise<string[]> {
  const rows = await db
    .selectFrom('order_addresses')
    .select('order_id')
    .where('chain', '=', chain)
    .where('address', '=', address.toLowerCase())
    .where('store', '=', store)
    .limit(TELLING_MOST)
    .execute();
  return rows.map(({ order_id }) => order_id);
}

/** @returns null for what many orders have in common, such as the price of the one thing a shop sells */
async function termed(
  { db }: Connection,
  store: string,
  [from, to]: readonly [string, string],
): Promise<string[] | null> {
  const rows = await db
    .selectFrom('search_terms')
    .select('order_id')
    .where('store', '=', store)
    .where('term', '>=', from)
    .where('term', '<=', to)
    .limit(TELLING_MOST + 1)
    .execute();
  return rows.length > TELLING_MOST ? null : rows.map(({ order_id }) => order_id);
}

async function waitingAbout({ db }: Connection, store: string, at: number): Promise<Order[]> {
  const rows = await db
    .selectFrom('orders')
    .select('json')
    .where('store', '=', store)
    .where('created_at', '>=', at - RECENT_MS)
    .where('created_at', '<=', at + CLOCK_SLACK_MS)
    .orderBy('created_at', 'desc')
    .limit(WAITING_MOST)
    .execute();
  return rows.map(({ json }) => JSON.parse(json) as Order);
}
