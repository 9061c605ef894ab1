/**
 * The pretend BTCPay Server: its invoices, and the webhooks they cause. As with the real one, a transaction that is
 * replaced takes an invoice back from Processing to New without a word, and an invoice that is paid late stays expired.
 */
import type { Random } from '../../clock/random.ts';
import type { Timers } from '../../clock/timers.ts';
import { expired, isPaid, paymentJson, reckoned, unmonitored, withPayment } from './invoice.ts';
import type { BtcPayInvoice, BtcPayMethod, BtcPayPayment } from './invoice.ts';

/** The body of a webhook before it is signed. */
export interface BtcPayEvent {
  readonly deliveryId: string;
  readonly webhookId: string;
  readonly originalDeliveryId: string;
  readonly isRedelivery: boolean;
  readonly type: string;
  /** Unix seconds. */
  readonly timestamp: number;
  readonly storeId: string;
  readonly invoiceId: string;
  readonly metadata: object;
  readonly [field: string]: unknown;
}

export interface InvoiceRequest {
  readonly orderId: string;
  readonly currency: string;
  readonly amount: string;
  readonly methods: readonly BtcPayMethod[];
  /** 15 min and 24 h by default, as at the real one. */
  readonly lifeSeconds?: number;
  readonly monitoredSeconds?: number;
}

export interface BtcPayParts {
  readonly storeId: string;
  readonly random: Random;
  readonly timers: Timers;
  readonly onWebhook: (event: BtcPayEvent) => void;
}

const LIFE_SECONDS = 15 * 60;
const MONITORED_SECONDS = 1440 * 60;
const WEBHOOK_ID = 'pretendWebhook';

export class PretendBtcPay {
  readonly #parts: BtcPayParts;
  readonly #invoices = new Map<string, BtcPayInvoice>();

  constructor(parts: BtcPayParts) {
    this.#parts = parts;
  }

  get storeId(): string {
    return this.#parts.storeId;
  }

