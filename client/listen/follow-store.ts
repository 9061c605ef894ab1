import { setTimeout as pause } from 'node:timers/promises';
import type { Event } from '../../contract/events.ts';
import type { Order } from '../../contract/order.ts';
import type { Position } from '../../contract/protocol.ts';
import { snapshotReasonSchema } from '../../contract/protocol.ts';
import { connect } from '../gateway-client.ts';
import type { GatewayClient } from '../gateway-client.ts';
import { GatewayError } from '../gateway-error.ts';
import { isOnThisMachine } from '../gateway-url.ts';
import type { Identity } from '../identity.ts';
import type { ReachOptions } from '../reach.ts';
import { retryDelay } from './retry-delay.ts';

export type FollowState =
  | { readonly state: 'connecting' }
  | { readonly state: 'catching-up'; readonly behind: number }
  /** Everything up to `seq` was told. */
  | { readonly state: 'current'; readonly seq: number }
  | { readonly state: 'waiting'; readonly error: GatewayError; readonly retryInMs: number };

export interface FollowListener {
  /** Orders as they stand, before events begin or after a log could not be followed; `why` is null at the start. */
  picture(orders: readonly Order[], why: string | null): void;
  /** New events in order. @param offsetMs gateway − device clock, as far as known */
  events(events: readonly Event[], offsetMs: number): void;
  state(state: FollowState): void;
}

export interface FollowOptions extends ReachOptions {
  readonly identity: Identity;
  readonly store: string;
  readonly listener: FollowListener;
  /** Ends it. */
  readonly signal: AbortSignal;
  /** How often the gateway is asked whether it is there, and what time it has; milliseconds, 30,000 by default. */
  readonly healthEveryMs?: number;
}

/** What waiting does not mend. */
const FINAL = new Set([
  ...[
    'revoked',
    'bad-signature',
    'unauthorized',
    'forbidden',
    'protocol-unsupported',
    'superseded',
    'insecure-address',
  ],
]);
const STABLE_MS = 30_000;
/** A wait the gateway asks for is obeyed up to this; beyond it a person would think the listener dead. */
const RETRY_AFTER_MOST_MS = 15 * 60_000;

/**
 * Follows a store's log, over as many connections as it takes: each event once and in order, or it says that it begins
 * with a new picture. Resolves when the signal ends it.
 * @throws GatewayError for what only a person can mend, such as `revoked`
 */
export async function followStore(options: FollowOptions): Promise<void> {
  const { listener, signal, identity } = options;
  const follower = new Follower(options);
  let tries = 0;
  while (!signal.aborted) {
    listener.state({ state: 'connecting' });
    const from = performance.now();
    const error = await follower.followOnce();
    if (!error || signal.aborted) return;
    if (FINAL.has(error.code)) throw error;
    if (performance.now() - from >= STABLE_MS) tries = 0;
    const asked = error.retryAfterMs === null ? null : Math.min(error.retryAfterMs, RETRY_AFTER_MOST_MS);
    const retryInMs = asked ?? retryDelay(tries, Math.random(), isOnThisMachine(identity.gateway));
    tries += 1;
    listener.state({ state: 'waiting', error, retryInMs });
    await pause(retryInMs, undefined, { signal }).catch(() => undefined);
  }
}

class Follower {
  readonly #options: FollowOptions;
  #position: Position | null = null;
  #offsetMs = 0;
  /** The newest event the gateway is known to have; null while this connection has not caught up. */
  #goal: number | null = null;

  constructor(options: FollowOptions) {
    this.#options = options;
  }

  /** @returns why the connection ended, null when the signal ended it */
  async followOnce(): Promise<GatewayError | null> {
    const { signal } = this.#options;
    const ended = Promise.withResolvers<GatewayError | null>();
    const over = new AbortController();
    const abort = (): void => ended.resolve(null);
    signal.addEventListener('abort', abort, { once: true });
    let client: GatewayClient | null = null;
    try {
      const opening = this.#open(ended.resolve);
      client = await Promise.race([opening, ended.promise.then(() => null)]);
      if (!client) {
        void opening.then((late) => late.close()).catch(() => undefined);
        return null;
      }
      const following = this.#follow(client, AbortSignal.any([signal, over.signal]));
      return await Promise.race([ended.promise, following]);
    } catch (error) {
      return asGatewayError(error);
    } finally {
      signal.removeEventListener('abort', abort);
      over.abort();
      await client?.close();
      this.#goal = null;
    }
  }

  #open(onEnd: (error: GatewayError) => void): Promise<GatewayClient> {
    const onEvents = (events: readonly Event[]): void => this.#take(events);
    return connect(this.#options.identity, { ...this.#options, keep: 0, onEvents, onEnd });
  }

  /** Rejects when it cannot go on; only the end of the connection, or of all, ends it otherwise. */
  async #follow(client: GatewayClient, signal: AbortSignal): Promise<never> {
    await this.#begin(client);
    return this.#keepAsking(client, signal);
  }

  async #begin(client: GatewayClient): Promise<void> {
    await this.#compareClocks(client);
    if (!this.#position) await this.#takePicture(client, null);
    try {
      await this.#subscribe(client);
    } catch (error) {
      const reason = snapshotReasonSchema.safeParse(error instanceof GatewayError ? error.code : null);
      if (!reason.success) throw error;
      await this.#takePicture(client, reason.data);
      await this.#subscribe(client);
    }
  }

  async #subscribe(client: GatewayClient): Promise<void> {
    const { store, listener } = this.#options;
    const { head } = await client.subscribe(store, this.#position ?? 'now');
    this.#goal = head;
    const behind = head - (this.#position?.seq ?? 0);
    if (behind > 0) listener.state({ state: 'catching-up', behind });
    this.#tellCurrent();
  }

  async #takePicture(client: GatewayClient, why: string | null): Promise<void> {
    const { store, listener } = this.#options;
    const orders: Order[] = [];
    let cursor: string | undefined;
    do {
      const page = await client.snapshot(store, { limit: 500, ...(cursor !== undefined && { cursor }) });
      orders.push(...page.orders);
      this.#position = { epoch: page.epoch, seq: page.seq };
      cursor = page.next;
    } while (cursor !== undefined);
    listener.picture(orders, why);
  }

  #take(events: readonly Event[]): void {
    const last = events.at(-1);
    if (last) this.#position = { epoch: last.epoch, seq: last.seq, id: last.id };
    this.#options.listener.events(events, this.#offsetMs);
    this.#tellCurrent();
  }

  #tellCurrent(): void {
    const seq = this.#position?.seq ?? 0;
    if (this.#goal === null || seq < this.#goal) return;
    this.#goal = null;
    this.#options.listener.state({ state: 'current', seq });
  }

  /** Rejects once the gateway does not answer any more; nothing else finds an application that hangs. */
  async #keepAsking(client: GatewayClient, signal: AbortSignal): Promise<never> {
    const { healthEveryMs = 30_000 } = this.#options;
    for (;;) {
      await pause(healthEveryMs, undefined, { signal });
      await this.#compareClocks(client);
    }
  }

  async #compareClocks(client: GatewayClient): Promise<void> {
    const askedAt = Date.now();
    const { receivedAt, sentAt } = await client.health();
    this.#offsetMs = (receivedAt - askedAt + sentAt - Date.now()) / 2;
  }
}

function asGatewayError(error: unknown): GatewayError {
  if (error instanceof GatewayError) return error;
  return new GatewayError('ended', error instanceof Error ? error.message : String(error), { cause: error });
}
