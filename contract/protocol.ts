/** The gateway's public interface, version 1: what crosses the wire between desk, shop, processor and gateway. */
import { z } from 'zod';
import { eventEnvelopeSchema } from './events.ts';
import { baseUnitsSchema, customerSchema, nameSchema, orderSchema, priceSchema, timeSchema } from './order.ts';
import { sourceStateSchema } from './source-state.ts';
import { paymentIdSchema, unmatchedPaymentSchema } from './unmatched.ts';

export const PROTOCOL_VERSION = 1;
export const SUPPORTED_PROTOCOLS: readonly number[] = [1];
export const DESK_NAMESPACE = '/desk';

/** Sizes in bytes, counts and times in milliseconds that both sides keep to. */
export const limits = {
  restBodyBytes: 64 * 1024,
  webhookBodyBytes: 1024 * 1024,
  deskMessageBytes: 64 * 1024,
  eventsPerMessage: 200,
  messageBytes: 256 * 1024,
  snapshotPage: { default: 200, most: 500 },
  eventsPage: { default: 200, most: 1000 },
  longPollMs: 25_000,
  challengeMs: 30_000,
  ticketMs: 30_000,
  sessionMs: 15 * 60_000,
  pairingCodeMs: 10 * 60_000,
  snapshotCursorMs: 10 * 60_000,
  handshakeMs: 5_000,
  pingIntervalMs: 10_000,
  pingTimeoutMs: 5_000,
} as const;

export const roles = ['staff', 'support', 'admin'] as const;
export const roleSchema = z.enum(roles);
export type Role = z.infer<typeof roleSchema>;

export const keyScopes = ['orders:write', 'orders:read', 'operator'] as const;
export const keyScopeSchema = z.enum(keyScopes);
export type KeyScope = z.infer<typeof keyScopeSchema>;

/** Every error answer of the REST interface. `faults` lists all wrong fields of a 422 at once. */
export const errorBodySchema = z.object({
  error: z.object({
    code: z.string(),
    message: z.string(),
    field: z.string().optional(),
    faults: z.array(z.object({ field: z.string(), message: z.string() })).optional(),
  }),
});
export type ErrorBody = z.infer<typeof errorBodySchema>;

const opaque = z.string().min(1).max(512);

// Pairing, tickets, sessions [AU1, AU2]
export const pairRequestSchema = z.object({
  code: z.string().min(1).max(64),
  name: z.string().trim().min(1).max(128),
  publicKey: z.string().regex(/^[A-Za-z0-9_-]{43}$/, 'a raw Ed25519 public key, base64url'),
});
export type PairRequest = z.infer<typeof pairRequestSchema>;
export const pairedSchema = z.object({
  deskId: opaque,
  role: roleSchema,
  stores: z.array(z.object({ id: nameSchema, name: z.string().max(256) })),
});
export type Paired = z.infer<typeof pairedSchema>;
export const challengeRequestSchema = z.object({ deskId: z.string().min(1).max(128) });
export const challengeSchema = z.object({ challenge: opaque, expiresAt: timeSchema });
export const ticketRequestSchema = z.object({
  deskId: z.string().min(1).max(128),
  challenge: opaque,
  signature: z.string().min(1).max(128),
});
export const ticketSchema = z.object({ ticket: opaque, expiresAt: timeSchema });
export const sessionRequestSchema = z.object({ ticket: opaque });
export const sessionSchema = z.object({ token: opaque, expiresAt: timeSchema });

/** The exact text a desk signs with its Ed25519 key to get a ticket. */
export function ticketMessage(deskId: string, challenge: string): string {
  return `tillwatch-ticket-v1\n${deskId}\n${challenge}`;
}

// Orders by the shop
export const directOrderSchema = z.object({
  reference: z.string().min(1).max(128),
  price: priceSchema.omit({ decimals: true }),
  pay: z
    .array(
      z.object({
        chain: nameSchema,
        asset: z.string().regex(/^(?:native|erc20:0x[0-9a-fA-F]{40})$/, 'native, or erc20:0x and 40 hex digits'),
        address: z.string().min(1).max(128),
        amount: baseUnitsSchema.refine((amount) => amount !== '0', 'must be more than 0'),
      }),
    )
    .min(1)
    .max(16),
  expiresInSeconds: z.int().min(60).max(86_400).default(900),
  customer: customerSchema.optional(),
  metadata: z
    .record(z.string(), z.unknown())
    .refine((metadata) => JSON.stringify(metadata).length <= 8192, 'at most 8 KiB')
    .optional(),
});
export type DirectOrder = z.infer<typeof directOrderSchema>;
/** Where a search looks. */
export const searchFields = [
  'id',
  'reference',
  'source-ref',
  'transaction',
  'address',
  'sender',
  'memo',
  'amount',
  'customer',
  'time',
] as const;

