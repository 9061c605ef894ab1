/** Crypto.com Pay's side, written from its public documents: payments as objects, signed webhooks about them. */
import { createHmac, randomUUID } from 'node:crypto';
import { webhookSecret } from './gateway-server.ts';

export interface Payment {
  readonly id: string;
  readonly order_id: string;
  readonly amount: number;
  readonly currency: string;
  readonly crypto_currency: string;
  readonly crypto_amount: string;
  readonly live_mode: boolean;
  readonly status: 'pending' | 'succeeded';
  readonly captured: boolean;
  /** Unix seconds. */
  readonly created: number;
  readonly expired_at: number;
}

/** A payment of $19.99 that is waited for, with what a test changes. */
export function pendingPayment(reference: string, changes: Partial<Payment> = {}): Payment {
  const created = Math.floor(Date.now() / 1000);
  return {
    id: randomUUID(),
    order_id: reference,
    amount: 1999,
    currency: 'USD',
    crypto_currency: 'CRO',
    crypto_amount: '25000000000000000000',
    live_mode: true,
    status: 'pending',
    captured: false,
    created,
    expired_at: created + 600,
    ...changes,
  };
}

export class Processor {
  readonly #gateway: string;

  constructor(gateway: string) {
    this.#gateway = gateway;
  }

  created(payment: Payment): Promise<void> {
    return this.#send('payment.created', payment);
  }

  captured(payment: Payment): Promise<void> {
    return this.#send('payment.captured', { ...payment, status: 'succeeded', captured: true });
  }

  /** Of a payment whose own webhooks may never have come. */
  refundRequested(payment: Payment): Promise<void> {
    const { id, amount, currency } = payment;
    return this.#send('payment.refund_requested', { id: `refund-${id}`, payment_id: id, amount, currency }, 'refund');
  }

  async #send(type: string, object: object, object_type = 'payment'): Promise<void> {
    const now = Math.floor(Date.now() / 1000);
    const body = JSON.stringify({ id: randomUUID(), object_type, type, created: now, data: { object } });
    const v1 = createHmac('sha256', webhookSecret).update(`${now}.${body}`).digest('hex');
    const answer = await fetch(`${this.#gateway}/v1/webhooks/cdc`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'pay-signature': `t=${now},v1=${v1}` },
      body,
    });
    if (answer.status !== 200) throw new Error(`webhook refused: ${answer.status} ${await answer.text()}`);
  }
}
