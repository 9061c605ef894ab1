/** Which orders money may have to do with, found by what it shows of itself. */
import { formatUnits } from '../../contract/money.ts';
import type { Order } from '../../contract/order.ts';
import { normalTerm } from '../../contract/search-query.ts';
import type { Sighting } from '../matching/sighting.ts';
import { ordersByNumber } from './order-queries.ts';
import { BEYOND } from './order-search.ts';
import type { StoredOrder } from './projection.ts';
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
    .innerJoin('orders', 'orders.n', 'order_payments.order_n')
    .select(['orders.store', 'orders.id as order'])
    .where('payment_id', '=', payment)
    .executeTakeFirst();
  return row;
}

/** The store of the newest order that had an address. */
export async function addressStore({ db }: Connection, chain: string, address: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('order_addresses')
    .innerJoin('orders', 'orders.n', 'order_addresses.order_n')
    .select('orders.store')
    .where('order_addresses.chain', '=', chain)
    .where('order_addresses.address', '=', address.toLowerCase())
    .orderBy('orders.created_at', 'desc')
    .executeTakeFirst();
  return row?.store;
}

/** A page of the orders that named addresses of a chain, by address and number; `after` is the last of the page before. */
export async function addressedOrders(
  { db }: Connection,
  chain: string,
  after: { readonly address: string; readonly n: number },
  limit: number,
): Promise<{ address: string; n: number; order: Order }[]> {
  const rows = await db
    .selectFrom('order_addresses')
    .innerJoin('orders', 'orders.n', 'order_addresses.order_n')
    .select(['order_addresses.address', 'orders.n', 'orders.json'])
    .where('order_addresses.chain', '=', chain)
    .where('order_addresses.address', '>=', after.address)
    .where((eb) =>
      eb.or([eb('order_addresses.address', '>', after.address), eb('order_addresses.order_n', '>', after.n)]),
    )
    .orderBy('order_addresses.address')
    .orderBy('order_addresses.order_n')
    .limit(limit)
    .execute();
  return rows.map(({ address, n, json }) => ({ address, n, order: JSON.parse(json) as Order }));
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
  const numbers = new Set(await addressed(connection, store, chain, to));
  for (const range of ranges) for (const n of (await termed(connection, store, range)) ?? []) numbers.add(n);
  const asking = await termed(connection, store, [amount, amount]);
  for (const n of asking ?? []) numbers.add(n);
  const waiting = await waitingAbout(connection, store, sighting.seenAt);
  for (const { n } of waiting) numbers.delete(n);
  const orders = [...waiting.map(({ order }) => order), ...(await ordersByNumber(connection, [...numbers]))];
  return { orders, commonAmount: asking === null };
}

function isSaid(term: string | null | undefined): term is string {
  return term !== null && term !== undefined && term !== '';
}

async function addressed({ db }: Connection, store: string, chain: string, address: string): Promise<number[]> {
  const rows = await db
    .selectFrom('order_addresses')
    .innerJoin('orders', 'orders.n', 'order_addresses.order_n')
    .select('orders.n')
    .where('order_addresses.chain', '=', chain)
    .where('order_addresses.address', '=', address.toLowerCase())
    .where('orders.store', '=', store)
    .limit(TELLING_MOST)
    .execute();
  return rows.map(({ n }) => n);
}

/** @returns null for what many orders have in common, such as the price of the one thing a shop sells */
async function termed(
  { db }: Connection,
  store: string,
  [from, to]: readonly [string, string],
): Promise<number[] | null> {
  const rows = await db
    .selectFrom('search_terms')
    .select('order_n')
    .where('store', '=', store)
    .where('term', '>=', from)
    .where('term', '<=', to)
    .limit(TELLING_MOST + 1)
    .execute();
  return rows.length > TELLING_MOST ? null : rows.map(({ order_n }) => order_n);
}

async function waitingAbout({ db }: Connection, store: string, at: number): Promise<StoredOrder[]> {
  const rows = await db
    .selectFrom('orders')
    .select(['n', 'json'])
    .where('store', '=', store)
    .where('created_at', '>=', at - RECENT_MS)
    .where('created_at', '<=', at + CLOCK_SLACK_MS)
    .orderBy('created_at', 'desc')
    .limit(WAITING_MOST)
    .execute();
  return rows.map(({ n, json }) => ({ n, order: JSON.parse(json) as Order }));
}