  /** Newest first. */
  invoices(): BtcPayInvoice[] {
    return [...this.#invoices.values()].toReversed();
  }

  invoice(id: string): BtcPayInvoice | undefined {
    return this.#invoices.get(id);
  }

  create(request: InvoiceRequest): BtcPayInvoice {
    const { lifeSeconds = LIFE_SECONDS, monitoredSeconds = MONITORED_SECONDS, ...given } = request;
    const createdAt = this.#now();
    const expiresAt = createdAt + lifeSeconds;
    const monitoredUntil = expiresAt + monitoredSeconds;
    const id = this.#parts.random.hex(11);
    const fresh = { status: 'New', additional: 'None', payments: [] } as const;
    const invoice: BtcPayInvoice = { ...given, ...fresh, id, createdAt, expiresAt, monitoredUntil };
    this.#invoices.set(id, invoice);
    this.#tell('InvoiceCreated', invoice);
    this.#parts.timers.after(lifeSeconds * 1000, () => this.#expire(id));
    this.#parts.timers.after((lifeSeconds + monitoredSeconds) * 1000, () => this.#endMonitoring(id));
    return invoice;
  }

  /**
   * Money comes, unconfirmed on chain, final by Lightning.
   * @param paymentId `<txid>-<output>` of a transaction that is on a chain; one of nobody's by default
   */
  pay(id: string, methodId: string, value: bigint, paymentId?: string): BtcPayPayment {
    const invoice = this.#known(id);
    const method = methodOf(invoice, methodId);
    const lightning = methodId.endsWith('-LN');
    const hash = this.#parts.random.hex(32);
    const payment: BtcPayPayment = {
      id: paymentId ?? (lightning ? hash : `${hash}-${this.#parts.random.between(0, 3)}`),
      method: methodId,
      value,
      receivedAt: this.#now(),
      settled: lightning,
      accounted: true,
    };
    const afterExpiration = invoice.status === 'Expired';
    const paid = this.#put(withPayment(invoice, payment));
    const shown = { afterExpiration, paymentMethodId: methodId, payment: paymentJson(payment, method) };
    this.#tell('InvoiceReceivedPayment', paid, shown);
    if (afterExpiration && isPaid(paid)) this.#tell('InvoicePaidAfterExpiration', paid);
    if (lightning) this.#tell('InvoicePaymentSettled', paid, shown);
    this.#moved(invoice, paid);
    return payment;
  }

  /** A payment has the confirmations that are asked for. */
  confirm(id: string, paymentId: string): void {
    const invoice = this.#known(id);
    const payment = invoice.payments.find((each) => each.id === paymentId);
    if (!payment || !payment.accounted || payment.settled) return;
    const after = this.#put(withPayment(invoice, { ...payment, settled: true }));
    const method = methodOf(invoice, payment.method);
    this.#tell('InvoicePaymentSettled', after, {
      afterExpiration: invoice.status === 'Expired',
      paymentMethodId: payment.method,
      payment: paymentJson({ ...payment, settled: true }, method),
    });
    this.#moved(invoice, after);
  }

  /** Another transaction takes a payment's place, or spends it elsewhere: nothing is sent. */
  replace(id: string, paymentId: string): void {
    const invoice = this.#known(id);
    const payment = invoice.payments.find((each) => each.id === paymentId);
    if (payment && !payment.settled) this.#put(withPayment(invoice, { ...payment, accounted: false }));
  }

  /** A person says how it ended. */
  mark(id: string, status: 'Settled' | 'Invalid'): void {
    const invoice = this.#known(id);
    const marked = this.#put({ ...invoice, status, additional: 'Marked' });
    this.#tell(status === 'Settled' ? 'InvoiceSettled' : 'InvoiceInvalid', marked, { manuallyMarked: true });
  }

  /** Sent, and documented nowhere. */
  refund(id: string): void {
    this.#tell('InvoiceRefund', this.#known(id), { pullPaymentId: this.#parts.random.hex(11) });
  }

  #expire(id: string): void {
    const before = this.#known(id);
    const after = this.#put(expired(before));
    if (after.status === before.status) return;
    const partiallyPaid = after.additional === 'PaidPartial';
    this.#tell('InvoiceExpired', after, { partiallyPaid });
    if (partiallyPaid) this.#tell('InvoiceExpiredPaidPartial', after);
  }

  #endMonitoring(id: string): void {
    const before = this.#known(id);
    const after = this.#put(unmonitored(before));
    if (after.status !== before.status) this.#tell('InvoiceInvalid', after, { manuallyMarked: false });
  }

  #moved(before: BtcPayInvoice, after: BtcPayInvoice): void {
    if (before.status === after.status) return;
    const overPaid = after.additional === 'PaidOver';
    if (before.status === 'New') this.#tell('InvoiceProcessing', after, { overPaid });
    if (after.status === 'Settled') this.#tell('InvoiceSettled', after, { manuallyMarked: false, overPaid });
  }

  #put(invoice: BtcPayInvoice): BtcPayInvoice {
    this.#invoices.set(invoice.id, reckoned(invoice));
    return this.#known(invoice.id);
  }

  #known(id: string): BtcPayInvoice {
    const invoice = this.#invoices.get(id);
    if (!invoice) throw new RangeError(`no invoice ${id}`);
    return invoice;
  }

  #now(): number {
    return Math.floor(this.#parts.timers.now() / 1000);
  }

  #tell(type: string, { id, orderId }: BtcPayInvoice, fields: object = {}): void {
    const deliveryId = this.#parts.random.hex(11);
    this.#parts.onWebhook({
      ...fields,
      deliveryId,
      webhookId: WEBHOOK_ID,
      originalDeliveryId: deliveryId,
      isRedelivery: false,
      type,
      timestamp: this.#now(),
      storeId: this.#parts.storeId,
      invoiceId: id,
      metadata: { orderId },
    });
  }
}

function methodOf({ methods }: BtcPayInvoice, id: string): BtcPayMethod {
  const method = methods.find((each) => each.id === id);
  if (!method) throw new RangeError(`no payment method ${id}`);
  return method;
}
