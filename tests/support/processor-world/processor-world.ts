/**
 * One pretend processor and the gateway's way in for it: its real intake, ledger and store, and its real reconcile, in
 * virtual time. Everything waits for everything else, so that a seed replays exactly.
 */
import { setImmediate as turn } from 'node:timers/promises';
import { inspect } from 'node:util';
import type { Order } from '../../../contract/order.ts';
import { rateLimited } from '../../../demo/http/rate-limit.ts';
import { apiFetch } from '../../../demo/http/api-server.ts';
import type { AnswerApi } from '../../../demo/http/api-server.ts';
import { seededRandom } from '../../../demo/clock/random.ts';
import type { Random } from '../../../demo/clock/random.ts';
import { createTimers } from '../../../demo/clock/timers.ts';
import type { Timers } from '../../../demo/clock/timers.ts';
import { createWebhookSender } from '../../../demo/processors/webhook-sender.ts';
import type { Mischief, WebhookHabits, WebhookSender } from '../../../demo/processors/webhook-sender.ts';
import { Expiry } from '../../../gateway/intake/expiry.ts';
import { Intake } from '../../../gateway/intake/intake.ts';
import type { Logger } from '../../../gateway/logger.ts';
import { orderId } from '../../../gateway/order-id.ts';
import type { PollingOptions } from '../../../gateway/sources/reconcile/polling-options.ts';
import type { RunningSource, Source } from '../../../gateway/sources/source.ts';
import type { Storage } from '../../../gateway/store/open-store.ts';
import { VirtualTime } from './virtual-time.ts';

export const STORE = 'main';
export const MINUTE = 60_000;
export const GRACE_MINUTES = 60;

/** Lost, doubled, late and shuffled, all much more often than anywhere. */
export const fullMischief: Mischief = {
  doubled: 0.3,
  overtaken: 0.4,
  overtakenMs: [1_000, 40 * MINUTE],
  forgotten: 0.25,
};

/** Storage whose clock a world can set. */
export interface SharedStorage {
  readonly storage: Storage;
  readonly clock: { at: number };
}

export interface WorldParts {
  /** Unique, also the source's id. */
  readonly seed: string;
  readonly shared: SharedStorage;
  readonly habits: (random: Random) => WebhookHabits;
  /** Where the pretend interface stands. */
  readonly base: string;
}

