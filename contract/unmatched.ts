/**
 * Money that came to the merchant and that no order explains beyond doubt. It waits, with the orders it may be for,
 * until a person gives it to one, or says that it is none.
 */
import { z } from 'zod';
import { actorSchema, blockSchema, nameSchema, paymentFactSchema, timeSchema } from './order.ts';

export const paymentIdSchema = z.string().min(1).max(256);
const orderId = z.string().min(1).max(64);

/**
 * Why an order may be meant: a code that stays the same, what it says in plain English, and what is in that text by name, so
 * that another language can say it. `Ms`: milliseconds.
 */
export const candidateReasonSchema = z.object({
  code: z.string().min(1).max(64),
  text: z.string().min(1).max(256),
  facts: z.record(z.string().max(64), z.string().max(256)).optional(),
});
export type CandidateReason = z.infer<typeof candidateReasonSchema>;

/** An order that money may be for. `score` is from 0 to 100 and only ranks: it is no probability. */
export const candidateSchema = z.object({
  order: orderId,
  reference: z.string().max(256),
  score: z.int().min(0).max(100),
  reasons: z.array(candidateReasonSchema).max(12),
});
export type Candidate = z.infer<typeof candidateSchema>;

export const CANDIDATES_MOST = 5;

/** What `payment.unmatched` says; it is said again when more is known of the same payment. */
export const unmatchedFactSchema = z.object({
  payment: paymentFactSchema,
  /** When it was first seen: by the block's time, or the gateway's while it was in the pool. */
  seenAt: timeSchema,
  /** As of when this was said; 0 while it is in no block. */
  confirmations: z.int().min(0),
  block: blockSchema.optional(),
  /** Best first. */
  candidates: z.array(candidateSchema).max(CANDIDATES_MOST),
});
export type UnmatchedFact = z.infer<typeof unmatchedFactSchema>;

/** `vanished`: its chain took it back, or the pool forgot it. */
export const unmatchedStates = ['open', 'attached', 'dismissed', 'vanished'] as const;

export const unmatchedPaymentSchema = unmatchedFactSchema.extend({
  id: paymentIdSchema,
  store: nameSchema,
  state: z.enum(unmatchedStates),
  /** The order that has it, once attached. */
  order: orderId.optional(),
  /** Why it was dismissed, or how it vanished. */
  reason: z.string().max(1000).optional(),
  /** Who attached or dismissed it; left out where the gateway did. */
  by: actorSchema.optional(),
  /** Time of the newest event about it, by the gateway's clock. */
  updatedAt: timeSchema,
  /** Sequence number of that event; the fold skips what is not newer. */
  updatedSeq: z.int().min(0),
});
export type UnmatchedPayment = z.infer<typeof unmatchedPaymentSchema>;

/** True while a person still has to decide. */
export function isUndecided(payment: UnmatchedPayment): boolean {
  return payment.state === 'open';
}
