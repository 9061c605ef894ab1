import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Actor } from '../../../contract/order.ts';
import { Refusal } from '../../auth/refusal.ts';
import { mayDo } from '../../commands/decide-command.ts';
import { eraseCustomerOf } from '../../erasing/erase-customer.ts';
import { callerOf, requireScope, storeOf } from '../caller.ts';
import { HttpError } from '../http-error.ts';
import type { Services } from '../services.ts';

/** Erasing an order's customer: for desks with the role admin, and operator keys of the store. */
export function customerErasing(app: FastifyInstance, services: Services): void {
  const { storage, clock, log } = services;
  app.delete<{ Params: { store: string; id: string } }>('/v1/stores/:store/orders/:id/customer', async (request) => {
    const { store, id: order } = request.params;
    const actor = await eraserOf(services, request, store);
    const erased = await eraseCustomerOf({ storage, clock, store, order, actor });
    if (!erased) throw new HttpError(404, 'unknown-order', 'There is no such order in this store.');
    log.info({ ...erased, store, by: actor.deskId }, 'customer data was erased');
    return erased;
  });
}

/** @throws Refusal `forbidden` */
async function eraserOf(services: Services, request: FastifyRequest, store: string): Promise<Actor> {
  const caller = await callerOf(services, request);
  if (caller.kind === 'key') {
    requireScope(caller.key, ['operator'], store);
    return { deskId: caller.key.id, name: caller.key.name.slice(0, 128) };
  }
  const { id, name, role } = caller.desk;
  storeOf(services, caller.desk, store);
  if (!mayDo(role, 'admin')) {
    throw new Refusal('forbidden', { message: `Erasing customer data needs the role admin; this desk has ${role}.` });
  }
  return { deskId: id, name };
}
