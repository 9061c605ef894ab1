/** Which orders money may have to do with, found by what it shows of itself. */
import { formatUnits } from '../../contract/money.ts';
import type { Order } from '../../contract/order.ts';
import { normalTerm } from '../../contract/search-query.ts';
import type { Sighting } from '../matching/sighting.ts';
import { BEYOND } from './order-search.ts';
import type { SqliteConnection } from './sqlite-connection.ts';

type Connection = Pick<SqliteConnection, 'db'>;

/** Of each trace, the newest so many: what is older was never waiting at the same time as the money. */
const MOST_EACH = 200;
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

/** Orders of a store that have a trace in common with the money, and those that were waiting about then. */
export async function ordersToMatch(connection: Connection, store: string, sighting: Sighting): Promise<Order[]> {
  const { payment } = sighting;
  const whole = [payment.txHash, bare(payment.txHash), payment.from, payment.memo, payment.amount].filter(isSaid);
  const { decimals } = payment;
  const major = decimals === null ? [] : [`${formatUnits(BigInt(payment.amount), decimals)} `];
  const found = [
    await addressed(connection, store, payment.chain, payment.to ?? ''),
    ...(await Promise.all(whole.map((term) => termed(connection, store, normalTerm(term), '')))),
    ...(await Promise.all(major.map((term) => termed(connection, store, term, BEYOND)))),
    await waitingAbout(connection, store, sighting.seenAt),
  ];
  return [...new Map(found.flat().map((order) => [order.id, order])).values()];
}

function bare(hash: string | null): string | null {
  return hash === null ? null : hash.replace(/^0x/i, '');
}

function isSaid(term: string | null | undefined): term is string {
  return term !== null && term !== undefined && term !== '';
}

async function addressed({ db }: Connection, store: string, chain: string, address: string): Promise<Order[]> {
  const rows = await db
    .selectFrom('orders')
    .select('json')
    .where('store', '=', store)
    .where('id', 'in', (eb) =>
      eb
        .selectFrom('order_addresses')
        .select('order_id')
        .where('chain', '=', chain)
        .where('address', '=', address.toLowerCase())
        .where('store', '=', store),
    )
    .orderBy('created_at', 'desc')
    .limit(MOST_EACH)
    .execute();
  return rows.map(parsed);
}

/** Orders with a term, or with one that begins so where `beyond` says up to where. */
async function termed({ db }: Connection, store: string, term: string, beyond: string): Promise<Order[]> {
  const rows = await db
    .selectFrom('orders')
    .select('json')
    .where('store', '=', store)
    .where('id', 'in', (eb) =>
      eb
        .selectFrom('search_terms')
        .select('order_id')
        .where('store', '=', store)
        .where('term', '>=', term)
        .where('term', '<=', term + beyond),
    )
    .orderBy('created_at', 'desc')
    .limit(MOST_EACH)
    .execute();
  return rows.map(parsed);
}

async function waitingAbout({ db }: Connection, store: string, at: number): Promise<Order[]> {
  const rows = await db
    .selectFrom('orders')
    .select('json')
    .where('store', '=', store)
    .where('created_at', '>=', at - RECENT_MS)
    .where('created_at', '<=', at + CLOCK_SLACK_MS)
    .orderBy('created_at', 'desc')
    .limit(MOST_EACH)
    .execute();
  return rows.map(parsed);
}

function parsed({ json }: { readonly json: string }): Order {
  return JSON.parse(json) as Order;
}
