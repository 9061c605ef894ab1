/** What an order is: the shape that the gateway projects, the desk stores, the screen shows and a replay rebuilds. */
import { z } from 'zod';
import { BASE_UNITS_PATTERN, BASE_UNITS_SUM_PATTERN, DECIMAL_PATTERN } from './money.ts';

/** Epoch milliseconds. */
export const timeSchema = z.int().min(0).max(8_640_000_000_000_000);
/** Identifier of a store, source or chain as configuration and paths carry it. */
export const nameSchema = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$/, 'letters, digits and . _ : -, a letter or digit first, at most 64');
export const baseUnitsSchema = z
  .string()
  .regex(BASE_UNITS_PATTERN, 'a whole number as text, such as "8000000000000000"');
export const decimalSchema = z.string().regex(DECIMAL_PATTERN, 'a decimal number as text, such as "19.99"');
const shortText = z.string().max(512);

/** Source of the orders that the shop posts itself; they are paid straight to their addresses, and no processor tells of them. */
export const DIRECT_SOURCE = 'direct';

export const orderStatuses = [
  'awaiting',
  'detected',
  'confirming',
  'paid',
  'expired',
  'failed',
  'cancelled',
  'refunding',
  'refunded',
] as const;
export const orderStatusSchema = z.enum(orderStatuses);
export type OrderStatus = z.infer<typeof orderStatusSchema>;

/** Flags the fold derives from the payments themselves. */
export const moneyFlags = ['underpaid', 'overpaid', 'late', 'multiple', 'wrong-asset'] as const;
/** Flags the gateway's diagnosis derives and `diagnosis.changed` carries; the fold copies them. */
export const chainFlags = [
  'replaced',
  'dropped',
  'reorged',
  'reverted',
  'fee-too-low',
  'nonce-gap',
  'witness-conflict',
] as const;
export const flagSchema = z.enum([...moneyFlags, ...chainFlags]);
export type Flag = z.infer<typeof flagSchema>;

export const verdicts = ['wait', 'release', 'hold', 'test'] as const;
export const verdictSchema = z.enum(verdicts);
export type Verdict = z.infer<typeof verdictSchema>;

/** `decimals: null` says that the currency is unknown and the amount is therefore in its smallest unit. */
export const priceSchema = z.object({
  currency: z.string().min(1).max(16),
  amount: decimalSchema,
  decimals: z.null().optional(),
});
export type Price = z.infer<typeof priceSchema>;

export const customerSchema = z.object({ name: z.string().max(256).optional(), email: z.string().max(320).optional() });
/** What is known of a customer: also what the shop told with the order, because that may be personal too. */
export const knownCustomerSchema = customerSchema.extend({
  metadata: z.record(z.string(), z.unknown()).optional(),
});
export type Customer = z.infer<typeof knownCustomerSchema>;

/**
 * One way to pay an order; any one of an order's ways settles it. `amount` is what is due in base units. `minimum` is
 * the least that is taken as paid where the store tolerates less. `chain` is a CAIP-2 id, null where the processor's
 * network is not known. `asset` is `native`, `erc20:0x…`, or the processor's symbol in lower case.
 */
export const payOptionSchema = z.object({
  chain: nameSchema.nullable(),
  asset: z.string().min(1).max(128),
  symbol: z.string().min(1).max(32),
  decimals: z.int().min(0).max(36).nullable(),
  address: z.string().max(128).nullable(),
  amount: baseUnitsSchema,
  minimum: baseUnitsSchema.optional(),
});
export type PayOption = z.infer<typeof payOptionSchema>;

export const blockSchema = z.object({ number: z.int().min(0), hash: z.string().max(128) });
export type Block = z.infer<typeof blockSchema>;

export const paymentStates = ['seen', 'confirming', 'settled', 'replaced', 'dropped', 'reverted', 'reorged'] as const;
export const paymentStateSchema = z.enum(paymentStates);
export type PaymentState = z.infer<typeof paymentStateSchema>;

/** Money that somebody saw: `witness` says who. `amount` is base units; decimals null where the asset is unknown. */
export const paymentFactSchema = z.object({
  id: z.string().min(1).max(256),
  chain: nameSchema.nullable(),
  asset: z.string().min(1).max(128),
  symbol: z.string().min(1).max(32),
  decimals: z.int().min(0).max(36).nullable(),
  amount: baseUnitsSchema,
  txHash: z.string().max(128).nullable(),
  from: z.string().max(128).optional(),
  to: z.string().max(128).optional(),
  required: z.int().min(0).nullable(),
  witness: z.enum(['processor', 'node']),
  /** What the payer wrote into the transaction: a memo, a destination tag, a payment id. */
  memo: z.string().max(256).optional(),
  /**
   * Who signed the transaction, with which nonce: what replaces it has the same pair. Where a node showed it. On Bitcoin
   * `by` is the first output that it spends, `txid:vout`, and `nonce` is 0.
   */
  signed: z.object({ by: z.string().max(128), nonce: z.int().min(0) }).optional(),
});
export type PaymentFact = z.infer<typeof paymentFactSchema>;

/** What one witness says of a payment, and since when by the gateway's clock; `lostAt`: it took its word back. */
export const wordSchema = z.object({ at: timeSchema, settledAt: timeSchema.optional(), lostAt: timeSchema.optional() });

