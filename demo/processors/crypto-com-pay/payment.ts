/**
 * A payment at the pretend Crypto.com Pay, and what can happen to it: pure, times in unix seconds as arguments. Amounts
 * are base units as decimal strings, because some exceed 2^53.
 * Source: Crypto.com Pay API reference (payments, refunds).
 */
export interface InboundFund {
  readonly txnId: string;
  readonly from: string;
  /** Decimal in the major unit, always with a point. */
  readonly amount: string;
  readonly currency: string;
  readonly mismatch: 'Underpaid' | 'Overpaid' | 'Late' | null;
  readonly at: number;
}

export interface ProcessorRefund {
  readonly id: string;
  readonly paymentId: string;
  readonly amount: string;
  readonly currency: string;
  readonly reason: string;
  readonly status: 'pending' | 'succeeded';
  readonly created: number;
}

export interface ProcessorPayment {
  readonly id: string;
  readonly orderId: string;
  readonly currency: string;
  readonly amount: string;
  readonly cryptoCurrency: string;
  readonly cryptoAmount: string;
  readonly depositAddress: string;
  readonly method: string;
  readonly description: string;
  readonly customerName: string | null;
  readonly customerEmail: string | null;
  readonly liveMode: boolean;
  readonly created: number;
  /** Seconds within which it is to be paid. */
  readonly timeWindow: number;
  readonly status: 'pending' | 'succeeded' | 'cancelled';
  readonly settledAt: number | null;
  readonly inbound: InboundFund | null;
  readonly refunds: readonly ProcessorRefund[];
}

export function expiresAt({ created, timeWindow }: ProcessorPayment): number {
  return created + timeWindow;
}

export function funded(payment: ProcessorPayment, inbound: InboundFund): ProcessorPayment {
  return { ...payment, inbound };
}

export function captured(payment: ProcessorPayment, at: number): ProcessorPayment {
  return { ...payment, status: 'succeeded', settledAt: at };
}

export function refundable({ amount, refunds }: ProcessorPayment): bigint {
  return refunds.reduce((left, refund) => left - BigInt(refund.amount), BigInt(amount));
}

export function withRefund(payment: ProcessorPayment, refund: ProcessorRefund): ProcessorPayment {
  return { ...payment, refunds: [...payment.refunds.filter(({ id }) => id !== refund.id), refund] };
}

/** As the API and the webhooks show it. @param now unix seconds; bigint where a number may exceed 2^53 */
export function paymentJson(payment: ProcessorPayment, now: number) {
  const settled = payment.status === 'succeeded';
  const back = BigInt(payment.amount) - refundable(payment);
  const open = payment.status === 'pending' && now < expiresAt(payment);
  return {
    id: payment.id,
    amount: BigInt(payment.amount),
    original_amount: BigInt(payment.amount),
    amount_refunded: back,
    currency: payment.currency,
    crypto_currency: payment.cryptoCurrency,
    crypto_amount: payment.cryptoAmount,
    status: payment.status,
    captured: settled,
    refunded: back > 0n,
    expired: payment.status === 'pending' && !open,
    live_mode: payment.liveMode,
    order_id: payment.orderId,
    description: payment.description,
    metadata: payment.customerName === null ? {} : { customer_name: payment.customerName },
    customer_provided_info: payment.customerEmail === null ? null : { email: payment.customerEmail },
    recipient: 'Main street',
    payment_url: `https://pay.example/${payment.id}`,
    return_url: '',
    cancel_url: '',
    payment_source: 'on_chain_payment',
    payment_type: 'one_time',
    pay_method: payment.method,
    deposit_address: payment.depositAddress,
    created: payment.created,
    settled_at: payment.settledAt,
    expired_at: expiresAt(payment),
    time_window: payment.timeWindow,
    remaining_time: open ? expiresAt(payment) - now : 0,
    current_inbound_fund: payment.inbound === null ? null : inboundJson(payment, payment.inbound),
  };
}

function inboundJson(payment: ProcessorPayment, inbound: InboundFund) {
  return {
    txn_id: inbound.txnId,
    from_address: inbound.from,
    deposit_address: payment.depositAddress,
    currency: inbound.currency,
    amount: inbound.amount,
    status: payment.status === 'succeeded' ? 'succeeded' : 'pending',
    confirmed: payment.status === 'succeeded',
    mismatched_reason: inbound.mismatch,
    is_within_threshold: inbound.mismatch === null,
    txn_created_at: new Date(inbound.at * 1000).toISOString(),
  };
}

export function refundJson(refund: ProcessorRefund) {
  return {
    id: refund.id,
    payment_id: refund.paymentId,
    amount: BigInt(refund.amount),
    currency: refund.currency,
    reason: refund.reason,
    description: '',
    status: refund.status,
    created: refund.created,
  };
}
