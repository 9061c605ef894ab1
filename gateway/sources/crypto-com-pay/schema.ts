/**
 * What Crypto.com Pay sends: only what an order cannot do without is required.
 * Sources: Crypto.com Pay API reference (payments, refunds, events) and the payment object in Crypto.com's own SDKs.
 */
import { z } from 'zod';
import { anyObject, currencyCode, instant, lenient, numeral, text } from '../lossless-json.ts';

const inboundFundSchema = z.object({
  txn_id: text,
  from_address: text,
  deposit_address: text,
  /** A symbol, at times with its network behind it: `CRO_CRONOS`. */
  currency: z.string().min(1).max(32),
  amount: numeral,
  is_within_threshold: lenient(z.boolean()),
  txn_created_at: lenient(instant),
  created_at: lenient(instant),
});
export type InboundFund = z.infer<typeof inboundFundSchema>;

export const paymentObjectSchema = z.object({
  id: z.string().min(1).max(128),
  amount: numeral,
  currency: currencyCode,
  status: z.string(),
  crypto_currency: lenient(z.string().min(1).max(32)),
  crypto_amount: lenient(numeral),
  captured: lenient(z.boolean()),
  refunded: lenient(z.boolean()),
  amount_refunded: lenient(numeral),
  expired: lenient(z.boolean()),
  live_mode: lenient(z.boolean()),
  /** The shop's own number, at times a number indeed. */
  order_id: lenient(numeral),
  metadata: lenient(anyObject),
  customer_provided_info: lenient(anyObject),
  payment_source: text,
  pay_method: text,
  deposit_address: text,
  created: lenient(instant),
  settled_at: lenient(instant),
  expired_at: lenient(instant),
  time_window: lenient(numeral),
  current_inbound_fund: lenient(inboundFundSchema),
});
export type PaymentObject = z.infer<typeof paymentObjectSchema>;

export const refundObjectSchema = z.object({
  id: z.string().min(1).max(256),
  payment_id: z.string().min(1).max(128),
  amount: numeral,
  currency: currencyCode,
  status: lenient(z.string()),
  live_mode: lenient(z.boolean()),
  order_id: lenient(numeral),
  created: lenient(instant),
});
export type RefundObject = z.infer<typeof refundObjectSchema>;

export const envelopeSchema = z.object({
  id: z.string().min(1).max(256),
  object_type: text,
  type: z.string().min(1),
  created: lenient(instant),
  data: z.object({ object: anyObject }),
});
export type Envelope = z.infer<typeof envelopeSchema>;
