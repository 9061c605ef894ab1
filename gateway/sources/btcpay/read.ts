/**
 * Deliveries → reports. A delivery names its invoice and little else, so it is a hint before all: the invoice is fetched
 * next. What it says by itself is taken where that can't be stale; what it does not know is left to the fetch.
 */
import { z } from 'zod';
import type { Report } from '../../ledger.ts';
import { orderId } from '../../order-id.ts';
import { AmountError } from '../amount.ts';
import { parseLossless, wrongFields } from '../lossless-json.ts';
import { UnreadableDelivery } from '../source.ts';
import type { RawDelivery, Reading } from '../source.ts';
import { expiredReport, invalidReport } from './ending-report.ts';
import { seenPayment } from './invoice-reports.ts';
import type { BtcPayOptions } from './options.ts';
import { paymentReport } from './payment-report.ts';
import { webhookSchema } from './schema.ts';
import type { WebhookObject } from './schema.ts';
import { settledReport } from './settlement-report.ts';
import type { Sight } from './sight.ts';

/** @throws UnreadableDelivery when the body is not a delivery as documented */
export function readDelivery(options: BtcPayOptions, delivery: RawDelivery): Reading {
  try {
    const webhook = webhookSchema.parse(parseLossless(delivery.body));
    const dedupeKey = webhook.originalDeliveryId ?? webhook.deliveryId;
    return isOurs(webhook, options)
      ? { dedupeKey, reports: reportsOf(options, webhook), about: [webhook.invoiceId] }
      : { dedupeKey, reports: [] };
  } catch (error) {
    throw new UnreadableDelivery(explained(error), { cause: error });
  }
}

/**
 * BTCPay Server also tells of payouts, subscriptions and other stores, which are no orders here; and its "test" button
 * names an invoice that does not exist.
 */
function isOurs(
  webhook: WebhookObject,
  { storeId }: BtcPayOptions,
): webhook is WebhookObject & { readonly invoiceId: string } {
  const { invoiceId } = webhook;
  if (invoiceId === undefined || invoiceId.length > 128 || invoiceId.startsWith('__test__')) return false;
  return webhook.storeId === undefined || webhook.storeId === storeId;
}

function reportsOf(options: BtcPayOptions, webhook: WebhookObject & { readonly invoiceId: string }): Report[] {
  const sent = webhook.timestamp ?? null;
  const sight: Sight = { options, order: orderId(options.store, options.id, webhook.invoiceId), sent };
  switch (webhook.type) {
    case 'InvoiceReceivedPayment':
    case 'InvoicePaymentSettled':
      return paymentReports(sight, webhook);
    case 'InvoiceSettled':
      return [settledReport(sight)];
    case 'InvoiceInvalid':
      return [invalidReport(sight, webhook.manuallyMarked === true, sent)];
    case 'InvoiceExpired':
    case 'InvoiceExpiredPaidPartial':
      return [expiredReport(sight)];
    default:
      return [];
  }
}

function paymentReports(sight: Sight, webhook: WebhookObject & { readonly invoiceId: string }): Report[] {
  const { payment, paymentMethodId, paymentMethod, invoiceId } = webhook;
  const method = paymentMethodId ?? paymentMethod;
  // Older versions call a payment that just came `Invalid`; whether it is, the fetch tells.
  if (!payment || method === undefined || payment.status === 'Invalid') return [];
  return [paymentReport(sight, seenPayment(sight.options, invoiceId, method, payment), 'first')];
}

/** Why a body could not be read, without repeating it: it may hold customer data. */
function explained(error: unknown): string {
  if (error instanceof z.ZodError) return wrongFields(error);
  if (error instanceof AmountError) return error.message;
  return error instanceof SyntaxError || error instanceof TypeError ? 'not UTF-8 JSON' : 'unexpected structure';
}
