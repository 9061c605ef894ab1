import { challengeSchema, sessionSchema, ticketSchema } from '../contract/protocol.ts';
import { GatewayError } from './gateway-error.ts';
import { signedChallenge } from './identity.ts';
import type { Identity } from './identity.ts';
import { callGateway } from './rest.ts';
import type { RestCall, RestOptions } from './rest.ts';

/** A fresh ticket, good once and for 30 s: challenge, signature, ticket. */
export async function askTicket(rest: RestOptions, identity: Identity): Promise<string> {
  const { deskId } = identity;
  const asked = { method: 'POST', path: '/v1/challenges', body: { deskId }, schema: challengeSchema } as const;
  const { challenge } = await callGateway(rest, asked);
  const body = { deskId, challenge, signature: signedChallenge(identity, challenge) };
  const { ticket } = await callGateway(rest, { method: 'POST', path: '/v1/tickets', body, schema: ticketSchema });
  return ticket;
}

/** REST calls of a desk, in a session that is opened with the first of them and renewed when it ends. */
export class Session {
  readonly #rest: RestOptions;
  readonly #identity: Identity;
  #token: Promise<string> | null = null;

  constructor(rest: RestOptions, identity: Identity) {
    this.#rest = rest;
    this.#identity = identity;
  }

  async get<T>(path: string, schema: RestCall<T>['schema']): Promise<T> {
    const token = this.#token;
    try {
      return await this.#call(path, schema);
    } catch (error) {
      if (!(error instanceof GatewayError) || error.code !== 'session-expired') throw error;
      // Another call may have renewed it meanwhile.
      if (this.#token === token) this.#token = null;
      return this.#call(path, schema);
    }
  }

  async #call<T>(path: string, schema: RestCall<T>['schema']): Promise<T> {
    this.#token ??= this.#open();
    const opened = this.#token;
    const token = await opened.catch((error: unknown) => {
      if (this.#token === opened) this.#token = null;
      throw error;
    });
    return callGateway(this.#rest, { method: 'GET', path, token, schema });
  }

  async #open(): Promise<string> {
    const ticket = await askTicket(this.#rest, this.#identity);
    const call = { method: 'POST', path: '/v1/sessions', body: { ticket }, schema: sessionSchema } as const;
    return (await callGateway(this.#rest, call)).token;
  }
}
