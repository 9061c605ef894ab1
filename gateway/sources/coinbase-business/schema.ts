/**
 * A checkout, as the API answers it and as a webhook carries it, with its type beside.
 * Source: Coinbase Business, Checkouts API reference and checkout webhooks.
 */
import { z } from 'zod';
import { anyObject, currencyCode, instant, lenient, numeral, text } from '../lossless-json.ts';

export const checkoutStatuses = [
  'ACTIVE',
  'PROCESSING',
  'DEACTIVATED',
  'EXPIRED',
  'COMPLETED',
  'FAILED',
  'REFUNDED',
  'PARTIALLY_REFUNDED',
] as const;
export type CheckoutStatus = (typeof checkoutStatuses)[number];

const refundSchema = z.object({
  id: z.string().min(1).max(256),
  amount: numeral,
  currency: currencyCode,
  status: text,
  createdAt: lenient(instant),
  completedAt: lenient(instant),
});
export type RefundObject = z.infer<typeof refundSchema>;

export const checkoutSchema = z.object({
  id: z.string().min(1).max(128),
  status: z.enum(checkoutStatuses),
  amount: numeral,
  currency: currencyCode,
  network: text,
  address: text,
  tokenAddress: text,
  createdAt: instant,
  updatedAt: lenient(instant),
  expiresAt: lenient(instant),
  metadata: lenient(anyObject),
  settlement: lenient(z.object({ totalAmount: numeral, currency: z.string() })),
  transactionHash: text,
  refunds: lenient(z.array(refundSchema).max(1000)),
});
export type CheckoutObject = z.infer<typeof checkoutSchema>;

export const webhookSchema = checkoutSchema.extend({ eventType: z.string().min(1).max(128) });
