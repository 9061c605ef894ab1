/**
 * What BTCPay Server sends and answers: only what an order cannot do without is required. Version 2 renamed
 * `paymentMethod` to `paymentMethodId` and `cryptoCode` to `currency`; both are read.
 * Source: BTCPay Server's Greenfield API reference and its client models.
 */
import { z } from 'zod';
import { anyObject, currencyCode, instant, lenient, numeral, text } from '../lossless-json.ts';

const paymentSchema = z.object({
  /** On chain `<txid>-<output>`; for Lightning the payment's hash. */
  id: z.string().min(1).max(200),
  receivedDate: lenient(instant),
  value: numeral,
  /** `Invalid`, `Processing` or `Settled`; older versions call an unconfirmed payment `Invalid`. */
  status: text,
  destination: text,
});
export type PaymentObject = z.infer<typeof paymentSchema>;

const methodSchema = z.object({
  paymentMethodId: text,
  paymentMethod: text,
  currency: text,
  cryptoCode: text,
  destination: text,
  /** What is due by this method in all. */
  amount: lenient(numeral),
  activated: lenient(z.boolean()),
  payments: lenient(z.array(paymentSchema)),
});
export type MethodObject = z.infer<typeof methodSchema>;
export const methodsSchema = z.array(methodSchema).max(200);

export const invoiceStatuses = ['New', 'Processing', 'Expired', 'Invalid', 'Settled'] as const;
export type InvoiceStatus = (typeof invoiceStatuses)[number];

export const invoiceSchema = z.object({
  id: z.string().min(1).max(128),
  status: z.enum(invoiceStatuses),
  additionalStatus: lenient(z.string()),
  /** Null of a top-up invoice, which takes whatever comes. */
  amount: lenient(numeral),
  currency: currencyCode,
  createdTime: instant,
  expirationTime: lenient(instant),
  metadata: lenient(anyObject),
  checkout: lenient(z.object({ paymentTolerance: lenient(numeral) })),
  /** In a list that was asked for them. */
  paymentMethods: lenient(methodsSchema),
});
export type InvoiceObject = z.infer<typeof invoiceSchema>;

export const webhookSchema = z.object({
  deliveryId: z.string().min(1).max(256),
  originalDeliveryId: lenient(z.string().min(1).max(256)),
  type: z.string().min(1).max(128),
  timestamp: lenient(instant),
  storeId: text,
  invoiceId: text,
  manuallyMarked: lenient(z.boolean()),
  paymentMethodId: text,
  paymentMethod: text,
  payment: lenient(paymentSchema),
});
export type WebhookObject = z.infer<typeof webhookSchema>;
