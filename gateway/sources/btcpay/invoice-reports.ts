/** An invoice with its payment methods → reports. Each decides on the order as the one before it left it. */
import type { Report } from '../../ledger.ts';
import { orderId } from '../../order-id.ts';
import { orderReport } from '../order-report.ts';
import type { Authority } from '../order-report.ts';
import { expiredReport, invalidReport } from './ending-report.ts';
import type { BtcPayOptions } from './options.ts';
import { mapOrder, methodName } from './order-fact.ts';
import { paymentFact } from './payment-fact.ts';
import { paymentReport, vanishedReport } from './payment-report.ts';
import type { InvoiceObject, MethodObject, PaymentObject } from './schema.ts';
import { settlementReport, unsettledReport } from './settlement-report.ts';
import { aboutOf } from './sight.ts';
import type { InvoiceSight, SeenPayment } from './sight.ts';

/**
 * @param methods with the payments that BTCPay Server accounts for
 * @param askedAt the gateway's time when it asked, epoch milliseconds
 * @throws AmountError when an amount is not what is documented
 */
export function invoiceReports(
  options: BtcPayOptions,
  invoice: InvoiceObject,
  methods: readonly MethodObject[],
  askedAt: number,
): Report[] {
  const order = orderId(options.store, options.id, invoice.id);
  const payments = methods.flatMap((method) => paymentsOf(options, invoice, method));
  const sight: InvoiceSight = { options, order, sent: null, invoice, payments, askedAt };
  const settles = invoice.status === 'Settled';
  return [
    orderReport(order, mapOrder(invoice, methods, options), authorityOf(invoice), {
      about: aboutOf(sight),
      occurred: null,
    }),
    ...payments.map((seen) => paymentReport(sight, seen, seen.settled || settles ? 'settled' : 'current')),
    vanishedReport(sight),
    settlementReport(sight),
    unsettledReport(sight),
    ...endings(sight),
  ];
}

function authorityOf({ status }: InvoiceObject): Authority {
  if (status === 'Settled') return 'sealing';
  return status === 'Invalid' ? 'final' : 'current';
}

function endings(sight: InvoiceSight): Report[] {
  const { status, additionalStatus } = sight.invoice;
  if (status === 'Expired') return [expiredReport(sight)];
  return status === 'Invalid' ? [invalidReport(sight, additionalStatus === 'Marked', null)] : [];
}

function paymentsOf(options: BtcPayOptions, invoice: InvoiceObject, method: MethodObject): SeenPayment[] {
  const name = methodName(method);
  if (name === null) return [];
  const counted = (method.payments ?? []).filter((payment) => isCounted(invoice, method, payment));
  return counted.map((payment) => seenPayment(options, invoice.id, name, payment));
}

/** @throws AmountError when the value is no amount of the method's asset */
export function seenPayment(
  options: BtcPayOptions,
  invoice: string,
  method: string,
  payment: PaymentObject,
): SeenPayment {
  const fact = paymentFact(invoice, method, payment, options);
  return { fact, receivedAt: payment.receivedDate ?? null, settled: payment.status === 'Settled' };
}

/**
 * A payment that is `Invalid` is not accounted for: another took its place. Versions before 2, which name the method
 * otherwise, also call money so that they wait for, unless the invoice itself says that there is none.
 */
function isCounted({ status, additionalStatus }: InvoiceObject, method: MethodObject, payment: PaymentObject): boolean {
  if (payment.status !== 'Invalid') return true;
  return method.paymentMethodId === undefined && (status !== 'New' || additionalStatus === 'PaidPartial');
}
