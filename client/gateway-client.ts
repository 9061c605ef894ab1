import { randomUUID } from 'node:crypto';
import type { Socket } from 'socket.io-client';
import type { z } from 'zod';
import type { Event } from '../contract/events.ts';
import {
  commandAnswerSchema,
  deliverySchema,
  eventsMessageSchema,
  failedAckSchema,
  healthAckSchema,
  noticeSchema,
  orderHistorySchema,
  orderPageSchema,
  snapshotPageSchema,
  subscribedSchema,
} from '../contract/protocol.ts';
import type {
  Command,
  CommandAnswer,
  Delivery,
  EventsMessage,
  GatewayHealth,
  OrderHistory,
  Position,
  SnapshotPage,
  Subscribed,
} from '../contract/protocol.ts';
import { EventLog } from './event-log.ts';
import { GatewayError } from './gateway-error.ts';
import { gatewayUrl } from './gateway-url.ts';
import type { Identity } from './identity.ts';
import type { Matcher } from './matching.ts';
import { closeSocket, openSocket } from './open-socket.ts';
import { reachOf } from './reach.ts';
import type { Reach, ReachOptions } from './reach.ts';
import { query, storePath } from './rest-path.ts';
import { Session, askTicket } from './sign-in.ts';
import { Subscription } from './subscription.ts';

const EVENTS_KEPT = 100_000;

/** Where a subscription begins: with what happens from now on, with the log's first event, or after a position. */
export type From = 'now' | 'start' | Position;

export interface ClientListener {
  /** New events of one message, in order; `emittedAt` is gateway time. */
  readonly onEvents?: (events: readonly Event[], emittedAt: number) => void;
  /** The connection has ended without `close`; called once. */
  readonly onEnd?: (error: GatewayError) => void;
}

export interface ConnectOptions extends ReachOptions, ClientListener {
  /** How many events are kept for `events` and `waitFor`, the oldest go first; 100,000 by default. */
  readonly keep?: number;
}

export type OrderPage = z.infer<typeof orderPageSchema>;

/**
 * Opens a connection as the desk of an identity. A desk has one connection: another one of the same identity, or a
 * second client, takes its place once it subscribes.
 * @throws GatewayError `unreachable`, `timeout`, `revoked`, `bad-signature`, `draining`, `protocol-unsupported` …
 */
export async function connect(identity: Identity, options: ConnectOptions = {}): Promise<GatewayClient> {
  const gateway = gatewayUrl(identity.gateway);
  const reach = reachOf(gateway, options);
  const rest = { gateway, agent: reach.agent, timeoutMs: reach.timeoutMs };
  try {
    const socket = await openSocket({ ...rest, ticket: await askTicket(rest, identity) });
    const { keep = EVENTS_KEPT } = options;
    return new GatewayClient({ socket, session: new Session(rest, identity), reach, listener: options, keep });
  } catch (error) {
    reach.release();
    throw error;
  }
}

interface Parts {
  readonly socket: Socket;
  readonly session: Session;
  readonly reach: Reach;
  readonly listener: ClientListener;
  readonly keep: number;
}

