/** Deliveries and polled objects → reports. */
import { z } from 'zod';
import type { Report } from '../../ledger.ts';
import { orderId } from '../../order-id.ts';
import { UnreadableDelivery } from '../source.ts';
import type { RawDelivery, Reading } from '../source.ts';
import { AmountError } from './amount.ts';
import { endingReport } from './ending-report.ts';
import { fundReport, namelessReport, settlementReport } from './fund-report.ts';
import type { CryptoComPayOptions } from './options.ts';
import { orderReport } from './order-report.ts';
import { refundReports } from './refund-report.ts';
import { envelopeSchema, parseLossless, paymentObjectSchema, refundObjectSchema } from './schema.ts';
import type { Envelope, PaymentObject } from './schema.ts';
import type { PaymentSight, Sight } from './sight.ts';
import { signedAt } from './signature.ts';

/** @throws UnreadableDelivery when the body is not an event as documented */
export function readDelivery(options: CryptoComPayOptions, delivery: RawDelivery): Reading {
  try {
    const envelope = envelopeSchema.parse(parseLossless(delivery.body));
    return { dedupeKey: envelope.id, reports: eventReports(options, envelope, delivery) };
  } catch (error) {
    throw new UnreadableDelivery(explained(error), { cause: error });
  }
}

/**
 * A payment object a poll answered with.
 * @param asOf the gateway's time of the answer, epoch milliseconds
 * @throws AmountError when an amount is not what is documented
 */
export function polledReports(options: CryptoComPayOptions, payment: PaymentObject, asOf: number): Report[] {
  const order = orderId(options.store, options.id, payment.id);
  const captured = payment.status === 'succeeded' || payment.captured === true;
  return paymentReports({ options, order, occurred: null, sent: null, asOf, payment, captured });
}

function eventReports(options: CryptoComPayOptions, envelope: Envelope, delivery: RawDelivery): Report[] {
  const made = envelope.created ?? null;
  const times = { occurred: made, sent: signedAt(delivery) ?? made, asOf: made ?? delivery.receivedAt };
  const { object } = envelope.data;
  if (envelope.object_type === 'refund' || envelope.type.startsWith('payment.refund')) {
    const refund = refundObjectSchema.parse(object);
    const completed = envelope.type === 'payment.refund_transferred' && refund.status === 'succeeded';
    return refundReports({ ...sight(options, refund.payment_id, times), refund, completed });
  }
  const payment = paymentObjectSchema.parse(object);
  const captured = envelope.type === 'payment.captured' || payment.status === 'succeeded' || payment.captured === true;
  return paymentReports({ ...sight(options, payment.id, times), payment, captured });
}

function sight(options: CryptoComPayOptions, paymentId: string, times: Omit<Sight, 'options' | 'order'>): Sight {
  return { options, order: orderId(options.store, options.id, paymentId), ...times };
}

/** Each report decides on the order as the one before it left it. */
function paymentReports(seen: PaymentSight): Report[] {
  const fund = seen.payment.current_inbound_fund;
  return [
    orderReport(seen),
    ...(fund ? [fundReport(seen, fund)] : []),
    ...(seen.captured ? [settlementReport(seen)] : []),
    namelessReport(seen),
    endingReport(seen),
  ];
}

/** Why a body could not be read, without repeating it: it may hold customer data. */
function explained(error: unknown): string {
  if (error instanceof z.ZodError) return error.issues.map(({ path, code }) => `${path.join('.')}: ${code}`).join('; ');
  if (error instanceof AmountError) return error.message;
  return error instanceof SyntaxError || error instanceof TypeError ? 'not UTF-8 JSON' : 'unexpected structure';
}
