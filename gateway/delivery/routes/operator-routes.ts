import type { FastifyInstance } from 'fastify';
import { countDeliveries } from '../../store/deliveries.ts';
import { countOrders } from '../../store/order-queries.ts';
import { keyOf } from '../caller.ts';
import type { Services } from '../services.ts';

/** Is it alive, is it ready, and its figures. */
export function operatorRoutes(app: FastifyInstance, services: Services): void {
  app.get('/healthz', async () => ({ ok: true, version: services.version }));

  app.get('/readyz', async (_request, reply) => {
    const reasons = services.obstacles();
    if (reasons.length > 0) void reply.code(503);
    return reasons.length > 0 ? { ok: false, reasons } : { ok: true };
  });

  app.get('/metrics', async (request, reply) => {
    await keyOf(services, request, ['operator']);
    void reply.type('text/plain; version=0.0.4; charset=utf-8');
    return metrics(services);
  });
}

async function metrics({ storage, stores, board, version }: Services): Promise<string> {
  const orders = await countOrders(storage.reader);
  const deliveries = await countDeliveries(storage.reader);
  const sources = board.states([...stores.keys()]);
  return [
    ...gauge('tillwatch_info', 'The running version.', [[{ version }, 1]]),
    ...gauge('tillwatch_uptime_seconds', 'Since the process began.', [[{}, Math.round(process.uptime())]]),
    ...gauge(
      'tillwatch_events_head',
      "Each store's newest sequence number.",
      [...stores.keys()].map((store) => [{ store }, storage.log.head(store).seq]),
    ),
    ...gauge(
      'tillwatch_orders',
      'Orders by status.',
      orders.map(({ store, status, n }) => [{ store, status }, n]),
    ),
    ...gauge(
      'tillwatch_deliveries',
      'Raw deliveries by state.',
      [...deliveries].map(([state, n]) => [{ state }, n]),
    ),
    ...gauge(
      'tillwatch_source_hearing',
      '1 while a source or chain is heard as expected.',
      sources.map(({ id, kind, state }) => [{ source: id, kind }, state === 'hearing' ? 1 : 0]),
    ),
    '',
  ].join('\n');
}

type Sample = readonly [Readonly<Record<string, string>>, number];

function gauge(name: string, help: string, samples: readonly Sample[]): string[] {
  const lines = samples.map(([labels, value]) => {
    const inner = Object.entries(labels).map(([label, text]) => `${label}=${JSON.stringify(text)}`);
    return `${name}${inner.length > 0 ? `{${inner.join(',')}}` : ''} ${value}`;
  });
  return [`# HELP ${name} ${help}`, `# TYPE ${name} gauge`, ...lines];
}
