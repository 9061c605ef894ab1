/** The REST interface: one error envelope, no foreign origins, no CORS, bodies within their limits. */
import fastify from 'fastify';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { limits } from '../../contract/protocol.ts';
import { SparingLog } from '../sparing-log.ts';
import { answerUnparsed } from './answer-unparsed.ts';
import { AWAY_MS } from './away.ts';
import { HttpError, asHttpError, foreignOrigin } from './http-error.ts';
import { isForeignOrigin } from './origin.ts';
import { customerErasing } from './routes/customer-route.ts';
import { deskAuthRoutes } from './routes/desk-auth-routes.ts';
import { deskRoutes } from './routes/desk-routes.ts';
import { eventsRoute } from './routes/events-route.ts';
import { transactionNaming } from './routes/naming-route.ts';
import { operatorRoutes } from './routes/operator-routes.ts';
import { caseExport } from './routes/case-route.ts';
import { orderReading } from './routes/order-reading.ts';
import { orderCreation } from './routes/order-routes.ts';
import { webhookRoute } from './routes/webhook-route.ts';
import type { Services } from './services.ts';
import { takeRest } from './take-rest.ts';
import { isWebSocketUpgrade, refuseForeignUpgrades } from './upgrades.ts';

/** What answers need: of what fails again and again, each call is said once in a while. */
type Answering = Pick<Services, 'clock' | 'log' | 'traffic'> & { readonly failures: SparingLog };

export function createHttpServer(services: Services): FastifyInstance {
  const answering: Answering = { ...services, failures: new SparingLog() };
  const app = fastify({
    logger: false,
    bodyLimit: limits.restBodyBytes,
    requestTimeout: 30_000,
    http: {
      // Looked at every second; Node's own 30 s would let a sender of half a request stay for a minute.
      headersTimeout: limits.handshakeMs,
      connectionsCheckingInterval: 1_000,
      shouldUpgradeCallback: isWebSocketUpgrade,
    },
    keepAliveTimeout: 75_000,
    forceCloseConnections: 'idle',
    // Its own 503 would not speak in our envelope: see addHooks.
    return503OnClosing: false,
    exposeHeadRoutes: false,
    clientErrorHandler: answerUnparsed,
    frameworkErrors: (error, request, reply) => void answer(error, request, reply, answering),
  });
  refuseForeignUpgrades(app.server);
  addHooks(app, services);
  app.setErrorHandler((error: FastifyError, request, reply) => answer(error, request, reply, answering));
  app.setNotFoundHandler((request, reply) =>
    answer(new HttpError(404, 'not-found', 'There is no such call at this gateway.'), request, reply, answering),
  );
  deskAuthRoutes(app, services);
  orderCreation(app, services);
  transactionNaming(app, services);
  orderReading(app, services);
  caseExport(app, services);
  customerErasing(app, services);
  deskRoutes(app, services);
  eventsRoute(app, services);
  operatorRoutes(app, services);
  void app.register((scope) => webhookRoute(scope, services));
  return app;
}

/** For every call: whose page it is of, what no cache may keep, its time; and what a gateway that ends says. */
function addHooks(app: FastifyInstance, services: Services): void {
  let closing = false;
  app.addHook('preClose', async () => {
    closing = true;
  });
  app.addHook('onRequest', (request, _reply, done) => {
    if (isForeignOrigin(request.headers)) throw foreignOrigin();
    if (closing)
      throw new HttpError(503, 'draining', 'This gateway is ending. Try again in a moment.', { retryAfterMs: AWAY_MS });
    done();
  });
  app.addHook('onSend', (_request, reply, _payload, done) => {
    void reply.header('cache-control', 'no-store').header('x-content-type-options', 'nosniff');
    // A line that is kept would hold the end up until it is cut.
    if (services.draining()) void reply.header('connection', 'close');
    done();
  });
  app.addHook('onResponse', (request, reply, done) => {
    const { method, routeOptions } = request;
    services.traffic.answered(method, routeOptions.url ?? 'none', reply.statusCode, reply.elapsedTime);
    done();
  });
}

function answer(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  { clock, failures, log, traffic }: Answering,
): FastifyReply | Promise<FastifyReply> {
  const refusal = asHttpError(error);
  if (refusal.status >= 500 && refusal.code !== 'draining') {
    // The path only: a query may hold what a customer is called.
    const call = { method: request.method, path: request.routeOptions.url };
    const unsaid = failures.turn(`${call.method} ${call.path}`, clock.now());
    if (unsaid !== null) log.error({ ...call, error: String(error), unsaid }, 'a request failed');
  }
  if (refusal.code === 'rate-limited') traffic.limited(request.routeOptions.url === '/v1/desks' ? 'pairing' : 'ticket');
  if (refusal.retryAfterMs !== undefined) void reply.header('retry-after', Math.ceil(refusal.retryAfterMs / 1000));
  const send = (): FastifyReply => reply.code(refusal.status).type('application/json').send(refusal.body());
  return refusal.status === 413 ? takeRest(request, reply).then(send) : send();
}
