import { eventsMessageSchema, noticeSchema } from '../../../contract/protocol.ts';
import type { GatewayHealth, SnapshotReason } from '../../../contract/protocol.ts';
import type { GatewayClock } from '../clock/gateway-clock.ts';
import type { CommandLine } from '../commands/command-line.ts';
import type { Applied } from '../delivery/apply-events.ts';
import type { StoreBook } from '../delivery/store-book.ts';
import { StoreFeed } from '../delivery/store-feed.ts';
import type { FeedContext } from '../delivery/store-feed.ts';
import type { NetworkPort, TimePort } from '../desk.ts';
import type { Pairing } from '../pairing/pairing.ts';
import type { Timing } from '../timing.ts';
import type { Failure } from './failure.ts';
import type { GatewayApi } from './gateway-api.ts';
import { askForHealth } from './health-loop.ts';
import type { HealthLoop } from './health-loop.ts';
import type { Way } from './link.ts';
import { LongPollTransport } from './long-poll-transport.ts';
import { openGateway } from './open-gateway.ts';
import type { OpenedGateway } from './open-gateway.ts';
import { socketIoTransport } from './socket-io-transport.ts';
import type { Transport, TransportListener } from './transport.ts';

/** What an attempt reports; nothing after `failed` or `close`. */
export interface AttemptListener {
  /** The gateway answered plain HTTP, whatever comes of the socket [CN9]. */
  answered(): void;
  connected(): void;
  /** How far behind all stores together are; null while that is not known. */
  progress(behind: number | null): void;
  failed(failure: Failure): void;
  heard(): void;
  health(health: GatewayHealth): void;
  applied(book: StoreBook, applied: Applied): void;
  snapshotTaken(store: string, reason: SnapshotReason | null): void;
  /** The gateway does not let this desk watch that store any more; the others go on. */
  withdrawn(store: string): void;
  renamed(): void;
}

export interface AttemptContext {
  readonly way: Way;
  readonly pairing: Pairing;
  readonly books: readonly StoreBook[];
  readonly network: NetworkPort;
  readonly time: TimePort;
  readonly timing: Timing;
  readonly clock: GatewayClock;
  readonly version: string;
}

/** One try to reach the gateway and all that lives by it: ticket, socket, subscriptions, health [CN6, CN7]. */
export class Attempt {
  readonly #context: AttemptContext;
  readonly #listener: AttemptListener;
  #gateway: OpenedGateway | null = null;
  #transport: Transport | null = null;
  #feeds: readonly StoreFeed[] = [];
  #health: HealthLoop | null = null;
  #cancelLate: () => void = () => undefined;
  #closed = false;

  constructor(context: AttemptContext, listener: AttemptListener) {
    this.#context = context;
    this.#listener = listener;
  }

  get transport(): Transport['name'] | null {
    return this.#transport?.name ?? null;
  }

  /** REST over the same path, as long as this attempt lives. */
  get api(): GatewayApi | null {
    return this.#gateway?.api ?? null;
  }

