/**
 * The poll of every open order: finds what no webhook says (cancellation, expiry, detection) and what a lost webhook
 * should have said. One request at a time, spaced; after trouble it waits, longer each time.
 */
import { setTimeout as after } from 'node:timers/promises';
import type { Order } from '../../../contract/order.ts';
import type { Closeable } from '../../ledger.ts';
import type { SourceContext } from '../source.ts';
import { AmountError } from './amount.ts';
import type { CryptoComPayOptions, PollingOptions } from './options.ts';
import { createPaymentApi } from './payment-api.ts';
import type { Answer, PaymentApi } from './payment-api.ts';
import { backoffMs, jittered, nextLookMs } from './poll-plan.ts';
import { polledReports } from './read.ts';
import type { PaymentObject } from './schema.ts';

type Settings = { readonly [K in keyof PollingOptions]-?: NonNullable<PollingOptions[K]> };

type Failed = Extract<Answer, { kind: 'failed' }>;

interface Look {
  /** Epoch milliseconds. */
  readonly due: number;
  /** Looks in a row that brought nothing. */
  readonly vain: number;
  /** Asked for before all others, whether open or not. */
  readonly urgent: boolean;
}

export const DEFAULT_POLL_INTERVAL_MS = 15_000;
const DEFAULT_API_BASE = 'https://pay.crypto.com/api';

export interface RunningReconcile extends Closeable {
  /** Asks about one order before all others, also while trouble is waited out, but never before a `Retry-After`. */
  recheck(order: Order): Promise<void>;
}

export function startReconcile(options: CryptoComPayOptions, apiKey: string, context: SourceContext): RunningReconcile {
  const reconcile = new Reconcile(options, apiKey, context);
  const ended = reconcile.run();
  const unsubscribe = context.ledger.onAppended((store, events) => {
    const created = events.filter(({ kind, source }) => kind === 'order.created' && source === options.id);
    if (store === options.store) for (const { order, data } of created) reconcile.created(order, data['order']);
  });
  return {
    async recheck({ id }) {
      reconcile.recheck(id);
    },
    async close() {
      unsubscribe();
      reconcile.stop();
      await ended;
    },
  };
}

class Reconcile {
  readonly #options: CryptoComPayOptions;
  readonly #context: SourceContext;
  readonly #settings: Settings;
  readonly #api: PaymentApi;
  readonly #stopped = new AbortController();
  readonly #looks = new Map<string, Look>();
  #woken = new AbortController();
  #failures = 0;
  /** Until when a `Retry-After` forbids to ask, epoch milliseconds. */
  #notBefore = 0;
  #provenAt = Number.NEGATIVE_INFINITY;

  constructor(options: CryptoComPayOptions, apiKey: string, context: SourceContext) {
    this.#options = options;
    this.#context = context;
    this.#settings = settingsOf(options.polling);
    const { timeoutMs, fetch } = this.#settings;
    const apiBase = options.apiBase ?? DEFAULT_API_BASE;
    this.#api = createPaymentApi({ apiBase, apiKey, timeoutMs, fetch, now: () => context.clock.now() });
  }

  stop(): void {
    this.#stopped.abort();
  }

