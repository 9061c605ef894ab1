/** A shop's day in a second: orders created, funded, captured and refunded by webhooks that come twice, late, in the
 * wrong order, or never [fault 40]. */
import type { Random } from '../../../demo/clock/random.ts';
import type { GatewayUnderFaults } from './gateway-under-faults.ts';
import type { History } from './history.ts';
import type { KnownPayment } from './payments-api.ts';
import { SOURCE, benchPayment, signedHeaders, webhook } from './webhooks.ts';
import type { BenchPayment, Step } from './webhooks.ts';

/** One delivery of one webhook; `at` in milliseconds from the start of the run. */
export interface Delivery {
  readonly at: number;
  readonly payment: string;
  readonly step: Step;
}

export interface WorkloadPlan {
  readonly payments: readonly string[];
  readonly deliveries: readonly Delivery[];
}

export interface Disorder {
  readonly twice: number;
  readonly late: number;
  readonly shuffled: number;
  readonly never: number;
}

const courses: readonly (readonly Step[])[] = [
  ['created', 'funded', 'captured'],
  ['created', 'funded', 'captured'],
  ['created', 'captured'],
  ['created'],
  ['created', 'funded', 'captured', 'refund-requested', 'refund-transferred'],
];

/** @param spanMs in which the orders are made; all comes from `random` */
export function planWorkload(random: Random, orders: number, spanMs: number, disorder: Disorder): WorkloadPlan {
  const payments = Array.from({ length: orders }, () => random.uuid());
  const deliveries = payments.flatMap((payment) => {
    const start = random.next() * spanMs * 0.7;
    const pace = spanMs * (0.05 + 0.15 * random.next());
    const course = random.pick(courses);
    const steps = random.chance(disorder.shuffled) ? shuffled(course, random) : course;
    return steps.flatMap((step, n): Delivery[] => {
      if (random.chance(disorder.never)) return [];
      const at = Math.min(spanMs, start + n * pace * (0.2 + random.next()));
      const late = random.chance(disorder.late) ? spanMs * 0.3 * random.next() : 0;
      const first = { at: at + late, payment, step };
      return random.chance(disorder.twice) ? [first, { ...first, at: first.at + random.between(0, 50) }] : [first];
    });
  });
  return { payments, deliveries: deliveries.sort((a, b) => a.at - b.at) };
}

function shuffled<T>(list: readonly T[], random: Random): T[] {
  return list
    .map((each) => ({ each, by: random.next() }))
    .sort((a, b) => a.by - b.by)
    .map(({ each }) => each);
}

/** How long a processor waits before it sends again what was not taken, milliseconds of real time, and the least. */
const AGAIN_MS = 1_000;
const AGAIN_LEAST_MS = 20;
const TRIES_MOST = 400;

/** In the order in which they come to pass, whatever order they are told in. */
const steps: readonly Step[] = ['created', 'funded', 'captured', 'refund-requested', 'refund-transferred'];

/** The processor: sends every webhook until it is taken. */
export class Processor {
  readonly #gateway: GatewayUnderFaults;
  readonly #history: History;
  readonly #payments = new Map<string, BenchPayment>();
  readonly #steps = new Map<string, Step>();
  readonly #againMs: number;
  readonly #pending = new Set<Promise<void>>();
  #refused: Error | null = null;

  constructor(gateway: GatewayUnderFaults, history: History, scale: number) {
    this.#gateway = gateway;
    this.#history = history;
    this.#againMs = Math.max(AGAIN_LEAST_MS, AGAIN_MS * scale);
  }

  send({ payment: id, step }: Pick<Delivery, 'payment' | 'step'>): void {
    const payment = this.#payments.get(id) ?? benchPayment(id, `R-${id.slice(0, 8)}`, this.#gateway.now());
    this.#payments.set(id, payment);
    const before = this.#steps.get(id);
    if (before === undefined || steps.indexOf(step) > steps.indexOf(before)) this.#steps.set(id, step);
    const sending = this.#untilTaken(payment, step).finally(() => this.#pending.delete(sending));
    this.#pending.add(sending);
  }

  /** Every payment as the processor has it, whether the gateway was told or not; the oldest first. */
  known(): KnownPayment[] {
    return [...this.#payments.values()].flatMap((payment) => {
      const step = this.#steps.get(payment.id);
      return step ? [{ payment, step }] : [];
    });
  }

  /**
   * Resolves once all that was sent has been taken.
   * @throws Error when something never was
   */
  async settled(): Promise<void> {
    while (this.#pending.size > 0) await Promise.all(this.#pending);
    if (this.#refused) throw this.#refused;
  }

  async #untilTaken(payment: BenchPayment, step: Step): Promise<void> {
    for (let tries = 0; tries < TRIES_MOST; tries += 1) {
      const answer = await this.#deliver(payment, step);
      const { delivery } = webhook(payment, step);
      this.#history.add({ type: 'sent', delivery, order: payment.order, answer });
      if (answer === 200) return;
      await new Promise((resolve) => setTimeout(resolve, this.#againMs));
    }
    this.#refused = new Error(`a webhook was not taken in ${TRIES_MOST} tries`);
  }

  async #deliver(payment: BenchPayment, step: Step): Promise<number | 'lost'> {
    const { url, life } = this.#gateway;
    if (url === null) return 'lost';
    const sent = webhook(payment, step);
    try {
      const answer = await fetch(`${url}/v1/webhooks/${SOURCE}`, {
        method: 'POST',
        headers: signedHeaders(sent, this.#gateway.now()),
        body: sent.body,
      });
      await answer.arrayBuffer();
      return life === this.#gateway.life && this.#gateway.url !== null ? answer.status : 'lost';
    } catch {
      return 'lost';
    }
  }
}
