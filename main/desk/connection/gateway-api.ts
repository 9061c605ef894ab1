import { z } from 'zod';
import { nameSchema, orderSchema, timeSchema } from '../../../contract/order.ts';
import {
  challengeSchema,
  commandAnswerSchema,
  deliverySchema,
  failedAckSchema,
  healthSchema,
  limits,
  pairedSchema,
  sessionSchema,
  storeSchema,
  ticketSchema,
} from '../../../contract/protocol.ts';
import type { Command, Delivery, GatewayHealth, PairRequest, Paired, Position } from '../../../contract/protocol.ts';
import { sourceStateSchema } from '../../../contract/source-state.ts';
import { signChallenge } from '../pairing/device-key.ts';
import type { Pairing } from '../pairing/pairing.ts';
import type { Timing } from '../timing.ts';
import type { Outcome } from './failure.ts';
import type { Call, Document, HttpClient } from './http-client.ts';

/** A page whose orders are checked one by one, so that one bad order does not cost the picture [DL7]. */
const looseSnapshotSchema = z.object({
  store: storeSchema,
  epoch: z.string().min(1).max(64),
  seq: z.int().min(0),
  lastId: z.string().max(64).optional(),
  at: timeSchema,
  sources: z.array(sourceStateSchema),
  orders: z.array(z.unknown()),
  /** A gateway that knows of none leaves it out. */
  unmatched: z.array(z.unknown()).default([]),
  next: z.string().optional(),
});
export type LooseSnapshotPage = z.infer<typeof looseSnapshotSchema>;

const looseHistorySchema = z.object({ order: orderSchema, events: z.array(z.unknown()), next: z.string().optional() });
export type LooseHistory = z.infer<typeof looseHistorySchema>;

/** What is found is checked one by one, so that what can't be read hides nothing else. */
const looseOrderPageSchema = z.object({
  orders: z.array(z.unknown()),
  unmatched: z.array(z.unknown()).default([]),
  matches: z.array(z.unknown()).default([]),
  next: z.string().optional(),
});
export type LooseOrderPage = z.infer<typeof looseOrderPageSchema>;

/** Each event is checked by itself, so that one bad event cannot hold up the rest [DL7]. */
const looseEventsSchema = z.object({
  epoch: z.string().min(1).max(64),
  head: z.int().min(0),
  emittedAt: timeSchema,
  events: z.array(z.unknown()).max(limits.eventsPage.most),
});
export type LooseEventsPage = z.infer<typeof looseEventsSchema>;

const commandReplySchema = z.union([commandAnswerSchema, failedAckSchema]);

/** Exchanges a pairing code for an identity at the gateway. Needs no identity yet. */
export function pairDesk(http: HttpClient, timing: Timing, request: PairRequest): Promise<Outcome<Paired>> {
  const path = '/v1/desks';
  return http.call({ method: 'POST', path, body: request, schema: pairedSchema, timeoutMs: timing.answerMost });
}

/** The gateway's REST interface as a paired desk uses it. */
export class GatewayApi {
  readonly #http: HttpClient;
  readonly #pairing: Pairing;
  readonly #timeoutMs: number;
  #session: Promise<Outcome<string>> | null = null;

  constructor(http: HttpClient, pairing: Pairing, timing: Timing) {
    this.#http = http;
    this.#pairing = pairing;
    this.#timeoutMs = timing.answerMost;
  }

  /** A fresh single-use ticket by challenge and response [CN7, AU2]. */
  async ticket(): Promise<Outcome<string>> {
    const { deskId, privateKey } = this.#pairing;
    const asked = await this.#post('/v1/challenges', { deskId }, challengeSchema);
    if (!asked.ok) return asked;
    const { challenge } = asked.value;
    const signature = signChallenge(privateKey, deskId, challenge);
    const given = await this.#post('/v1/tickets', { deskId, challenge, signature }, ticketSchema);
    return given.ok ? { ok: true, value: given.value.ticket } : given;
  }

  snapshotPage(store: string, cursor: string | undefined): Promise<Outcome<LooseSnapshotPage>> {
    return this.#get(`/v1/stores/${name(store)}/snapshot${query({ limit: '500', cursor })}`, looseSnapshotSchema);
  }

