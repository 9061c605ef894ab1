/**
 * Delivers webhooks as processors do: signed anew at every try, again after trouble, now and then twice, and not always
 * in order.
 */
import { stringify } from 'lossless-json';
import type { Envelope } from './processor.ts';
import type { Random } from './random.ts';
import type { Timers } from './timers.ts';
import { paySignature } from './webhook-signature.ts';

export interface WebhookSender {
  send(envelope: Envelope): void;
  /** Bodies that nobody has taken yet. */
  outstanding(): readonly string[];
  /** Ends tries that are under way; the timers of later ones are their owner's to close. */
  close(): Promise<void>;
}

export interface WebhookSenderParts {
  readonly secret: string;
  /** Null until the gateway is known: what is to be sent waits. */
  readonly url: () => string | null;
  readonly random: Random;
  readonly timers: Timers;
  readonly fetch: typeof fetch;
  /** Bodies a former run did not get rid of. */
  readonly outstanding?: readonly string[];
  readonly onTrouble: (note: string) => void;
}

const DOUBLED = 0.08;
const OVERTAKEN = 0.1;
const MOST_TRIES = 12;
const TIMEOUT_MS = 10_000;
const WAITING_MS = 250;

/** Wait after the nth failed try: 1 s, doubling to a minute. */
export function retryDelayMs(tries: number): number {
  return Math.min(60_000, 1000 * 2 ** (tries - 1));
}

export function createWebhookSender(parts: WebhookSenderParts): WebhookSender {
  return new Sender(parts);
}

interface Delivery {
  readonly body: string;
  tries: number;
}

class Sender implements WebhookSender {
  readonly #parts: WebhookSenderParts;
  readonly #waiting = new Set<Delivery>();
  readonly #running = new Set<Promise<void>>();
  readonly #ended = new AbortController();

  constructor(parts: WebhookSenderParts) {
    this.#parts = parts;
    for (const body of parts.outstanding ?? []) this.#deliver(body, 0);
  }

  send(envelope: Envelope): void {
    const { random } = this.#parts;
    const body = stringify(envelope) ?? '';
    const delayMs = random.chance(OVERTAKEN) ? random.between(1_000, 4_000) : random.between(20, 250);
    this.#deliver(body, delayMs);
    if (random.chance(DOUBLED)) this.#deliver(body, delayMs + random.between(10, 3_000));
  }

  outstanding(): readonly string[] {
    return [...new Set([...this.#waiting].map(({ body }) => body))];
  }

  async close(): Promise<void> {
    this.#ended.abort();
    await Promise.allSettled(this.#running);
  }

  #deliver(body: string, delayMs: number): void {
    const delivery = { body, tries: 0 };
    this.#waiting.add(delivery);
    this.#later(delivery, delayMs);
  }

  #later(delivery: Delivery, delayMs: number): void {
    this.#parts.timers.after(delayMs, () => {
      const run = this.#attempt(delivery).finally(() => this.#running.delete(run));
      this.#running.add(run);
    });
  }

  async #attempt(delivery: Delivery): Promise<void> {
    const url = this.#parts.url();
    if (url === null) {
      this.#later(delivery, WAITING_MS);
      return;
    }
    const failure = await post(this.#parts, url, delivery.body, this.#ended.signal);
    if (this.#ended.signal.aborted) return;
    delivery.tries += 1;
    if (failure === null) {
      this.#waiting.delete(delivery);
    } else if (delivery.tries >= MOST_TRIES) {
      this.#waiting.delete(delivery);
      this.#parts.onTrouble(`webhook given up: ${failure}`);
    } else {
      this.#parts.onTrouble(`webhook to be sent again: ${failure}`);
      this.#later(delivery, retryDelayMs(delivery.tries));
    }
  }
}

/** @returns what went wrong, null when it was taken */
async function post(parts: WebhookSenderParts, url: string, body: string, ended: AbortSignal): Promise<string | null> {
  const signature = paySignature(parts.secret, body, parts.timers.now());
  try {
    const response = await parts.fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'pay-signature': signature },
      body,
      signal: AbortSignal.any([ended, AbortSignal.timeout(TIMEOUT_MS)]),
    });
    await response.arrayBuffer();
    return response.ok ? null : `${url} answered ${response.status}`;
  } catch (error) {
    return `${url}: ${error instanceof Error ? error.message : String(error)}`;
  }
}
