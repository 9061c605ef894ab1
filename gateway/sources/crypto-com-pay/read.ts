/** Deliveries and polled objects → reports. */
import { z } from 'zod';
import type { Report } from '../../ledger.ts';
import { orderId } from '../../order-id.ts';
import { AmountError } from '../amount.ts';
import { parseLossless } from '../lossless-json.ts';
import { orderReport } from '../order-report.ts';
import type { Authority } from '../order-report.ts';
import { UnreadableDelivery } from '../source.ts';
import type { RawDelivery, Reading } from '../source.ts';
import { endingReport, isCancelled } from './ending-report.ts';
import { mapOrder } from './order-fact.ts';
import { fundReport, namelessReport, settlementReport } from './fund-report.ts';
import type { CryptoComPayOptions } from './options.ts';
import { refundReports } from './refund-report.ts';
import { envelopeSchema, paymentObjectSchema, refundObjectSchema } from './schema.ts';
import type { Envelope, PaymentObject } from './schema.ts';
import { about } from './sight.ts';
import type { PaymentSight, Sight } from './sight.ts';
import { signedAt } from './signature.ts';

/** @throws UnreadableDelivery when the body is not an event as documented */
export function readDelivery(options: CryptoComPayOptions, delivery: RawDelivery): Reading {
  try {
    const envelope = envelopeSchema.parse(parseLossless(delivery.body));
    const { reports, about: refs } = eventReports(options, envelope, delivery);
    return { dedupeKey: envelope.id, reports, about: refs };
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

function eventReports(
  options: CryptoComPayOptions,
  envelope: Envelope,
  delivery: RawDelivery,
): Required<Omit<Reading, 'dedupeKey'>> {
  const made = envelope.created ?? null;
  const times = { occurred: made, sent: signedAt(delivery) ?? made, asOf: made ?? delivery.receivedAt };
  const { object } = envelope.data;
  if (!isOfPayments(envelope)) return { reports: [], about: [] };
  if (envelope.object_type === 'refund' || envelope.type.startsWith('payment.refund')) {
    const refund = refundObjectSchema.parse(object);
    const completed = envelope.type === 'payment.refund_transferred' && refund.status === 'succeeded';
    const reports = refundReports({ ...sight(options, refund.payment_id, times), refund, completed });
    return { reports, about: [refund.payment_id] };
  }
  const belongsTo = paymentOf(envelope);
  if (belongsTo !== null) return { reports: [], about: [belongsTo] };
  const payment = paymentObjectSchema.parse(object);
  const captured = envelope.type === 'payment.captured' || payment.status === 'succeeded' || payment.captured === true;
  return { reports: paymentReports({ ...sight(options, payment.id, times), payment, captured }), about: [payment.id] };
}

/** Endpoints may be told of everything, also of what is no payment: a subscription has an amount and a status, too. */
function isOfPayments({ object_type, type }: Envelope): boolean {
  return object_type === undefined ? type.startsWith('payment.') : /^(?:payment|refund)$/.test(object_type);
}

const ofPayments: ReadonlySet<string> = new Set(['payment.created', 'payment.captured']);

/** Of an undocumented event whose object names its payment, such as a dispute: that payment is asked for. */
function paymentOf({ type, data: { object } }: Envelope): string | null {
  const { payment_id: named, id } = object;
  return typeof named === 'string' && named !== id && !ofPayments.has(type) ? named.slice(0, 128) : null;
}

function sight(options: CryptoComPayOptions, paymentId: string, times: Omit<Sight, 'options' | 'order'>): Sight {
  return { options, order: orderId(options.store, options.id, paymentId), ...times };
}

/** Each report decides on the order as the one before it left it. */
function paymentReports(seen: PaymentSight): Report[] {
  const fund = seen.payment.current_inbound_fund;
  const mapped = mapOrder(seen.payment, seen.options, seen.asOf);
  const told = { about: (occurred: number | null) => about(seen, occurred), occurred: seen.occurred };
  return [
    orderReport(seen.order, mapped, authorityOf(seen), told),
    ...(fund ? [fundReport(seen, fund)] : []),
    ...(seen.captured ? [settlementReport(seen)] : []),
    namelessReport(seen),
    endingReport(seen),
  ];
}

/** A captured or cancelled payment does not change any more. */
function authorityOf({ payment, captured, occurred }: PaymentSight): Authority {
  if (captured || isCancelled(payment)) return 'sealing';
  return occurred === null ? 'current' : 'first';
}

/** Why a body could not be read, without repeating it: it may hold customer data. */
function explained(error: unknown): string {
  if (error instanceof z.ZodError) return error.issues.map(({ path, code }) => `${path.join('.')}: ${code}`).join('; ');
  if (error instanceof AmountError) return error.message;
  return error instanceof SyntaxError || error instanceof TypeError ? 'not UTF-8 JSON' : 'unexpected structure';
}