  orderPage(store: string, order: string, cursor: string | undefined): Promise<Outcome<LooseHistory>> {
    return this.#get(
      `/v1/stores/${name(store)}/orders/${encodeURIComponent(order)}${query({ cursor })}`,
      looseHistorySchema,
    );
  }

  /** Orders and unmatched payments that answer a search, the newest first, one page. */
  findOrders(store: string, q: string, limit: number): Promise<Outcome<LooseOrderPage>> {
    return this.#get(`/v1/stores/${name(store)}/orders${query({ q, limit: String(limit) })}`, looseOrderPageSchema);
  }

  /** A session for what follows, so that the first call of it does not have to wait for one. */
  async signIn(): Promise<Outcome<null>> {
    this.#session ??= this.#openSession();
    const session = await this.#session;
    if (!session.ok) this.#session = null;
    return session.ok ? { ok: true, value: null } : session;
  }

  health(sentAt: number, timeoutMs: number): Promise<Outcome<GatewayHealth>> {
    return this.#get(`/v1/health${query({ sentAt: String(sentAt) })}`, healthSchema, timeoutMs);
  }

  /**
   * Events after a position; with `waitMs` the gateway holds its answer until there are some, at most for so long.
   * Fails with a snapshot reason as the error's code where the position cannot be resumed [DL4].
   */
  events(store: string, after: Position | null, waitMs: number): Promise<Outcome<LooseEventsPage>> {
    const { epoch, seq = 0, id } = after ?? {};
    const limit = String(limits.eventsPerMessage);
    const asked = query({ epoch, after: String(seq), id, limit, wait: String(waitMs / 1000) });
    return this.#get(`/v1/stores/${name(store)}/events${asked}`, looseEventsSchema, this.#timeoutMs + waitMs);
  }

  command({ store, ...command }: Command): Promise<Outcome<unknown>> {
    const call = { method: 'POST', path: `/v1/stores/${name(store)}/commands`, body: command } as const;
    return this.#signedIn({ ...call, schema: commandReplySchema, timeoutMs: this.#timeoutMs });
  }

  commandStatus(store: string, id: string): Promise<Outcome<unknown>> {
    return this.#get(`/v1/stores/${name(store)}/commands/${encodeURIComponent(id)}`, commandAnswerSchema);
  }

  delivery(store: string, delivery: string): Promise<Outcome<Delivery>> {
    return this.#get(`/v1/stores/${name(store)}/deliveries/${encodeURIComponent(delivery)}`, deliverySchema);
  }

  /** The signed file of an order, as it came; it may be large, and is made while one waits. */
  caseFile(store: string, order: string): Promise<Outcome<Document>> {
    const path = `/v1/stores/${name(store)}/orders/${encodeURIComponent(order)}/export`;
    const timeoutMs = 2 * this.#timeoutMs;
    return this.#authorised((token) => this.#http.document({ method: 'GET', path, token, timeoutMs }));
  }

  #post<T>(path: string, body: object, schema: z.ZodType<T>): Promise<Outcome<T>> {
    return this.#http.call({ method: 'POST', path, body, schema, timeoutMs: this.#timeoutMs });
  }

  #get<T>(path: string, schema: z.ZodType<T>, timeoutMs = this.#timeoutMs): Promise<Outcome<T>> {
    return this.#signedIn({ method: 'GET', path, schema, timeoutMs });
  }

  /** With a session; one that ended in mid-life is renewed once, without anybody noticing [CN7]. */
  async #signedIn<T>(call: Call<T>): Promise<Outcome<T>> {
    return this.#authorised((token) => this.#http.call({ ...call, token }));
  }

  async #authorised<T>(ask: (token: string) => Promise<Outcome<T>>): Promise<Outcome<T>> {
    const before = this.#session;
    const first = await this.#withSession(ask);
    if (first.ok || !isSessionEnd(first.failure)) return first;
    // Another call may have renewed it meanwhile.
    if (this.#session === before || before === null) this.#session = null;
    return this.#withSession(ask);
  }

  async #withSession<T>(ask: (token: string) => Promise<Outcome<T>>): Promise<Outcome<T>> {
    this.#session ??= this.#openSession();
    const session = this.#session;
    const token = await session;
    if (token.ok) return ask(token.value);
    if (this.#session === session) this.#session = null;
    return token;
  }

  async #openSession(): Promise<Outcome<string>> {
    const ticket = await this.ticket();
    if (!ticket.ok) return ticket;
    const session = await this.#post('/v1/sessions', { ticket: ticket.value }, sessionSchema);
    return session.ok ? { ok: true, value: session.value.token } : session;
  }
}

function isSessionEnd(failure: Extract<Outcome<never>, { ok: false }>['failure']): boolean {
  return failure.kind === 'answer' && failure.error?.code === 'session-expired';
}

function name(store: string): string {
  return encodeURIComponent(nameSchema.parse(store));
}

function query(parameters: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(parameters).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return given.length === 0 ? '' : `?${new URLSearchParams(given).toString()}`;
}