export class ProcessorWorld {
  readonly time: VirtualTime;
  readonly timers: Timers;
  readonly random: Random;
  readonly polling: PollingOptions;
  readonly sender: WebhookSender;
  /** What the gateway logged as an error: trouble of its own, of which there is none here. */
  readonly troubles: string[] = [];
  readonly #log: Logger = {
    debug: () => undefined,
    info: () => undefined,
    warn: () => undefined,
    error: (fields, message) => void this.troubles.push(`${message} ${inspect(fields)}`),
  };
  readonly #parts: WorldParts;
  #answer: AnswerApi = () => ({ status: 503, body: {} });
  #source: Source | null = null;
  #intake: Intake | null = null;
  #running: RunningSource | null = null;
  #inFlight = 0;

  constructor(parts: WorldParts) {
    this.#parts = parts;
    const { seed, shared } = parts;
    this.time = new VirtualTime(Date.UTC(2026, 2, 1, 10));
    this.timers = createTimers(this.time);
    this.random = seededRandom(seed);
    shared.clock.at = this.time.now();
    const random = seededRandom(`${seed}:gateway`);
    const ask = apiFetch((request) => this.#answer(request), parts.base);
    this.polling = {
      intervalMs: 2 * MINUTE,
      sweepMs: 5 * MINUTE,
      random: () => random.next(),
      sleep: (ms, signal) => this.time.sleep(ms, signal),
      fetch: ask,
    };
    this.sender = createWebhookSender({
      habits: parts.habits(seededRandom(`${seed}:deliveries`)),
      url: () => 'http://gateway/webhook',
      random: seededRandom(`${seed}:post`),
      timers: this.timers,
      fetch: (_, init) => this.#received(init),
      onTrouble: () => undefined,
    });
  }

  /** The processor answers, but limits requests, and is in trouble for a while. */
  open(source: Source, answer: AnswerApi): void {
    const trouble = this.time.now() + this.random.between(5, 60) * MINUTE;
    const over = trouble + this.random.between(1, 15) * MINUTE;
    const limited = rateLimited(answer, { requests: this.random.between(15, 60), windowMs: MINUTE }, () =>
      this.time.now(),
    );
    this.#answer = (request) => {
      const now = this.time.now();
      return now >= trouble && now < over ? { status: 503, body: { message: 'maintenance' } } : limited(request);
    };
    this.#source = source;
    this.#start();
    if (this.random.chance(0.5)) this.timers.after(this.random.between(2, 50) * MINUTE, () => void this.#restart());
    this.#expireOn();
  }

  async run(ms: number): Promise<void> {
    const until = this.time.now() + ms;
    do {
      await this.#settled();
      this.#parts.shared.clock.at = this.time.now();
    } while (this.#step(until));
  }

  order(sourceRef: string): Promise<Order | undefined> {
    return this.#parts.shared.storage.ledger.order(STORE, orderId(STORE, this.#parts.seed, sourceRef));
  }

  async close(): Promise<void> {
    this.timers.close();
    await this.sender.close();
    await this.#stop();
  }

  #step(until: number): boolean {
    const stepped = this.time.step(until);
    this.#parts.shared.clock.at = this.time.now();
    return stepped;
  }

  #start(): void {
    const source = this.#source;
    if (!source) return;
    const { storage, clock } = this.#parts.shared;
    this.#intake = new Intake({
      storage,
      sources: [source],
      log: this.#log,
      onTaken: (_, about) => about.forEach((ref) => this.#running?.hint?.(ref)),
    });
    const freshness = { heard: () => undefined, failed: () => undefined };
    const now = (): number => clock.at;
    this.#running = source.start?.({ ledger: storage.ledger, clock: { now }, freshness, log: this.#log }) ?? null;
  }

  async #stop(): Promise<void> {
    const [running, intake] = [this.#running, this.#intake];
    this.#running = this.#intake = null;
    await running?.close();
    await intake?.close();
  }

  /** The gateway is away: deliveries fail, and what it had in mind is forgotten. */
  async #restart(): Promise<void> {
    await this.#busy(() => this.#stop());
    this.timers.after(this.random.between(1, 30) * MINUTE, () => this.#start());
  }

  #received(init: RequestInit | undefined): Promise<Response> {
    return this.#busy(async () => {
      const [source, intake] = [this.#source, this.#intake];
      if (!source || !intake) throw new TypeError('fetch failed');
      const headers = Object.fromEntries(new Headers(init?.headers));
      const raw = { headers, body: Buffer.from(init?.body as string), receivedAt: this.time.now() };
      const verification = source.verify(raw);
      if (!verification.ok) return new Response('', { status: 401 });
      await intake.accept(source, raw, verification.sentAt);
      return new Response('{"ok":true}');
    });
  }

  #expireOn(): void {
    const { storage, clock } = this.#parts.shared;
    const expiry = new Expiry({ storage, clock: { now: () => clock.at }, log: this.#log, everyMs: MINUTE });
    const sweep = (): void => {
      void this.#busy(() => expiry.sweep());
      this.timers.after(5 * MINUTE, sweep);
    };
    this.timers.after(5 * MINUTE, sweep);
  }

  async #busy<T>(work: () => Promise<T>): Promise<T> {
    this.#inFlight += 1;
    try {
      return await work();
    } finally {
      this.#inFlight -= 1;
    }
  }

  /** Until nothing happens any more without time passing. */
  async #settled(): Promise<void> {
    do await turn();
    while (this.#inFlight > 0 || (this.#running !== null && !this.time.asleep));
  }
}
