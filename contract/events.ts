/** The facts of a store's log. Kinds this version does not know are journalled and shown generically. */
import { z } from 'zod';
import { readAs } from './exact-fit.ts';
import {
  actorSchema,
  blockSchema,
  decimalSchema,
  findingSchema,
  flagSchema,
  nameSchema,
  namedTransactionSchema,
  orderFactSchema,
  paymentFactSchema,
  timeSchema,
  verdictSchema,
} from './order.ts';
import { sourceStateSchema } from './source-state.ts';
import { unmatchedFactSchema } from './unmatched.ts';

const reason = z.object({ reason: z.string().max(1000).optional() });
const paymentId = z.string().min(1).max(256);
const refundRequest = z.object({
  refundId: z.string().min(1).max(256),
  amount: decimalSchema,
  currency: z.string().min(1).max(16),
});

/** Data of every kind this version knows. */
export const eventData = {
  'order.created': z.object({ order: orderFactSchema }),
  'order.updated': z.object({ changes: orderFactSchema.partial() }),
  'order.expired': reason,
  'order.cancelled': reason,
  'order.failed': reason,
  'payment.detected': z.object({ payment: paymentFactSchema }),
  'payment.confirmations': z.object({
    paymentId,
    confirmations: z.int().min(0),
    required: z.int().min(0),
    block: blockSchema,
  }),
  'payment.settled': z.object({ paymentId }),
  'payment.replaced': z.object({ paymentId, byTxHash: z.string().max(128) }),
  'payment.dropped': z.object({ paymentId, reason: z.string().max(1000) }),
  /** `block`: where it was mined and failed; a reorg may take that back. Left out where nobody knows it. */
  'payment.reverted': z.object({ paymentId, reason: z.string().max(1000), block: blockSchema.optional() }),
  'payment.reorged': z.object({ paymentId, fromBlock: blockSchema }),
  /** Money that no order explains beyond doubt; about no order. Said again when more is known of it. */
  'payment.unmatched': unmatchedFactSchema,
  /** Unmatched money was given to an order, in whose history this stands; `payment.detected` follows. */
  'payment.attached': z.object({ paymentId, order: z.string().min(1).max(64) }),
  'payment.dismissed': z.object({ paymentId, reason: z.string().max(1000) }),
  'payment.vanished': z.object({ paymentId, reason: z.string().max(1000) }),
  /** Somebody named a transaction that is to have paid the order; chain null where it was not said. */
  'transaction.named': namedTransactionSchema,
  /** A webhook about the order that said nothing new. */
  'webhook.heard': z.object({}),
  'refund.requested': refundRequest,
  'refund.completed': refundRequest,
  /** The processor sent nothing back and will not: the refund counts no more. */
  'refund.failed': z.object({ refundId: z.string().min(1).max(256), reason: z.string().max(1000).optional() }),
  'diagnosis.changed': z.object({ findings: z.array(findingSchema).max(50), flags: z.array(flagSchema).max(20) }),
  'verdict.changed': z.object({
    verdict: verdictSchema,
    rule: z.string().max(512),
    reason: z.string().max(1000).optional(),
  }),
  'note.added': z.object({ text: z.string().max(4000) }),
  'case.claimed': z.object({}),
  /** `to`: the colleague whom it was left to. */
  'case.unclaimed': z.object({ to: z.string().max(128).optional() }),
  'case.resolved': z.object({ reason: z.string().max(1000) }),
  'order.released': z.object({}),
  /** What was known of the customer is erased, and whoever holds it drops it [AU4]. It says nothing of who that was. */
  'customer.erased': z.object({}),
  'source.state': sourceStateSchema,
} as const;

export type EventKind = keyof typeof eventData;
export type EventData<K extends EventKind> = z.infer<(typeof eventData)[K]>;
export const eventKinds = Object.keys(eventData) as readonly EventKind[];

export function isEventKind(kind: string): kind is EventKind {
  return Object.hasOwn(eventData, kind);
}

/** The envelope every event has, whatever its kind. `seq` is gapless from 1 per store. */
export const eventEnvelopeSchema = z.object({
  seq: z.int().min(1),
  id: z.uuid(),
  epoch: z.string().min(1).max(64),
  store: nameSchema,
  order: z.string().min(1).max(64).nullable(),
  kind: z.string().min(1).max(64),
  source: nameSchema,
  at: z.object({
    /** When it happened, by the source's or the chain's own time. */
    occurred: timeSchema.nullable(),
    /** When the source sent it. */
    sent: timeSchema.nullable(),
    /** When the gateway had it. */
    received: timeSchema,
  }),
  data: z.record(z.string(), z.unknown()),
  /** Id of the raw delivery that brought it. */
  raw: z.string().max(64).optional(),
  /** Id of the command that caused it. */
  command: z.string().max(64).optional(),
  actor: actorSchema.optional(),
});
export type EventEnvelope = z.infer<typeof eventEnvelopeSchema>;

/** An event of a known kind, its data typed by its kind. */
export type KnownEvent = {
  [K in EventKind]: Omit<EventEnvelope, 'kind' | 'data'> & { kind: K; data: EventData<K> };
}[EventKind];
/** What a log holds: known kinds typed, others generic. */
export type Event = EventEnvelope;

/**
 * Reads an event's data by its kind. What already is as its schema has it is handed on as it is.
 * @returns the typed event, or null for a kind this version does not know.
 * @throws z.ZodError when a known kind carries data that does not fit.
 */
export function knownEvent(event: EventEnvelope): KnownEvent | null {
  const { kind } = event;
  if (!isEventKind(kind)) return null;
  const read = readAs(eventData[kind], event.data);
  if (!read.success) throw read.error;
  return (read.data === event.data ? event : { ...event, data: read.data }) as KnownEvent;
}

/** Reads one event's envelope, as `readAs` does. */
export function readEnvelope(raw: unknown): z.ZodSafeParseResult<EventEnvelope> {
  return readAs(eventEnvelopeSchema, raw);
}
