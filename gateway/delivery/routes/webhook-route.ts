import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { FastifyInstance, FastifyRequest, RouteShorthandOptions } from 'fastify';
import { limits } from '../../../contract/protocol.ts';
import type { Source } from '../../sources/source.ts';
import { SparingLog } from '../../sparing-log.ts';
import { HttpError } from '../http-error.ts';
import type { Services } from '../services.ts';

/** What Fastify reads as a media type; anything else it would refuse with 415. */
const MEDIA_TYPE = /^\s*[\w!#$%&'*+.^`|~-]+\/[\w!#$%&'*+.^`|~-]+\s*(?:;|$)/;

interface Params {
  Params: { source: string };
}
type WebhookRequest = FastifyRequest<Params>;

/** Where processors deliver. Registered in a scope of its own: here bodies stay the bytes they are. */
export async function webhookRoute(app: FastifyInstance, services: Services): Promise<void> {
  const refusals = new SparingLog();
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  const sourceOf = ({ params }: WebhookRequest): Source => {
    const source = services.sources.get(params.source);
    if (source) return source;
    throw new HttpError(404, 'unknown-source', `No source "${params.source}" is configured at this gateway.`);
  };

  const options: RouteShorthandOptions<Server, IncomingMessage, ServerResponse, Params> = {
    bodyLimit: limits.webhookBodyBytes,
    onRequest: (request, _reply, done) => {
      sourceOf(request);
      const type = request.headers['content-type'];
      // Whatever a processor calls its body: it is bytes, and the signature decides.
      if (type !== undefined && !MEDIA_TYPE.test(type)) request.headers = { 'content-type': undefined };
      done();
    },
    onResponse: (request, reply, done) => {
      const { id } = services.sources.get(request.params.source) ?? { id: 'unknown' };
      services.traffic.webhook(id, reply.statusCode);
      done();
    },
  };
  const take = async (request: WebhookRequest): Promise<{ ok: true }> => {
    const source = sourceOf(request);
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const raw = { headers: flat(request.raw.headers), body, receivedAt: services.clock.now() };
    const verification = source.verify(raw);
    if (!verification.ok) {
      const { reason } = verification;
      const unsaid = refusals.turn(`${source.id} ${reason}`, services.clock.now());
      if (unsaid !== null) services.log.warn({ source: source.id, reason, unsaid }, 'a webhook was refused');
      throw new HttpError(401, 'bad-signature', 'The signature is missing, wrong or too old for this body.');
    }
    services.board.reporter(source.id).heard(verification.sentAt);
    await services.intake.accept(source, raw, verification.sentAt);
    return { ok: true };
  };
  // A processor that is answered 404 may never send it again: an address that was pasted with a slash is the same one.
  for (const path of ['/v1/webhooks/:source', '/v1/webhooks/:source/']) app.post<Params>(path, options, take);
}

function flat(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, typeof value === 'string' ? value : value.join(', ')]],
    ),
  );
}