/** Why an order, or an unmatched payment, answers a search; each of what is found has at least one. */
export const searchMatchSchema = z.object({
  /** The order's id; for unmatched money its payment's. */
  order: z.string().min(1).max(256),
  field: z.enum(searchFields),
  /** What was found there, as it stands there. */
  value: z.string().max(512),
});
export type SearchMatch = z.infer<typeof searchMatchSchema>;
export const orderPageSchema = z.object({
  orders: z.array(orderSchema),
  /** Unmatched payments that answer `q`, on the first page. */
  unmatched: z.array(unmatchedPaymentSchema).optional(),
  /** For `q`: what of each answered it. */
  matches: z.array(searchMatchSchema).optional(),
  next: z.string().optional(),
});
export const orderHistorySchema = z.object({
  order: orderSchema,
  events: z.array(eventEnvelopeSchema),
  next: z.string().optional(),
});
export type OrderHistory = z.infer<typeof orderHistorySchema>;
export const deliverySchema = z.object({
  id: z.string(),
  source: nameSchema,
  receivedAt: timeSchema,
  headers: z.record(z.string(), z.string()),
  body: z.string(),
  verified: z.boolean(),
  /** When customer data was taken out of it: its signature, right when it came, no longer fits the body. */
  redactedAt: timeSchema.optional(),
});
export type Delivery = z.infer<typeof deliverySchema>;

// Snapshot and events
export const storeSchema = z.object({
  id: nameSchema,
  name: z.string().max(256),
  currency: z.string().max(16),
  timeZone: z.string().max(64),
});
export type Store = z.infer<typeof storeSchema>;
export const snapshotPageSchema = z.object({
  store: storeSchema,
  epoch: z.string().min(1).max(64),
  seq: z.int().min(0),
  /** The id of the event at `seq`, by which a log is told from another that reached the same seq; none at its start. */
  lastId: z.string().max(64).optional(),
  at: timeSchema,
  sources: z.array(sourceStateSchema),
  orders: z.array(orderSchema),
  /** Unmatched payments, open ones and those decided in the last 7 days; on the first pages, left out where none follow. */
  unmatched: z.array(unmatchedPaymentSchema).optional(),
  next: z.string().optional(),
});
export type SnapshotPage = z.infer<typeof snapshotPageSchema>;
export const eventsPageSchema = z.object({
  epoch: z.string(),
  head: z.int().min(0),
  emittedAt: timeSchema,
  events: z.array(eventEnvelopeSchema),
});
export type EventsPage = z.infer<typeof eventsPageSchema>;

/** Why a desk must take a snapshot instead of resuming [DL4]. */
export const snapshotReasons = ['epoch-changed', 'too-old', 'ahead', 'diverged'] as const;
export const snapshotReasonSchema = z.enum(snapshotReasons);
export type SnapshotReason = z.infer<typeof snapshotReasonSchema>;

// Socket.IO
export const handshakeAuthSchema = z.object({
  ticket: opaque,
  protocol: z.int(),
  deskVersion: z.string().max(64).optional(),
});
export const connectRefusalSchema = z.object({
  code: z.enum([
    'unauthorized',
    'ticket-used',
    'ticket-expired',
    'protocol-unsupported',
    'revoked',
    'draining',
    'rate-limited',
  ]),
  supported: z.array(z.int()).optional(),
  retryAfterMs: z.number().optional(),
});
export type ConnectRefusal = z.infer<typeof connectRefusalSchema>;

export const failedAckSchema = z.object({
  ok: z.literal(false),
  error: z.object({ code: z.string(), message: z.string() }),
});
export type FailedAck = z.infer<typeof failedAckSchema>;

export const positionSchema = z.object({
  epoch: z.string().min(1).max(64),
  seq: z.int().min(0),
  id: z.string().max(64).optional(),
});
/** How far a desk has applied a store's log. */
export type Position = z.infer<typeof positionSchema>;

export const subscribeSchema = z.object({ store: nameSchema, after: positionSchema.nullable() });
export type Subscribe = z.infer<typeof subscribeSchema>;
export const subscribedSchema = z.object({
  ok: z.literal(true),
  epoch: z.string(),
  head: z.int().min(0),
  mode: z.enum(['resumed', 'snapshot']),
  reason: snapshotReasonSchema.optional(),
});
export type Subscribed = z.infer<typeof subscribedSchema>;

