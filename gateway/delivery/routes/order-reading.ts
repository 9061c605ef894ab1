import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { orderStatusSchema } from '../../../contract/order.ts';
import type { Order } from '../../../contract/order.ts';
import type { UnmatchedPayment } from '../../../contract/unmatched.ts';
import { limits } from '../../../contract/protocol.ts';
import type { Store } from '../../../contract/protocol.ts';
import { searchQuery } from '../../../contract/search-query.ts';
import type { SearchQuery } from '../../../contract/search-query.ts';
import { orderMatches, unmatchedMatches } from '../../../contract/search-terms.ts';
import { withCustomers } from '../../store/customers.ts';
import { orderHistory } from '../../store/order-history.ts';
import { searchOrders } from '../../store/order-search.ts';
import { searchUnmatched } from '../../store/unmatched-payments.ts';
import { callerOf, readerOf } from '../caller.ts';
import { HttpError, checked, invalidFields } from '../http-error.ts';
import type { Services } from '../services.ts';
import { fitting } from '../snapshots.ts';

/** More than a person reads; what they are looking for is among the newest. */
const UNMATCHED_MOST = 20;
/** About what one takes in a page. */
const UNMATCHED_BYTES = 3_000;

const limit = z.coerce.number().int().min(1).max(limits.snapshotPage.most).default(limits.snapshotPage.default);

const listQuery = z.object({
  q: z.string().max(256).optional(),
  /** One or several, separated by commas. */
  status: z
    .union([z.string(), z.array(z.string())])
    .default([])
    .transform((given) =>
      [given]
        .flat()
        .flatMap((each) => each.split(','))
        .filter((each) => each !== ''),
    )
    .pipe(z.array(orderStatusSchema)),
  limit,
  cursor: z.string().max(256).optional(),
});

const historyQuery = z.object({
  limit: z.coerce.number().int().min(1).max(limits.eventsPage.most).default(limits.eventsPage.most),
  cursor: z
    .string()
    .regex(/^\d{1,15}$/, 'the `next` of the page before')
    .optional(),
});

export function orderReading(app: FastifyInstance, services: Services): void {
  const { reader } = services.storage;

  app.get<{ Params: { store: string } }>('/v1/stores/:store/orders', async (request) => {
    const caller = await callerOf(services, request);
    const { store, customers } = readerOf(services, caller, request.params.store);
    const { q, status, limit, cursor } = checked(listQuery, request.query);
    const after = cursor === undefined ? undefined : readCursor(cursor);
    const query = queryOf(services, store, q);
    const search = { store: store.id, query, statuses: status, customers, limit: limit + 1 };
    const found = await searchOrders(reader, { ...search, ...(after && { after }) });
    const page = found.slice(0, limit);
    const unmatched = query && !after ? await searchUnmatched(reader, store.id, query, UNMATCHED_MOST) : [];
    const room = limits.messageBytes - unmatched.length * UNMATCHED_BYTES;
    const orders = fitting(customers ? await withCustomers(reader, store.id, page) : page, room);
    const last = orders.at(-1);
    return {
      orders,
      ...(query && { matches: matchesOf(query, orders, unmatched) }),
      ...(unmatched.length > 0 && { unmatched }),
      ...(last && orders.length < found.length && { next: writeCursor(last) }),
    };
  });

  app.get<{ Params: { store: string; id: string } }>('/v1/stores/:store/orders/:id', async (request) => {
    const caller = await callerOf(services, request);
    const { store, customers } = readerOf(services, caller, request.params.store);
    const query = checked(historyQuery, request.query);
    const order = await services.storage.ledger.order(store.id, request.params.id);
    if (!order) throw new HttpError(404, 'unknown-order', 'There is no such order in this store.');
    const [shown] = customers ? await withCustomers(reader, store.id, [order]) : [order];
    const of = { store: store.id, order: order.id, after: Number(query.cursor ?? 0) };
    const { events, next } = await orderHistory(reader, of, { events: query.limit, bytes: limits.messageBytes });
    return { order: shown, events, ...(next !== undefined && { next: String(next) }) };
  });
}

/** Null where nothing is searched for. */
function queryOf({ clock }: Services, { timeZone }: Store, q: string | undefined): SearchQuery | null {
  const query = searchQuery(q ?? '', { timeZone, now: clock.now() });
  return query.beginnings.length === 0 ? null : query;
}

function matchesOf(query: SearchQuery, orders: readonly Order[], unmatched: readonly UnmatchedPayment[]) {
  return [
    ...orders.flatMap((order) => orderMatches(order, query)),
    ...unmatched.flatMap((payment) => unmatchedMatches(payment, query)),
  ];
}

const cursorSchema = z.tuple([z.int(), z.string()]);

function writeCursor({ createdAt, id }: Order): string {
  return Buffer.from(JSON.stringify([createdAt, id])).toString('base64url');
}

function readCursor(cursor: string): { createdAt: number; id: string } {
  try {
    const [createdAt, id] = cursorSchema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
    return { createdAt, id };
  } catch {
    throw invalidFields([{ field: 'cursor', message: 'the `next` of the page before' }]);
  }
}
