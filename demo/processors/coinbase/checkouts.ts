/**
 * The pretend Coinbase Business: its checkouts, and the webhooks they cause. As with the real one, nothing is sent while a
 * payment is processed, nor when a checkout is deactivated.
 * Source: Coinbase Business, Checkouts API reference and checkout webhooks.
 */
import type { Random } from '../../clock/random.ts';
import type { Timers } from '../../clock/timers.ts';

export interface CheckoutRefund {
  readonly id: string;
  readonly amount: string;
  readonly status: 'PENDING' | 'COMPLETED' | 'FAILED';
  readonly createdAt: number;
  readonly completedAt: number | null;
}

/** Times in epoch milliseconds, amounts as decimals of two places. */
export interface Checkout {
  readonly id: string;
  readonly orderId: string;
  readonly amount: string;
  readonly currency: string;
  readonly network: string;
  readonly address: string;
  readonly status:
    'ACTIVE' | 'PROCESSING' | 'DEACTIVATED' | 'EXPIRED' | 'COMPLETED' | 'FAILED' | 'REFUNDED' | 'PARTIALLY_REFUNDED';
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly expiresAt: number;
  readonly transactionHash: string | null;
  readonly refunds: readonly CheckoutRefund[];
}

export interface CoinbaseParts {
  readonly random: Random;
  readonly timers: Timers;
  /** Gets the whole checkout with its `eventType`. */
  readonly onWebhook: (event: object) => void;
}

export interface CheckoutRequest {
  readonly orderId: string;
  readonly amount: string;
  readonly lifeMs: number;
}

export class PretendCoinbase {
  readonly #parts: CoinbaseParts;
  readonly #checkouts = new Map<string, Checkout>();

  constructor(parts: CoinbaseParts) {
    this.#parts = parts;
  }

  /** Newest first. */
  checkouts(): Checkout[] {
    return [...this.#checkouts.values()].toReversed();
  }

  checkout(id: string): Checkout | undefined {
    return this.#checkouts.get(id);
  }

  create({ orderId, amount, lifeMs }: CheckoutRequest): Checkout {
    const { random, timers } = this.#parts;
    const at = timers.now();
    const checkout: Checkout = {
      id: random.hex(12),
      orderId,
      amount,
      currency: 'USDC',
      network: 'base',
      address: `0x${random.hex(20)}`,
      status: 'ACTIVE',
      createdAt: at,
      updatedAt: at,
      expiresAt: at + lifeMs,
      transactionHash: null,
      refunds: [],
    };
    this.#checkouts.set(checkout.id, checkout);
    timers.after(lifeMs, () => {
      if (this.#known(checkout.id).status === 'ACTIVE') this.#move(checkout.id, 'EXPIRED', 'checkout.payment.expired');
    });
    return checkout;
  }

  /** A payment is on its way: nothing is sent. */
  process(id: string): void {
    if (this.#known(id).status === 'ACTIVE') this.#move(id, 'PROCESSING');
  }

  complete(id: string): void {
    const transactionHash = `0x${this.#parts.random.hex(32)}`;
    this.#move(id, 'COMPLETED', 'checkout.payment.success', { transactionHash });
  }

  fail(id: string): void {
    this.#move(id, 'FAILED', 'checkout.payment.failed');
  }

  /** Nothing is sent. */
  deactivate(id: string): void {
    if (this.#known(id).status === 'ACTIVE') this.#move(id, 'DEACTIVATED');
  }

  /** Nothing is sent before it is done. */
  requestRefund(id: string, amount: string): CheckoutRefund {
    const checkout = this.#known(id);
    const createdAt = this.#parts.timers.now();
    const refund: CheckoutRefund = {
      id: this.#parts.random.hex(12),
      amount,
      status: 'PENDING',
      createdAt,
      completedAt: null,
    };
    this.#put({ ...checkout, refunds: [...checkout.refunds, refund] });
    return refund;
  }

  endRefund(id: string, refundId: string, status: 'COMPLETED' | 'FAILED'): void {
    const checkout = this.#known(id);
    const completedAt = this.#parts.timers.now();
    const refunds = checkout.refunds.map((each) => (each.id === refundId ? { ...each, status, completedAt } : each));
    const back = cents(refunds.filter((each) => each.status === 'COMPLETED').map(({ amount }) => amount));
    const left = back >= cents([checkout.amount]) ? 'REFUNDED' : back > 0 ? 'PARTIALLY_REFUNDED' : checkout.status;
    this.#move(id, left, `checkout.refund.${status === 'COMPLETED' ? 'success' : 'failed'}`, { refunds });
  }

  #move(id: string, status: Checkout['status'], eventType?: string, fields: Partial<Checkout> = {}): void {
    const checkout = this.#put({ ...this.#known(id), ...fields, status });
    if (eventType !== undefined) this.#parts.onWebhook({ ...checkoutJson(checkout), eventType });
  }

  #put(checkout: Checkout): Checkout {
    const after = { ...checkout, updatedAt: this.#parts.timers.now() };
    this.#checkouts.set(checkout.id, after);
    return after;
  }

  #known(id: string): Checkout {
    const checkout = this.#checkouts.get(id);
    if (!checkout) throw new RangeError(`no checkout ${id}`);
    return checkout;
  }
}

function cents(amounts: readonly string[]): number {
  return amounts.reduce((sum, amount) => sum + Number(amount.replace('.', '')), 0);
}

/** As the API shows it. */
export function checkoutJson(checkout: Checkout) {
  const { transactionHash, refunds, currency, amount } = checkout;
  const settled = ['COMPLETED', 'REFUNDED', 'PARTIALLY_REFUNDED'].includes(checkout.status);
  return {
    id: checkout.id,
    url: `https://payments.example/${checkout.id}`,
    amount,
    currency,
    network: checkout.network,
    address: checkout.address,
    tokenAddress: '0x833589fcd6edb6e08f4c7c32d4f71b54bda02913',
    description: 'Coffee',
    status: checkout.status,
    metadata: { orderId: checkout.orderId },
    createdAt: iso(checkout.createdAt),
    updatedAt: iso(checkout.updatedAt),
    expiresAt: iso(checkout.expiresAt),
    ...(transactionHash !== null && { transactionHash }),
    ...(settled && { settlement: { totalAmount: amount, feeAmount: '0.10', netAmount: '0.00', currency } }),
    ...(refunds.length > 0 && { refunds: refunds.map((refund) => refundJson(refund, checkout)) }),
  };
}

function refundJson({ createdAt, completedAt, ...refund }: CheckoutRefund, { id, currency }: Checkout) {
  return {
    ...refund,
    checkoutId: id,
    currency,
    createdAt: iso(createdAt),
    ...(completedAt !== null && { completedAt: iso(completedAt) }),
  };
}

function iso(time: number): string {
  return new Date(time).toISOString();
}