  /** Only a refund is known of a provisional order: the payment behind it is fetched at once. */
  created(order: string | null, fact: unknown): void {
    if (order === null || typeof fact !== 'object' || fact === null) return;
    if (!('provisional' in fact) || fact.provisional !== true) return;
    this.#looks.set(order, { due: 0, vain: 0, urgent: true });
    if (this.#failures === 0) this.#woken.abort();
  }

  /** A person asks. */
  recheck(order: string): void {
    this.#looks.set(order, { due: 0, vain: 0, urgent: true });
    if (this.#context.clock.now() >= this.#notBefore) this.#woken.abort();
  }

  async run(): Promise<void> {
    while (!this.#stopped.signal.aborted) {
      try {
        const waitMs = await this.#round();
        await this.#pause(waitMs);
      } catch (error) {
        if (this.#stopped.signal.aborted) return;
        // The ledger's trouble is not the processor's: the line's freshness stays as it is.
        this.#context.log.error({ source: this.#options.id, err: error }, 'reconcile round failed');
        await this.#pause(this.#settings.intervalMs).catch(() => undefined);
      }
    }
  }

  /** @returns how long to wait for the next round, in milliseconds */
  async #round(): Promise<number> {
    const { intervalMs, spacingMs } = this.#settings;
    const queue = await this.#dueOrders();
    for (;;) {
      const order = (await this.#urgentOrder()) ?? queue.shift();
      if (!order) break;
      const failure = await this.#look(order);
      if (failure) return this.#failed(failure);
      await this.#sleep(spacingMs);
    }
    if (this.#context.clock.now() - this.#provenAt >= intervalMs) {
      const answer = await this.#api.probe(this.#stopped.signal);
      if (answer.kind === 'failed') return this.#failed(answer);
      this.#heard();
    }
    return jittered(intervalMs, this.#settings.random());
  }

  async #dueOrders(): Promise<Order[]> {
    const open = await this.#context.ledger.openOrders(this.#options.store, this.#options.id);
    const ids = new Set(open.map(({ id }) => id));
    for (const [id, { urgent }] of this.#looks) if (!ids.has(id) && !urgent) this.#looks.delete(id);
    const now = this.#context.clock.now();
    // Half an interval early is on time: the next round would be half an interval late.
    return open.filter(({ id }) => (this.#looks.get(id)?.due ?? 0) <= now + this.#settings.intervalMs / 2);
  }

  async #urgentOrder(): Promise<Order | undefined> {
    const now = this.#context.clock.now();
    const id = [...this.#looks].find(([, { urgent, due }]) => urgent && due <= now)?.[0];
    return id === undefined ? undefined : this.#context.ledger.order(this.#options.store, id);
  }

  /** One question about one order. Trouble with it puts it behind the others, so that it can't hold them up. */
  async #look(order: Order): Promise<Failed | null> {
    const answer = await this.#api.payment(order.sourceRef, this.#stopped.signal);
    const now = this.#context.clock.now();
    const before = this.#looks.get(order.id) ?? { vain: 0, urgent: false };
    const vain = answer.kind === 'payment' ? 0 : before.vain + 1;
    const wait = nextLookMs(this.#settings, now - order.createdAt, vain, this.#settings.random());
    this.#looks.set(order.id, { due: now + wait, vain, urgent: before.urgent && answer.kind === 'failed' });
    if (answer.kind === 'failed') return answer;
    if (answer.kind === 'unreadable') this.#unreadable(answer.note);
    else this.#heard();
    if (answer.kind === 'payment') await this.#learn(answer.payment, now);
    return null;
  }

  async #learn(payment: PaymentObject, now: number): Promise<void> {
    try {
      await this.#context.ledger.append(this.#options.store, polledReports(this.#options, payment, now));
    } catch (error) {
      if (!(error instanceof AmountError)) throw error;
      this.#unreadable(`payment ${payment.id} can't be read: ${error.message}`);
    }
  }

  #unreadable(note: string): void {
    this.#context.freshness.failed(note);
    this.#context.log.warn({ source: this.#options.id }, note);
  }

  #heard(): void {
    this.#failures = 0;
    this.#provenAt = this.#context.clock.now();
    this.#context.freshness.heard(null);
  }

  #failed({ note, retryAfterMs }: Failed): number {
    const wait = backoffMs(this.#settings, this.#failures, retryAfterMs, this.#settings.random());
    this.#failures += 1;
    if (retryAfterMs !== null) this.#notBefore = this.#context.clock.now() + retryAfterMs;
    this.#context.freshness.failed(note);
    this.#context.log.warn({ source: this.#options.id, failures: this.#failures, waitMs: Math.round(wait) }, note);
    return wait;
  }

  /** Between rounds; cut short by what is urgent. */
  async #pause(ms: number): Promise<void> {
    this.#woken = new AbortController();
    // Asked for while the round was ending: the controller that was to wake this pause is gone.
    if (this.#failures === 0 && (await this.#urgentOrder()) !== undefined) return;
    try {
      await this.#settings.sleep(ms, AbortSignal.any([this.#stopped.signal, this.#woken.signal]));
    } catch (error) {
      if (!this.#woken.signal.aborted || this.#stopped.signal.aborted) throw error;
    }
  }

  #sleep(ms: number): Promise<void> {
    return this.#settings.sleep(ms, this.#stopped.signal);
  }
}

function settingsOf(polling: PollingOptions = {}): Settings {
  return {
    intervalMs: polling.intervalMs ?? DEFAULT_POLL_INTERVAL_MS,
    spacingMs: polling.spacingMs ?? 200,
    timeoutMs: polling.timeoutMs ?? 10_000,
    longestBackoffMs: polling.longestBackoffMs ?? 300_000,
    random: polling.random ?? Math.random,
    fetch: polling.fetch ?? fetch,
    sleep: polling.sleep ?? ((ms, signal) => after(ms, undefined, { signal })),
  };
}
