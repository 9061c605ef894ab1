import { setTimeout as delay } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import type { DeskNamespace } from './desk/desk-namespace.ts';
import type { OpenPolls } from './open-polls.ts';

/** Requests that are still under way may take this long. */
const REQUESTS_MS = 5_000;
const LOOK_MS = 20;

/** Tells the desks, lets them leave, finishes what is under way, and closes every door; bounded in time. */
export async function drain(
  app: FastifyInstance,
  desks: DeskNamespace,
  options: { polls: OpenPolls; drainMs: number },
): Promise<void> {
  for (const socket of desks.sockets.all()) socket.notify({ kind: 'draining', retryAfterMs: options.drainMs });
  options.polls.end();
  const until = performance.now() + options.drainMs;
  while (desks.sockets.size > 0 && performance.now() < until) await delay(LOOK_MS);
  desks.close();
  const hurry = setTimeout(() => app.server.closeAllConnections(), REQUESTS_MS);
  await app.close();
  clearTimeout(hurry);
}