export const healthRequestSchema = z.object({ sentAt: z.number() });
export const healthSchema = z.object({
  receivedAt: timeSchema,
  sentAt: timeSchema,
  version: z.string(),
  stores: z.array(z.object({ store: nameSchema, epoch: z.string(), head: z.int().min(0) })),
  sources: z.array(sourceStateSchema),
});
export type GatewayHealth = z.infer<typeof healthSchema>;
export const healthAckSchema = healthSchema.extend({ ok: z.literal(true) });

export const eventsMessageSchema = z.object({
  store: nameSchema,
  epoch: z.string(),
  emittedAt: timeSchema,
  events: z.array(z.unknown()).max(limits.eventsPerMessage),
});
/** Each event is checked by itself, so that one bad event cannot hold up the rest [DL7]. */
export type EventsMessage = z.infer<typeof eventsMessageSchema>;
/** A desk's cumulative confirmation of an `events` message. */
export const confirmationSchema = z.object({ seq: z.int().min(0) });

export const noticeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('draining'), retryAfterMs: z.number().optional() }),
  z.object({ kind: z.literal('revoked') }),
  z.object({ kind: z.literal('superseded') }),
  z.object({ kind: z.literal('epoch-changed'), store: nameSchema.optional(), epoch: z.string().optional() }),
]);
export type Notice = z.infer<typeof noticeSchema>;

// Commands [CM]
export const commandArgs = {
  recheck: z.object({}),
  note: z.object({ text: z.string().min(1).max(4000) }),
  claim: z.object({}),
  /** Leaves the case, to the colleague named where one is. */
  unclaim: z.object({ to: z.string().trim().min(1).max(128).optional() }),
  resolve: z.object({ reason: z.string().min(1).max(1000) }),
  release: z.object({}),
  'override-verdict': z.object({
    verdict: z.enum(['wait', 'release', 'hold']),
    reason: z.string().min(1).max(1000),
  }),
  /** A transaction that the customer says has paid the order; the chain where it is known. */
  'name-transaction': z.object({
    txHash: z.string().regex(/^(?:0[xX])?[0-9A-Za-z]{32,120}$/, 'a transaction hash, without spaces'),
    chain: nameSchema.optional(),
  }),
  /** Gives unmatched money to the order. */
  'attach-payment': z.object({ paymentId: paymentIdSchema }),
  /** Says that unmatched money is for no order. */
  'dismiss-payment': z.object({ paymentId: paymentIdSchema, reason: z.string().min(1).max(1000) }),
} as const;
export type CommandName = keyof typeof commandArgs;
/** The least role that may give each command; each role may do what the ones before it may. */
export const commandRoles: Readonly<Record<CommandName, Role>> = {
  recheck: 'staff',
  note: 'staff',
  claim: 'staff',
  unclaim: 'staff',
  release: 'staff',
  resolve: 'support',
  'override-verdict': 'admin',
  'name-transaction': 'staff',
  'attach-payment': 'support',
  'dismiss-payment': 'support',
};
/** Commands that are about no order; every other names one. */
export const orderlessCommands: ReadonlySet<string> = new Set<CommandName>(['dismiss-payment']);
export const commandSchema = z.object({
  id: z.uuid(),
  store: nameSchema,
  name: z.string().min(1).max(64),
  /** Null for the commands that are about none. */
  order: z.string().min(1).max(64).nullable(),
  args: z.record(z.string(), z.unknown()),
});
export type Command = z.infer<typeof commandSchema>;
export const commandStatusRequestSchema = z.object({ id: z.uuid() });
export const commandAnswerSchema = z.object({
  ok: z.literal(true),
  state: z.enum(['done', 'pending', 'failed', 'unknown']),
  seq: z.int().optional(),
  result: z.unknown().optional(),
  error: z.object({ code: z.string(), message: z.string() }).optional(),
});
export type CommandAnswer = z.infer<typeof commandAnswerSchema>;

/** What a line that was asked about an order had to say; `not-asked`: nobody there can be asked. */
export const recheckOutcomes = ['news', 'nothing-new', 'unreachable', 'timed-out', 'not-asked'] as const;
/** One source or chain of an order, as a `recheck` found it. */
export const askedSchema = z.object({
  id: nameSchema,
  kind: z.string().max(32),
  outcome: z.enum(recheckOutcomes),
  /** How long it took, milliseconds. */
  ms: z.int().min(0),
  /** Why it could not be asked, or gave no answer. */
  note: z.string().max(500).optional(),
});
export type Asked = z.infer<typeof askedSchema>;
/** The `result` of `recheck` and `name-transaction`. */
export const recheckResultSchema = z.object({ asked: z.array(askedSchema).max(64) });
