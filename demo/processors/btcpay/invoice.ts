/**
 * An invoice at the pretend BTCPay Server, and what can happen to it: pure, times in unix seconds as arguments.
 * Source: BTCPay Server, Greenfield API reference (invoices).
 */
import { pointed } from './decimal.ts';

export interface BtcPayMethod {
  /** `BTC-CHAIN` or `BTC-LN`. */
  readonly id: string;
  readonly destination: string;
  /** What is due, in units of `decimals`. */
  readonly due: bigint;
  readonly decimals: number;
}

export interface BtcPayPayment {
  /** `<txid>-<output>`, for Lightning the payment's hash. */
  readonly id: string;
  readonly method: string;
  readonly value: bigint;
  readonly receivedAt: number;
  readonly settled: boolean;
  /** False once another transaction took its place. */
  readonly accounted: boolean;
}

export interface BtcPayInvoice {
  readonly id: string;
  readonly orderId: string;
  readonly currency: string;
  readonly amount: string;
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly monitoredUntil: number;
  readonly methods: readonly BtcPayMethod[];
  readonly payments: readonly BtcPayPayment[];
  readonly status: 'New' | 'Processing' | 'Expired' | 'Invalid' | 'Settled';
  readonly additional: 'None' | 'PaidLate' | 'PaidPartial' | 'Marked' | 'PaidOver' | 'Invalid';
}

/** How much of the invoice is paid, in millionths, over all methods. */
export function paidShare({ methods, payments }: BtcPayInvoice): bigint {
  return payments.reduce((sum, { method, value, accounted }) => {
    const due = methods.find(({ id }) => id === method)?.due ?? 1n;
    return accounted ? sum + (value * 1_000_000n) / due : sum;
  }, 0n);
}

const WHOLE = 1_000_000n;

export function isPaid(invoice: BtcPayInvoice): boolean {
  return paidShare(invoice) >= WHOLE;
}

/**
 * Status from the payments, as BTCPay Server takes it. What a person marked, and what ended, stays; only that an expired
 * invoice was paid late is still noted.
 */
export function reckoned(invoice: BtcPayInvoice): BtcPayInvoice {
  const share = paidShare(invoice);
  const part = share > 0n ? 'PaidPartial' : 'None';
  switch (invoice.status) {
    case 'New':
    case 'Processing': {
      if (share < WHOLE) return { ...invoice, status: 'New', additional: part };
      const counted = invoice.payments.filter(({ accounted }) => accounted);
      const status = counted.every(({ settled }) => settled) ? 'Settled' : 'Processing';
      return { ...invoice, status, additional: share > WHOLE ? 'PaidOver' : 'None' };
    }
    case 'Expired':
      return { ...invoice, additional: share >= WHOLE ? 'PaidLate' : part };
    default:
      return invoice;
  }
}

export function withPayment(invoice: BtcPayInvoice, payment: BtcPayPayment): BtcPayInvoice {
  return reckoned({ ...invoice, payments: [...invoice.payments.filter(({ id }) => id !== payment.id), payment] });
}

/** The end of its time: what is not paid by then is expired. */
export function expired(invoice: BtcPayInvoice): BtcPayInvoice {
  return invoice.status === 'New' ? reckoned({ ...invoice, status: 'Expired' }) : invoice;
}

/** The end of the time it is watched: what is not confirmed by then is invalid. */
export function unmonitored(invoice: BtcPayInvoice): BtcPayInvoice {
  return invoice.status === 'Processing' ? { ...invoice, status: 'Invalid', additional: 'None' } : invoice;
}

/** As the API shows it. */
export function invoiceJson(invoice: BtcPayInvoice, storeId: string) {
  return {
    id: invoice.id,
    storeId,
    amount: invoice.amount,
    currency: invoice.currency,
    type: 'Standard',
    checkoutLink: `https://btcpay.example/i/${invoice.id}`,
    createdTime: invoice.createdAt,
    expirationTime: invoice.expiresAt,
    monitoringExpiration: invoice.monitoredUntil,
    status: invoice.status,
    additionalStatus: invoice.additional,
    availableStatusesForManualMarking: ['Settled', 'Invalid'],
    archived: false,
    metadata: { orderId: invoice.orderId },
    checkout: { speedPolicy: 'MediumSpeed', paymentTolerance: 0 },
  };
}

/** @param accountedOnly leaves out payments whose place another took, as the interface does by default */
export function methodsJson(invoice: BtcPayInvoice, accountedOnly: boolean) {
  return invoice.methods.map((method) => {
    const payments = invoice.payments.filter((each) => each.method === method.id && (each.accounted || !accountedOnly));
    return {
      paymentMethodId: method.id,
      currency: 'BTC',
      destination: method.destination,
      amount: pointed(method.due, method.decimals),
      activated: true,
      payments: payments.map((payment) => paymentJson(payment, method)),
    };
  });
}

export function paymentJson(payment: BtcPayPayment, { destination, decimals }: BtcPayMethod) {
  return {
    id: payment.id,
    receivedDate: payment.receivedAt,
    value: pointed(payment.value, decimals),
    fee: '0',
    status: payment.accounted ? (payment.settled ? 'Settled' : 'Processing') : 'Invalid',
    destination,
  };
}
