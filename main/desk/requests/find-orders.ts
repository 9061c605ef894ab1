import { orderSchema } from '../../../contract/order.ts';
import type { RequestOutput } from '../../../contract/ipc.ts';
import { limits, searchMatchSchema } from '../../../contract/protocol.ts';
import { searchQuery } from '../../../contract/search-query.ts';
import type { SearchQuery } from '../../../contract/search-query.ts';
import { orderMatches, unmatchedMatches } from '../../../contract/search-terms.ts';
import { unmatchedPaymentSchema } from '../../../contract/unmatched.ts';
import type { GatewayApi, LooseOrderPage } from '../connection/gateway-api.ts';
import type { StoreBook } from '../delivery/store-book.ts';
import { unsoundness } from '../delivery/soundness.ts';
import type { z } from 'zod';

type Found = RequestOutput<'orders.find'>;

export interface FindContext {
  readonly books: readonly StoreBook[];
  /** REST at the gateway, null while it can't be reached. */
  readonly api: GatewayApi | null;
  /** Gateway time. */
  readonly now: number;
}

/**
 * Orders and unmatched payments that answer a search, the newest first: from the gateway while it answers for every
 * store that is asked, else what this device holds.
 */
export async function findOrders(q: string, limit: number, context: FindContext): Promise<Found> {
  const { books, api } = context;
  if (q.trim() === '')
    return { orders: [], unmatched: [], matches: [], from: api ? 'gateway' : 'journal', more: false };
  const pages = api ? await Promise.all(books.map(({ store }) => asked(api, store.id, q, limit))) : [null];
  const answered = pages.filter((page) => page !== null);
  if (answered.length === pages.length) return best(answered, limit, 'gateway');
  return best(
    books.map((book) => held(book, q, context.now)),
    limit,
    'journal',
  );
}

type Part = Omit<Found, 'from'>;

async function asked(api: GatewayApi, store: string, q: string, limit: number): Promise<Part | null> {
  const page = await api.findOrders(store, q.slice(0, 256), Math.min(limit, limits.snapshotPage.most));
  return page.ok ? readable(page.value) : null;
}

function readable({ orders, unmatched, matches, next }: LooseOrderPage): Part {
  return {
    orders: each(orderSchema, orders),
    unmatched: each(unmatchedPaymentSchema, unmatched),
    matches: each(searchMatchSchema, matches),
    more: next !== undefined,
  };
}

function each<T>(schema: z.ZodType<T>, raw: readonly unknown[]): T[] {
  return raw.flatMap((one) => {
    const read = unsoundness(one) === null ? schema.safeParse(one) : null;
    return read?.success ? [read.data] : [];
  });
}

function held(book: StoreBook, q: string, now: number): Part {
  const query = searchQuery(q, { timeZone: book.store.timeZone, now });
  const orders = answering(book.orders.values(), query, orderMatches);
  const unmatched = answering(book.unmatched.values(), query, unmatchedMatches);
  return {
    orders: orders.map(({ thing }) => thing),
    unmatched: unmatched.map(({ thing }) => thing),
    matches: [...orders, ...unmatched].flatMap(({ matches }) => matches),
    more: false,
  };
}

function answering<T>(
  things: Iterable<T>,
  query: SearchQuery,
  matchesOf: (thing: T, query: SearchQuery) => Found['matches'],
): { thing: T; matches: Found['matches'] }[] {
  return [...things]
    .map((thing) => ({ thing, matches: matchesOf(thing, query) }))
    .filter(({ matches }) => matches.length > 0);
}

/** The newest of all stores, with the matches of those alone. */
function best(parts: readonly Part[], limit: number, from: Found['from']): Found {
  const all = parts.flatMap(({ orders }) => orders).sort((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? -1 : 1));
  const orders = all.slice(0, limit);
  const payments = parts.flatMap((part) => part.unmatched).sort((a, b) => b.seenAt - a.seenAt);
  const unmatched = payments.slice(0, limit);
  const shown = new Set([...orders, ...unmatched].map(({ id }) => id));
  const matches = parts.flatMap((part) => part.matches).filter(({ order }) => shown.has(order));
  const more = parts.some((part) => part.more) || all.length > limit || payments.length > limit;
  return { orders, unmatched, matches, from, more };
}