/** One connection to a gateway, made by `connect`. */
export class GatewayClient {
  readonly #parts: Parts;
  readonly #log: EventLog;
  readonly #subscriptions = new Map<string, Subscription>();
  readonly #unreadable: { store: string; seq: number }[] = [];
  #ended = false;
  #closed: Promise<void> = Promise.resolve();

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#log = new EventLog(parts.keep);
    const { socket } = parts;
    socket.on('events', (message: unknown, confirm?: (confirmation: object) => void) =>
      this.#receive(message, confirm),
    );
    socket.on('notice', (notice: unknown) => this.#notice(notice));
    socket.on('disconnect', (reason) => this.#end(new GatewayError('ended', `The connection ended: ${reason}.`)));
  }

  /**
   * Subscribes a store.
   * @returns the gateway's answer; `head` is the log's newest event at that moment
   * @throws GatewayError `forbidden`, or a snapshot reason (`epoch-changed`, `too-old`, `ahead`, `diverged`) where the log
   *   cannot be followed from there: take a `snapshot` and subscribe after its position
   */
  async subscribe(store: string, from: From = 'now'): Promise<Subscribed> {
    const after = from === 'now' ? await this.#headOf(store) : from === 'start' ? null : from;
    const answer = await this.#ask('subscribe', { store, after }, subscribedSchema, (subscribed) => {
      // Before the first events, which follow the answer at once.
      if (subscribed.mode !== 'resumed') return;
      const { epoch } = subscribed;
      this.#subscriptions.set(store, new Subscription(store, { seq: 0, ...after, epoch }));
    });
    if (answer.mode === 'resumed') return answer;
    const reason = answer.reason ?? 'too-old';
    throw new GatewayError(reason, `The log of ${store} cannot be followed from there (${reason}): take a snapshot.`);
  }

  /** How far a store was seen; null where it is not subscribed. */
  position(store: string): Position | null {
    return this.#subscriptions.get(store)?.position ?? null;
  }

  /**
   * Gives a command. The same id again gives the same answer and never a second effect.
   * @throws GatewayError `forbidden`, `unknown-order`, `invalid-args`, `conflict`, `id-reused`; `ended` and `timeout` leave it
   *   open whether it was carried out: ask `commandStatus`
   */
  send(command: Omit<Command, 'id'> & { readonly id?: string }): Promise<CommandAnswer> {
    return this.#ask('command', { id: randomUUID(), ...command }, commandAnswerSchema);
  }

  commandStatus(id: string): Promise<CommandAnswer> {
    return this.#ask('command-status', { id }, commandAnswerSchema);
  }

  /** Versions, heads and sources, and the gateway's time. */
  health(): Promise<GatewayHealth> {
    return this.#ask('health', { sentAt: Date.now() }, healthAckSchema);
  }

  /**
   * The first event that matches, of those that came already or still come.
   * @param options `withinMs`: 10,000 by default
   * @throws WaitTimeout, whose message says what did come; GatewayError when the connection ends first
   */
  waitFor(matcher: Matcher, { withinMs = 10_000 }: { readonly withinMs?: number } = {}): Promise<Event> {
    return this.#log.wait(matcher, withinMs);
  }

  /** Every event that came, in order; only those that match where a matcher is given. */
  events(matcher?: Matcher): Event[] {
    return this.#log.events.filter((event) => !matcher || matcher.misses(event).length === 0);
  }

  /** Events that came and could not be read. */
  unreadable(): readonly { readonly store: string; readonly seq: number }[] {
    return this.#unreadable;
  }

  /** Orders that answer a search, newest first; `next` is the cursor of the next page. */
  orders(
    store: string,
    find: { q?: string; status?: string; limit?: number; cursor?: string } = {},
  ): Promise<OrderPage> {
    return this.#parts.session.get(`${storePath(store)}/orders${query(find)}`, orderPageSchema);
  }

  /** An order with its events. @throws GatewayError `unknown-order` */
  order(store: string, id: string, cursor?: string): Promise<OrderHistory> {
    const path = `${storePath(store)}/orders/${encodeURIComponent(id)}${query({ cursor })}`;
    return this.#parts.session.get(path, orderHistorySchema);
  }

  /** A raw webhook as it came, its secrets removed. Roles support and admin. */
  delivery(store: string, id: string): Promise<Delivery> {
    return this.#parts.session.get(`${storePath(store)}/deliveries/${encodeURIComponent(id)}`, deliverySchema);
  }

  /** One page of everything there is; the position to subscribe after is its `{epoch, seq}`. */
  snapshot(store: string, page: { limit?: number; cursor?: string } = {}): Promise<SnapshotPage> {
    return this.#parts.session.get(`${storePath(store)}/snapshot${query(page)}`, snapshotPageSchema);
  }

  /** Ends the connection; whoever still waits fails with `ended`. Resolves once nothing is left open. Twice is harmless. */
  async close(): Promise<void> {
    this.#finish(new GatewayError('ended', 'The client was closed.'));
    await this.#closed;
  }

  async #headOf(store: string): Promise<Position> {
    const { stores } = await this.health();
    const found = stores.find((each) => each.store === store);
    if (found) return { epoch: found.epoch, seq: found.head };
    throw new GatewayError('forbidden', `This desk does not watch the store ${store}.`);
  }

  async #ask<T>(event: string, request: object, schema: z.ZodType<T>, first?: (answer: T) => void): Promise<T> {
    const { socket, reach } = this.#parts;
    if (this.#ended) throw new GatewayError('ended', 'The connection has ended.');
    return new Promise((resolve, reject) => {
      socket.timeout(reach.timeoutMs).emit(event, request, (error: Error | null, answer: unknown) => {
        const value = schema.safeParse(answer);
        if (error || !value.success) {
          reject(refused(event, error, answer, this.#ended, reach.timeoutMs));
          return;
        }
        first?.(value.data);
        resolve(value.data);
      });
    });
  }

  #receive(raw: unknown, confirm?: (confirmation: object) => void): void {
    const message = eventsMessageSchema.safeParse(raw);
    const subscription = message.success ? this.#subscriptions.get(message.data.store) : undefined;
    if (message.success && subscription) this.#take(subscription, message.data);
    confirm?.({ seq: subscription?.position.seq ?? 0 });
  }

  #take(subscription: Subscription, message: EventsMessage): void {
    const { events, unreadable, gap } = subscription.receive(message);
    for (const seq of unreadable) this.#unreadable.push({ store: subscription.store, seq });
    for (const event of events) this.#log.add(event);
    if (events.length > 0) this.#parts.listener.onEvents?.(events, message.emittedAt);
    if (gap) this.subscribe(subscription.store, subscription.position).catch((error: unknown) => this.#fail(error));
  }

  #notice(raw: unknown): void {
    const notice = noticeSchema.safeParse(raw);
    if (!notice.success) return;
    const { kind } = notice.data;
    const retryAfterMs = 'retryAfterMs' in notice.data ? (notice.data.retryAfterMs ?? null) : null;
    this.#end(new GatewayError(kind, `The gateway ended the connection: ${kind}.`, { retryAfterMs }));
  }

  #fail(error: unknown): void {
    this.#end(error instanceof GatewayError ? error : new GatewayError('ended', String(error), { cause: error }));
  }

  #end(error: GatewayError): void {
    if (this.#finish(error)) this.#parts.listener.onEnd?.(error);
  }

  /** @returns false when it had ended before */
  #finish(error: GatewayError): boolean {
    if (this.#ended) return false;
    this.#ended = true;
    const { socket, reach } = this.#parts;
    this.#closed = closeSocket(socket).then(reach.release);
    this.#log.end(error);
    return true;
  }
}

function refused(event: string, error: Error | null, answer: unknown, ended: boolean, timeoutMs: number): GatewayError {
  if (ended) return new GatewayError('ended', `The connection ended before "${event}" was answered.`);
  if (error)
    return new GatewayError('timeout', `"${event}" was not answered within ${timeoutMs} ms.`, { cause: error });
  const failed = failedAckSchema.safeParse(answer);
  if (failed.success) return new GatewayError(failed.data.error.code, failed.data.error.message);
  return new GatewayError('not-a-gateway', `"${event}" was answered as no Tillwatch gateway does.`);
}
