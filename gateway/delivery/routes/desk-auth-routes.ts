import type { FastifyInstance, FastifyRequest } from 'fastify';
import {
  challengeRequestSchema,
  pairRequestSchema,
  sessionRequestSchema,
  ticketRequestSchema,
} from '../../../contract/protocol.ts';
import { deskKey } from '../../auth/signature.ts';
import { checked, invalidFields } from '../http-error.ts';
import type { Services } from '../services.ts';

/** Pairing, challenges, tickets and sessions. */
export function deskAuthRoutes(app: FastifyInstance, services: Services): void {
  const { auth, stores, addressOf } = services;
  const address = (request: FastifyRequest) =>
    addressOf(request.socket.remoteAddress, request.headers['x-forwarded-for']);

  app.post('/v1/desks', async (request) => {
    const body = checked(pairRequestSchema, request.body);
    requireKey(body.publicKey);
    const desk = await auth.pair(body, address(request));
    const named = desk.stores.map((id) => ({ id, name: stores.get(id)?.name ?? id }));
    return { deskId: desk.id, role: desk.role, stores: named };
  });

  app.post('/v1/challenges', async (request) => auth.challenge(checked(challengeRequestSchema, request.body).deskId));

  app.post('/v1/tickets', async (request) => auth.ticket(checked(ticketRequestSchema, request.body), address(request)));

  app.post('/v1/sessions', async (request) => {
    const { ticket } = checked(sessionRequestSchema, request.body);
    return auth.openSession(await auth.redeem(ticket, address(request)));
  });
}

function requireKey(publicKey: string): void {
  try {
    deskKey(publicKey);
  } catch {
    throw invalidFields([{ field: 'publicKey', message: 'a raw Ed25519 public key, base64url' }]);
  }
}