  /** The way for commands once connected, null before and after. */
  get line(): CommandLine | null {
    const transport = this.#transport;
    const health = this.#health;
    if (!transport || !health || this.#closed) return null;
    const { answerMost } = this.#context.timing;
    return {
      prove: () => health.ask(),
      request: (event, payload) => transport.request(event, payload, answerMost),
    };
  }

  async open(): Promise<void> {
    const { pairing, network, time, timing } = this.#context;
    this.#cancelLate = time.after(timing.openMost, () => this.#fail({ kind: 'timeout', what: 'connection' }));
    try {
      const gateway = await openGateway(pairing, network, time, timing);
      if (this.#closed) {
        gateway.close();
        return;
      }
      this.#gateway = gateway;
      const failure = await this.#enter(gateway);
      if (failure) this.#fail(failure);
    } catch (error) {
      this.#fail({ kind: 'fault', message: error instanceof Error ? error.message : 'unknown' });
    }
  }

  /** @returns why the way is barred, null when a transport is on its way or this attempt is over */
  async #enter(gateway: OpenedGateway): Promise<Failure | null> {
    const { way, pairing, time, timing, version } = this.#context;
    const listener = this.#transportListener();
    if (way === 'long-poll') {
      const session = await gateway.api.signIn();
      if (this.#closed) return null;
      if (!session.ok) return session.failure;
      this.#transport = new LongPollTransport({ api: gateway.api, time, timing, listener });
      this.#connected();
      return null;
    }
    const ticket = await gateway.api.ticket();
    if (this.#closed) return null;
    if (!ticket.ok) return ticket.failure;
    this.#listener.answered();
    if (this.#closed) return null;
    const target = { gateway: pairing.gateway, ticket: ticket.value, deskVersion: version };
    const open = socketIoTransport(gateway.agent, time);
    this.#transport = open({ ...target, connectTimeoutMs: timing.connectMost }, listener);
    return null;
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#cancelLate();
    this.#health?.end();
    for (const feed of this.#feeds) feed.close();
    this.#gateway?.close(this.#transport?.close());
  }

  #fail(failure: Failure): void {
    if (this.#closed) return;
    this.close();
    this.#listener.failed(failure);
  }

  #transportListener(): TransportListener {
    return {
      connected: () => this.#connected(),
      failed: (failure) => this.#fail(failure),
      events: (message, confirm) => this.#receive(message, confirm),
      notice: (notice) => this.#notice(notice),
      heard: () => this.#listener.heard(),
      renamed: () => this.#listener.renamed(),
    };
  }

  #connected(): void {
    const { way, books, time, timing, clock } = this.#context;
    const transport = this.#transport;
    const api = this.api;
    if (!transport || !api) return;
    this.#cancelLate();
    const context: FeedContext = {
      ...{ transport, api, time, timing, gatewayNow: () => clock.now() },
      progressed: () => this.#progressed(),
      applied: (book, applied) => this.#listener.applied(book, applied),
      snapshotTaken: (store, reason) => this.#listener.snapshotTaken(store, reason),
      withdrawn: (store) => this.#withdraw(store),
      failed: (failure) => this.#fail(failure),
    };
    this.#feeds = books.map((book) => new StoreFeed(book, context));
    const failed = (failure: Failure): void => this.#fail(failure);
    const heard = (health: GatewayHealth): void => this.#hearHealth(health);
    this.#health = askForHealth({ way, transport, clock, time, timing, failed, heard });
    this.#listener.connected();
    for (const feed of this.#feeds) void feed.subscribe();
    this.#progressed();
  }

  #withdraw(store: string): void {
    this.#feed(store)?.close();
    this.#feeds = this.#feeds.filter((feed) => feed.store !== store);
    this.#listener.withdrawn(store);
    this.#progressed();
  }

  #progressed(): void {
    if (this.#closed) return;
    const each = this.#feeds.map((feed) => feed.behind);
    this.#listener.progress(each.reduce<number | null>((sum, n) => (sum === null || n === null ? null : sum + n), 0));
  }

  #hearHealth(health: GatewayHealth): void {
    this.#listener.health(health);
    for (const { store, epoch, head } of health.stores) this.#feed(store)?.hearHead(epoch, head);
  }

  #receive(raw: unknown, confirm: (seq: number) => void): void {
    const message = eventsMessageSchema.safeParse(raw);
    if (message.success) this.#feed(message.data.store)?.receive(message.data, confirm);
    // What carried events cannot be read, so that events are missing from here on.
    else this.#feeds.forEach((feed) => void feed.subscribe());
  }

  #notice(raw: unknown): void {
    const notice = noticeSchema.safeParse(raw);
    if (!notice.success) return;
    const { data } = notice;
    switch (data.kind) {
      case 'draining':
        this.#listener.failed({ kind: 'notice', notice: 'draining', retryAfterMs: data.retryAfterMs ?? null });
        return;
      case 'revoked':
      case 'superseded':
        this.#listener.failed({ kind: 'notice', notice: data.kind, retryAfterMs: null });
        return;
      case 'epoch-changed':
        for (const feed of this.#feeds) {
          if (data.store === undefined || data.store === feed.store) void feed.subscribe();
        }
        return;
      default:
        data satisfies never;
    }
  }

  #feed(store: string): StoreFeed | undefined {
    return this.#feeds.find((feed) => feed.store === store);
  }
}
