/** The shop's door: creating direct orders; and reading orders, for shops and desks. */
import { createHash, randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { directOrderSchema } from '../../../contract/protocol.ts';
import type { DirectOrder } from '../../../contract/protocol.ts';
import type { Order } from '../../../contract/order.ts';
import { canonicalJson } from '../../canonical-json.ts';
import { faultWords } from '../../fault-words.ts';
import { jsonFault } from '../../json-fault.ts';
import { withCustomers } from '../../store/customers.ts';
import { findUse, saveUse } from '../../store/idempotency.ts';
import { addressesInUse } from '../../store/order-addresses.ts';
import { readOrder } from '../../store/projection.ts';
import type { Tx } from '../../store/writer.ts';
import { keyOf } from '../caller.ts';
import { HttpError, faultsOf, invalidFields } from '../http-error.ts';
import type { Services } from '../services.ts';

const idempotencyKey = z.string().min(1).max(255);

export function orderCreation(app: FastifyInstance, services: Services): void {
  app.post<{ Params: { store: string } }>('/v1/stores/:store/orders', async (request, reply) => {
    const { store } = request.params;
    await keyOf(services, request, ['orders:write'], store);
    const { key, input } = readRequest(request);
    // The body as sent, not as completed by defaults: what is compared is what the shop wrote.
    const hash = createHash('sha256').update(canonicalJson(request.body)).digest('hex');
    const { storage } = services;
    const placed = await storage.writer.write((tx) => place(tx, services, { store, key, hash, input }));
    if (placed instanceof HttpError) throw placed;
    const { order, created } = placed;
    void reply.code(created ? 201 : 200);
    const [withCustomer] = await withCustomers(storage.reader, store, [order]);
    return withCustomer;
  });
}

/** @throws HttpError 422 with the faults of header and body at once */
function readRequest(request: FastifyRequest): { key: string; input: DirectOrder } {
  const key = idempotencyKey.safeParse(request.headers['idempotency-key']);
  requireSound(request.body);
  const input = directOrderSchema.safeParse(request.body, { error: faultWords });
  if (key.success && input.success) return { key: key.data, input: input.data };
  const faults = input.error ? faultsOf(input.error) : [];
  const header = { field: 'Idempotency-Key', message: 'a header of 1 to 255 characters, new for each order' };
  throw invalidFields(key.success ? faults : [header, ...faults]);
}

/** A desk shows nothing of an order in which something is unsound, and the body's hash reads every level of it. */
function requireSound(body: unknown): void {
  const faults = Object.entries(body ?? {}).flatMap(([field, value]) => {
    const message = jsonFault(value);
    return message === null ? [] : [{ field, message }];
  });
  if (faults.length > 0) throw invalidFields(faults);
}

interface Placement {
  readonly store: string;
  readonly key: string;
  readonly hash: string;
  readonly input: DirectOrder;
}

interface Placed {
  readonly order: Order;
  readonly created: boolean;
}

/** @returns also what refuses the order: a job that fails makes all of its transaction run again */
async function place(
  tx: Tx,
  { storage, clock, mapDirectOrder }: Services,
  { store, key, hash, input }: Placement,
): Promise<Placed | HttpError> {
  const now = clock.now();
  const use = await findUse(tx, store, key, now);
  if (use) {
    if (use.hash !== hash) {
      return new HttpError(409, 'idempotency-conflict', 'This Idempotency-Key was used with another body.');
    }
    return { order: await existing(tx, store, use.order), created: false };
  }
  const mapping = mapDirectOrder({ store, sourceRef: randomUUID(), input, now });
  if (!mapping.ok) return invalidFields(mapping.faults);
  const used = await addressesInUse(tx, input.pay, now);
  if (used.length > 0) return invalidFields(used.map(inUse), 'address-in-use');
  await storage.ledger.appendIn(tx, store, [mapping.report]);
  await saveUse(tx, store, key, { hash, order: mapping.order }, now);
  return { order: await existing(tx, store, mapping.order), created: true };
}

function inUse(index: number): { field: string; message: string } {
  return { field: `pay.${index}.address`, message: 'belongs to another order on this chain; give each order its own' };
}

async function existing(tx: Tx, store: string, id: string): Promise<Order> {
  const order = await readOrder(tx, store, id);
  if (!order) throw new Error(`order ${id} is missing from its store`);
  return order;
}
