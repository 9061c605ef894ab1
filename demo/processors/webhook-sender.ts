/**
 * Delivers webhooks as processors do: signed anew at every try, again after trouble, now and then twice, not always in
 * order, and at times never.
 */
import { stringify } from 'lossless-json';
import type { Random } from '../clock/random.ts';
import type { Timers } from '../clock/timers.ts';

export interface WebhookSender {
  /** @param event may hold bigint */
  send(event: object): void;
  /** Bodies that nobody has taken yet. */
  outstanding(): readonly string[];
  /** Ends tries that are under way; the timers of later ones are their owner's to close. */
  close(): Promise<void>;
}

/** What befalls deliveries: probabilities, and the delay of those that are overtaken, in milliseconds. */
export interface Mischief {
  readonly doubled: number;
  readonly overtaken: number;
  readonly overtakenMs: readonly [number, number];
  /** Never sent at all. */
  readonly forgotten: number;
}

/** How one processor delivers. */
export interface WebhookHabits {
  /** The headers that prove a body, at a try's time in epoch milliseconds. */
  readonly sign: (body: string, now: number) => Readonly<Record<string, string>>;
  /** What is sent at another try; the same body by default. */
  readonly again?: (body: string) => string;
  /** Wait after the nth failed try, null to give up. */
  readonly retryDelayMs?: (tries: number) => number | null;
  /** Answers after which a delivery is given up for good; none by default. */
  readonly isFinal?: (status: number) => boolean;
  readonly mischief?: Mischief;
}

export interface WebhookSenderParts {
  readonly habits: WebhookHabits;
  /** Null until the gateway is known: what is to be sent waits. */
  readonly url: () => string | null;
  readonly random: Random;
  readonly timers: Timers;
  readonly fetch: typeof fetch;
  /** Bodies a former run did not get rid of. */
  readonly outstanding?: readonly string[];
  readonly onTrouble: (note: string) => void;
}

/** Enough for a desk to show what it makes of it, and nothing lost: a demo is watched. */
export const mildMischief: Mischief = { doubled: 0.08, overtaken: 0.1, overtakenMs: [1_000, 4_000], forgotten: 0 };
const MOST_TRIES = 12;
const TIMEOUT_MS = 10_000;
const WAITING_MS = 250;

/** Wait after the nth failed try: 1 s, doubling to a minute; null after the twelfth. */
export function retryDelayMs(tries: number): number | null {
  return tries >= MOST_TRIES ? null : Math.min(60_000, 1000 * 2 ** (tries - 1));
}

export function createWebhookSender(parts: WebhookSenderParts): WebhookSender {
  return new Sender(parts);
}

interface Delivery {
  body: string;
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

  send(event: object): void {
    const { random, habits } = this.#parts;
    const { doubled, overtaken, overtakenMs, forgotten } = habits.mischief ?? mildMischief;
    const body = stringify(event) ?? '';
    const delayMs = random.chance(overtaken) ? random.between(...overtakenMs) : random.between(20, 250);
    const again = random.chance(doubled) ? random.between(10, 3_000) : null;
    if (random.chance(forgotten)) return;
    this.#deliver(body, delayMs);
    if (again !== null) this.#deliver(this.#again(body), delayMs + again);
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
    const outcome = await post(this.#parts, url, delivery.body, this.#ended.signal);
    if (this.#ended.signal.aborted) return;
    delivery.tries += 1;
    if (outcome.taken) this.#waiting.delete(delivery);
    else this.#failed(delivery, outcome);
  }

  #failed(delivery: Delivery, { note, status }: Refused): void {
    const { habits, onTrouble } = this.#parts;
    const final = status !== null && habits.isFinal?.(status) === true;
    const waitMs = final ? null : (habits.retryDelayMs ?? retryDelayMs)(delivery.tries);
    if (waitMs === null) {
      this.#waiting.delete(delivery);
      onTrouble(`webhook given up: ${note}`);
      return;
    }
    onTrouble(`webhook to be sent again: ${note}`);
    delivery.body = this.#again(delivery.body);
    this.#later(delivery, waitMs);
  }

  #again(body: string): string {
    return this.#parts.habits.again?.(body) ?? body;
  }
}

interface Refused {
  readonly taken: false;
  readonly note: string;
  /** Null where nobody answered. */
  readonly status: number | null;
}

type Posted = { readonly taken: true } | Refused;

async function post(parts: WebhookSenderParts, url: string, body: string, ended: AbortSignal): Promise<Posted> {
  const signed = parts.habits.sign(body, parts.timers.now());
  try {
    const response = await parts.fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...signed },
      body,
      signal: AbortSignal.any([ended, AbortSignal.timeout(TIMEOUT_MS)]),
    });
    await response.arrayBuffer();
    if (response.ok) return { taken: true };
    return { taken: false, note: `${url} answered ${response.status}`, status: response.status };
  } catch (error) {
    const note = `${url}: ${error instanceof Error ? error.message : String(error)}`;
    return { taken: false, note, status: null };
  }
}
