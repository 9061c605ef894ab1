import { finished } from 'node:stream/promises';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** A refused body up to this size is read and thrown away; beyond it the line is cut. */
const DRAINED_BYTES = 64 * 1024 * 1024;
/** How long the rest of a body may take whose line closes after the answer, milliseconds. */
const REST_MS = 5_000;

/**
 * Takes the rest of a refused body off the line. Closing on somebody who still sends would reset the line before the answer
 * is read: where the line is to close, this resolves when all has come, or enough was waited for.
 */
export async function takeRest(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const declared = Number(request.headers['content-length'] ?? Number.NaN);
  if (declared > DRAINED_BYTES) return;
  request.raw.resume();
  if (Number.isInteger(declared) && reply.raw.shouldKeepAlive) {
    void reply.removeHeader('connection');
    return;
  }
  await finished(request.raw, { writable: false, signal: AbortSignal.timeout(REST_MS) }).catch(() => undefined);
}