export const paymentSchema = paymentFactSchema.extend({
  confirmations: z.int().min(0).nullable(),
  state: paymentStateSchema,
  /** When it was first seen, by the source's own time where it gives one. */
  seenAt: timeSchema,
  block: blockSchema.optional(),
  /** Who called it settled; the processor's own word stands for the whole order. Kept when a reorg takes it back. */
  settledBy: z.enum(['processor', 'node']).optional(),
  /** The hash that took its nonce, once replaced. */
  replacedBy: z.string().max(128).optional(),
  /** The processor's word and the node's; left out in what was stored before words were kept. */
  words: z.object({ processor: wordSchema.optional(), node: wordSchema.optional() }).optional(),
});
export type Payment = z.infer<typeof paymentSchema>;

export const receivedSchema = z.object({
  chain: nameSchema.nullable(),
  asset: z.string().max(128),
  amount: z.string().regex(BASE_UNITS_SUM_PATTERN),
  decimals: z.int().nullable(),
  symbol: z.string().max(32),
});
export type Received = z.infer<typeof receivedSchema>;

export const refundSchema = z.object({
  id: z.string().min(1).max(256),
  amount: decimalSchema,
  currency: z.string().min(1).max(16),
  state: z.enum(['requested', 'completed']),
});
export type Refund = z.infer<typeof refundSchema>;

/** What the diagnosis found: a stable code, how bad, since when, by what evidence, and what a person should do next. */
export const findingSchema = z.object({
  code: z.string().min(1).max(64),
  severity: z.enum(['info', 'warning', 'critical']),
  since: timeSchema,
  evidence: z.array(z.string().max(1000)).max(20),
  nextStep: z.string().max(1000),
  /**
   * What the evidence says, by name, so that a renderer can say it in its own language: amounts with their symbol
   * (`0.003 ETH`), times and durations (`…Ms`) in milliseconds, hashes and names as they are.
   */
  facts: z.record(z.string().max(64), z.string().max(512)).optional(),
});
export type Finding = z.infer<typeof findingSchema>;

export const actorSchema = z.object({ deskId: z.string().max(64), name: z.string().max(128) });
export type Actor = z.infer<typeof actorSchema>;

export const noteSchema = z.object({ text: z.string().max(4000), at: timeSchema, actor: actorSchema.optional() });
export type Note = z.infer<typeof noteSchema>;

/** A transaction that somebody says has paid an order: nobody's witness, but where to look. Hex in lower case. */
export const namedTransactionSchema = z.object({ chain: nameSchema.nullable(), txHash: z.string().min(1).max(128) });
export type NamedTransaction = z.infer<typeof namedTransactionSchema>;

/** Beyond this, naming more transactions for one order helps nobody. */
export const NAMED_TRANSACTIONS_MOST = 20;

/** What `order.created` says and `order.updated` changes. */
export const orderFactSchema = z.object({
  sourceRef: z.string().min(1).max(256),
  reference: z.string().max(256),
  customer: knownCustomerSchema.optional(),
  price: priceSchema,
  pay: z.array(payOptionSchema).max(64),
  createdAt: timeSchema,
  expiresAt: timeSchema,
  graceUntil: timeSchema,
  live: z.boolean(),
  method: shortText.optional(),
  /** True while only a refund of it is known, so that its price is not. */
  provisional: z.boolean().optional(),
});
export type OrderFact = z.infer<typeof orderFactSchema>;

export const orderSchema = orderFactSchema.extend({
  id: z.string().min(1).max(64),
  store: nameSchema,
  source: nameSchema,
  status: orderStatusSchema,
  /** How the source or the clock ended it; money may still bring it back. */
  ended: z.object({ as: z.enum(['expired', 'cancelled', 'failed']), at: timeSchema }).optional(),
  paidAt: timeSchema.optional(),
  releasedAt: timeSchema.optional(),
  resolvedAt: timeSchema.optional(),
  /** When its customer's data was erased, by the gateway's clock; what comes of it later is not kept either. */
  customerErasedAt: timeSchema.optional(),
  /** When a webhook about it came last, by the gateway's clock. */
  webhookAt: timeSchema.optional(),
  payments: z.array(paymentSchema),
  received: z.array(receivedSchema),
  refunds: z.array(refundSchema),
  flags: z.array(flagSchema),
  verdict: verdictSchema,
  /** The rule of the store's policy behind the verdict, and why. */
  verdictRule: shortText.optional(),
  diagnosis: z.array(findingSchema),
  notes: z.array(noteSchema),
  claimedBy: actorSchema.optional(),
  /** For whom the case was left, until somebody takes it. */
  handedTo: z.object({ name: z.string().max(128), at: timeSchema, by: actorSchema.optional() }).optional(),
  /** Transactions that a customer named, oldest first, each once. */
  namedTransactions: z
    .array(namedTransactionSchema.extend({ at: timeSchema, by: actorSchema.optional() }))
    .max(NAMED_TRANSACTIONS_MOST)
    .optional(),
  /** Time of the newest event held, by the gateway's clock. */
  updatedAt: timeSchema,
  /** Sequence number of the newest event held; the fold skips what is not newer. */
  updatedSeq: z.int().min(0),
});
export type Order = z.infer<typeof orderSchema>;

/** Orders that money, time or a person can still be expected to move: shown first, kept in every snapshot. */
export const openStatuses: ReadonlySet<OrderStatus> = new Set<OrderStatus>([
  'awaiting',
  'detected',
  'confirming',
  'refunding',
]);

export function isOpen(order: Order): boolean {
  return openStatuses.has(order.status);
}
