import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { orderStatusSchema } from '../../../contract/order.ts';
import type { Order } from '../../../contract/order.ts';
import { limits } from '../../../contract/protocol.ts';
import { withCustomers } from '../../store/customers.ts';
import { orderHistory } from '../../store/order-history.ts';
import { searchOrders } from '../../store/order-queries.ts';
import { callerOf, readerOf } from '../caller.ts';
import { HttpError, checked, invalidFields } from '../http-error.ts';
import type { Services } from '../services.ts';
import { fitting } from '../snapshots.ts';

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
    const search = { store: store.id, statuses: status, customers, limit: limit + 1 };
    const found = await searchOrders(reader, { ...search, ...(q !== undefined && { q }), ...(after && { after }) });
    const page = found.slice(0, limit);
    const orders = fitting(customers ? await withCustomers(reader, store.id, page) : page);
    const last = orders.at(-1);
    return { orders, ...(last && orders.length < found.length && { next: writeCursor(last) }) };
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
