/** What desks read by REST: health, snapshots, raw deliveries; and commands, as over Socket.IO. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { commandSchema, limits } from '../../../contract/protocol.ts';
import { Refusal } from '../../auth/refusal.ts';
import { mayDo } from '../../commands/decide-command.ts';
import { readDelivery } from '../../store/deliveries.ts';
import { deskOf, seesCustomers, storeOf } from '../caller.ts';
import { healthFor } from '../health.ts';
import { HttpError, checked } from '../http-error.ts';
import type { Services } from '../services.ts';

const snapshotQuery = z.object({
  limit: z.coerce.number().int().min(1).max(limits.snapshotPage.most).default(limits.snapshotPage.default),
  cursor: z.string().max(256).optional(),
});

export function deskRoutes(app: FastifyInstance, services: Services): void {
  app.get('/v1/health', async (request) => ({ ok: true, ...healthFor(services, await deskOf(services, request)) }));

  app.get<{ Params: { store: string } }>('/v1/stores/:store/snapshot', async (request) => {
    const desk = await deskOf(services, request);
    const store = storeOf(services, desk, request.params.store);
    const { limit, cursor } = checked(snapshotQuery, request.query);
    const page = { store, desk: desk.id, limit, customers: seesCustomers(desk.role) };
    if (cursor === undefined) return services.snapshots.first(page);
    const next = await services.snapshots.next(cursor, page);
    if (!next) throw new HttpError(410, 'cursor-expired', 'The cursor has expired. Start the snapshot again.');
    return next;
  });

  app.get<{ Params: { store: string; id: string } }>('/v1/stores/:store/deliveries/:id', async (request) => {
    const desk = await deskOf(services, request);
    const store = storeOf(services, desk, request.params.store);
    if (!mayDo(desk.role, 'support')) {
      throw new Refusal('forbidden', { message: `Raw deliveries need the role support; this desk has ${desk.role}.` });
    }
    const delivery = await readDelivery(services.storage.reader, store.id, request.params.id);
    if (!delivery) throw new HttpError(404, 'unknown-delivery', 'There is no such delivery in this store.');
    return delivery;
  });

  app.post<{ Params: { store: string } }>('/v1/stores/:store/commands', async (request) => {
    const desk = await deskOf(services, request);
    const { store } = request.params;
    const body: unknown = request.body;
    const named = typeof body === 'object' && body !== null ? { store, ...body } : body;
    const command = checked(commandSchema, named);
    if (command.store !== store) throw new Refusal('forbidden', { message: 'The command is for another store.' });
    return services.commands.give(command, desk);
  });

  app.get<{ Params: { store: string; id: string } }>('/v1/stores/:store/commands/:id', async (request) => {
    const desk = await deskOf(services, request);
    storeOf(services, desk, request.params.store);
    return services.commands.status(checked(z.uuid(), request.params.id), desk);
  });
}
