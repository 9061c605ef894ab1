/**
 * The pretend Crypto.com Pay: its payments, and the webhooks they cause. As with the real one, nothing is sent for an
 * expiry, a cancellation or money that was merely seen: whoever wants to know has to ask.
 */
import type { Random } from '../../clock/random.ts';
import { captured, expiresAt, funded, paymentJson, refundable, refundJson, withRefund } from './payment.ts';
import type { InboundFund, ProcessorPayment, ProcessorRefund } from './payment.ts';

export const webhookTypes = [
  'payment.created',
  'payment.captured',
  'payment.refund_requested',
  'payment.refund_transferred',
] as const;
export type WebhookType = (typeof webhookTypes)[number];

/** The body of a webhook before it is signed. `created` is unix seconds. */
export interface Envelope {
  readonly id: string;
  readonly object_type: 'payment' | 'refund';
  readonly type: WebhookType;
  readonly created: number;
  readonly data: { readonly object: unknown };
}

export interface ProcessorState {
  readonly payments: readonly ProcessorPayment[];
}

export type PaymentRequest = Omit<
  ProcessorPayment,
  'id' | 'created' | 'status' | 'settledAt' | 'inbound' | 'refunds'
> & {
  /** Unix seconds, when it lies in the past. */
  readonly created?: number;
};

/** How something comes to pass; `silently`: no webhook says so. */
export interface Manner {
  readonly silently: boolean;
}

export interface Processor {
  payments(): readonly ProcessorPayment[];
  payment(id: string): ProcessorPayment | undefined;
  create(request: PaymentRequest, manner?: Manner): ProcessorPayment;
  /** Money was seen for it. @throws ProcessorError when there is no such payment, as all below */
  fund(id: string, inbound: InboundFund): void;
  capture(id: string, manner?: Manner): void;
  /** The webhook of a capture, which did not come when it should have. */
  announce(id: string): void;
  /** The interface does not know a payment yet, or knows it again. */
  conceal(id: string, concealed: boolean): void;
  isConcealed(id: string): boolean;
  cancel(id: string): ProcessorPayment;
  requestRefund(id: string, amount: string, reason: string): ProcessorRefund;
  transferRefund(id: string, refundId: string): void;
  state(): ProcessorState;
}

/** What the API answers with 4xx. */
export class ProcessorError extends Error {
  override readonly name = 'ProcessorError';
  readonly status: number;
  readonly code: string;
  readonly param: string | undefined;
  constructor(status: number, code: string, message: string, param?: string) {
    super(message);
    this.status = status;
    this.code = code;
    this.param = param;
  }
}

/** The newest payments that are remembered. */
const MOST_PAYMENTS = 5_000;

export interface ProcessorParts {
  readonly random: Random;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly onWebhook: (envelope: Envelope) => void;
  readonly state?: ProcessorState;
}

export function createProcessor(parts: ProcessorParts): Processor {
  return new PretendProcessor(parts);
}

class PretendProcessor implements Processor {
  readonly #parts: ProcessorParts;
  readonly #payments: Map<string, ProcessorPayment>;
  readonly #concealed = new Set<string>();

  constructor(parts: ProcessorParts) {
    this.#parts = parts;
    this.#payments = new Map((parts.state?.payments ?? []).map((payment) => [payment.id, payment]));
  }

  payments(): readonly ProcessorPayment[] {
    return [...this.#payments.values()];
  }

  payment(id: string): ProcessorPayment | undefined {
    return this.#payments.get(id);
  }

  create(
    { created = this.#now(), ...request }: PaymentRequest,
    { silently }: Manner = { silently: false },
  ): ProcessorPayment {
    const id = this.#parts.random.uuid();
    const payment = {
      ...request,
      id,
      created,
      status: 'pending',
      settledAt: null,
      inbound: null,
      refunds: [],
    } as const;
    this.#payments.set(id, payment);
    const oldest = this.#payments.keys().next().value;
    if (this.#payments.size > MOST_PAYMENTS && oldest !== undefined) this.#payments.delete(oldest);
    if (!silently) this.#tell('payment.created', payment);
    return payment;
  }

  fund(id: string, inbound: InboundFund): void {
    this.#payments.set(id, funded(this.#known(id), inbound));
  }

  capture(id: string, { silently }: Manner = { silently: false }): void {
    const payment = captured(this.#known(id), this.#now());
    this.#payments.set(id, payment);
    if (!silently) this.#tell('payment.captured', payment);
  }

  announce(id: string): void {
    this.#tell('payment.captured', this.#known(id));
  }

  conceal(id: string, concealed: boolean): void {
    if (concealed) this.#concealed.add(id);
    else this.#concealed.delete(id);
  }

  isConcealed(id: string): boolean {
    return this.#concealed.has(id);
  }

  cancel(id: string): ProcessorPayment {
    const payment = this.#known(id);
    if (payment.status !== 'pending' || this.#now() >= expiresAt(payment)) {
      throw new ProcessorError(400, 'payment_not_cancellable', 'Only a pending payment can be cancelled.');
    }
    const cancelled = { ...payment, status: 'cancelled' } as const;
    this.#payments.set(id, cancelled);
    return cancelled;
  }

  requestRefund(id: string, amount: string, reason: string): ProcessorRefund {
    const payment = this.#known(id);
    if (payment.status !== 'succeeded') {
      throw new ProcessorError(400, 'payment_not_refundable', 'Only a captured payment can be refunded.', 'payment_id');
    }
    if (BigInt(amount) <= 0n || BigInt(amount) > refundable(payment)) {
      throw new ProcessorError(400, 'amount_too_large', 'The amount is more than what is left to refund.', 'amount');
    }
    const refund: ProcessorRefund = {
      id: this.#parts.random.uuid(),
      paymentId: id,
      amount,
      currency: payment.currency,
      reason,
      status: 'pending',
      created: this.#now(),
    };
    this.#payments.set(id, withRefund(payment, refund));
    this.#tell('payment.refund_requested', refund);
    return refund;
  }

  transferRefund(id: string, refundId: string): void {
    const payment = this.#known(id);
    const refund = payment.refunds.find((each) => each.id === refundId);
    if (!refund) throw new ProcessorError(404, 'resource_missing', 'No such refund.');
    const transferred = { ...refund, status: 'succeeded' } as const;
    this.#payments.set(id, withRefund(payment, transferred));
    this.#tell('payment.refund_transferred', transferred);
  }

  state(): ProcessorState {
    return { payments: this.payments() };
  }

  #known(id: string): ProcessorPayment {
    const payment = this.#payments.get(id);
    if (!payment) throw new ProcessorError(404, 'resource_missing', `No such payment: ${id}`, 'id');
    return payment;
  }

  #now(): number {
    return Math.floor(this.#parts.now() / 1000);
  }

  #tell(type: WebhookType, about: ProcessorPayment | ProcessorRefund): void {
    const isRefund = 'paymentId' in about;
    this.#parts.onWebhook({
      id: this.#parts.random.uuid(),
      object_type: isRefund ? 'refund' : 'payment',
      type,
      created: this.#now(),
      data: { object: isRefund ? refundJson(about) : paymentJson(about, this.#now()) },
    });
  }
}
