/** What Crypto.com Pay would send about one payment, signed. Source: Crypto.com Pay API reference (payments, refunds, events). */
import { paySignature } from '../../../demo/processors/crypto-com-pay/webhook-signature.ts';
import { orderId } from '../../../gateway/order-id.ts';

export const SOURCE = 'cdc';
export const STORE = 'main';
/** In cents, as Crypto.com Pay counts. */
const PRICE_CENTS = 1999;
export const SECRET = 'whsec-fault-bench';

export type Step = 'created' | 'funded' | 'captured' | 'refund-requested' | 'refund-transferred';

/** One payment of 19.99 dollars in CRO. */
export interface BenchPayment {
  readonly id: string;
  readonly order: string;
  readonly reference: string;
  /** Gateway time, epoch milliseconds. */
  readonly createdAt: number;
}

export function benchPayment(id: string, reference: string, createdAt: number): BenchPayment {
  return { id, reference, createdAt, order: orderId(STORE, SOURCE, id) };
}

/** What asking for a payment brings out once the processor is so far. */
export function paymentAt({ payment, step }: { readonly payment: BenchPayment; readonly step: Step }): object {
  if (step === 'created' || step === 'funded') return paymentObject(payment, step);
  const refunded = step === 'refund-transferred';
  return { ...paymentObject(payment, 'captured'), refunded, amount_refunded: refunded ? PRICE_CENTS : 0 };
}

export function refundsAt({ payment, step }: { readonly payment: BenchPayment; readonly step: Step }): object[] {
  return isRefund(step) ? [refundObject(payment, step)] : [];
}

export interface Webhook {
  /** The processor's id of the event: the same one twice is the same delivery. */
  readonly delivery: string;
  readonly body: string;
}

export function webhook(payment: BenchPayment, step: Step): Webhook {
  const delivery = `${payment.id}-${step}`;
  const refund = isRefund(step);
  const type = refund ? `payment.${step.replace('-', '_')}` : `payment.${step === 'funded' ? 'created' : step}`;
  const body = JSON.stringify({
    id: delivery,
    object_type: refund ? 'refund' : 'payment',
    type,
    created: Math.floor(payment.createdAt / 1000),
    data: { object: refund ? refundObject(payment, step) : paymentObject(payment, step) },
  });
  return { delivery, body };
}

function isRefund(step: Step): boolean {
  return step === 'refund-requested' || step === 'refund-transferred';
}

/** @param now gateway time */
export function signedHeaders({ body }: Webhook, now: number): Record<string, string> {
  return { 'content-type': 'application/json', 'pay-signature': paySignature(SECRET, body, now) };
}

function paymentObject({ id, reference, createdAt }: BenchPayment, step: Step): object {
  const created = Math.floor(createdAt / 1000);
  const settled = step === 'captured';
  const fund = {
    txn_id: `0x${id}`,
    from_address: '0xpayer',
    deposit_address: `0xshop${id}`,
    currency: 'CRO',
    amount: '25.0',
    is_within_threshold: true,
    txn_created_at: new Date((created + 1) * 1000).toISOString(),
  };
  return {
    id,
    order_id: reference,
    amount: PRICE_CENTS,
    currency: 'USD',
    crypto_currency: 'CRO',
    crypto_amount: '25000000000000000000',
    live_mode: true,
    status: settled ? 'succeeded' : 'pending',
    captured: settled,
    created,
    expired_at: created + 900,
    current_inbound_fund: step === 'created' ? null : fund,
  };
}

function refundObject({ id, reference, createdAt }: BenchPayment, step: Step): object {
  return {
    id: `${id}-refund`,
    payment_id: id,
    order_id: reference,
    amount: PRICE_CENTS,
    currency: 'USD',
    status: step === 'refund-transferred' ? 'succeeded' : 'pending',
    created: Math.floor(createdAt / 1000),
  };
}
