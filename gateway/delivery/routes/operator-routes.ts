import type { FastifyInstance } from 'fastify';
import { figures } from '../../metrics/figures.ts';
import { keyOf } from '../caller.ts';
import type { Services } from '../services.ts';

/** Is it alive, is it ready, and its figures. */
export function operatorRoutes(app: FastifyInstance, services: Services): void {
  // Monitors and load balancers ask by HEAD as well.
  const watched = { exposeHeadRoute: true };

  app.get('/healthz', watched, async () => ({ ok: true, version: services.version }));

  app.get('/readyz', watched, async (_request, reply) => {
    const reasons = services.obstacles();
    if (reasons.length > 0) void reply.code(503);
    return reasons.length > 0 ? { ok: false, reasons } : { ok: true };
  });

  app.get('/metrics', async (request, reply) => {
    await keyOf(services, request, ['operator']);
    void reply.type('text/plain; version=0.0.4; charset=utf-8');
    return figures(services);
  });
}
