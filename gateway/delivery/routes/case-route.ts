import type { FastifyInstance } from 'fastify';
import { Refusal } from '../../auth/refusal.ts';
import { openCaseKey } from '../../case-file/case-key.ts';
import { writeCase } from '../../case-file/write-case.ts';
import { callerOf, readerOf } from '../caller.ts';
import { HttpError } from '../http-error.ts';
import type { Services } from '../services.ts';

/** One order as a file: for those who may see customers and raw deliveries. */
export function caseExport(app: FastifyInstance, services: Services): void {
  app.get<{ Params: { store: string; id: string } }>('/v1/stores/:store/orders/:id/export', async (request, reply) => {
    const caller = await callerOf(services, request);
    const { store, customers } = readerOf(services, caller, request.params.store);
    if (!customers) throw new Refusal('forbidden', { message: 'Exporting a case needs the role support or admin.' });
    const { storage, clock, version } = services;
    const order = await storage.ledger.order(store.id, request.params.id);
    if (!order) throw new HttpError(404, 'unknown-order', 'There is no such order in this store.');
    const key = await openCaseKey(storage);
    const file = await writeCase(storage, { store, order, now: clock.now(), version, key });
    const name = `tillwatch-case-${order.reference.replaceAll(/[^A-Za-z0-9._-]/g, '_').slice(0, 64) || order.id}.json`;
    void reply.header('content-disposition', `attachment; filename="${name}"`);
    void reply.type('application/json; charset=utf-8');
    return JSON.stringify(file, null, 1);
  });
}
