/** What a desk can tell of earlier: what its screen showed, how its connection went, and what it set aside. */
import { z } from 'zod';
import { nameSchema, orderSchema, timeSchema } from './order.ts';

const orderId = z.string().min(1).max(64);

/** How far back a desk can show a store as its screen showed it, gateway time. */
export const replayRangeSchema = z.object({
  /** Null while nothing was ever shown of the store. */
  from: timeSchema.nullable(),
  to: timeSchema.nullable(),
  /** True where this desk never showed anything of the store before `from`. */
  complete: z.boolean(),
});
export type ReplayRange = z.infer<typeof replayRangeSchema>;

/** Orders of one answer; the rest comes by its cursor. */
export const PAGE_ORDERS_MOST = 500;

/** A part of an answer; give `next` back as `cursor` for the part after it. */
const pageOfOrders = { orders: z.array(orderSchema).max(PAGE_ORDERS_MOST), next: z.string().max(128).nullable() };

/**
 * What the screen showed of a store at a moment: orders as the events that had arrived by then made them, open ones
 * first, then the newest. Customers are as this device knows them now, so that one who was erased stays erased.
 */
export const replayPictureSchema = z.object({
  ...pageOfOrders,
  /** The moment, gateway time; never later than now. */
  at: timeSchema,
  /** The last event that had arrived and could be read. */
  seq: z.int().min(0),
  /** Orders of all pages. */
  total: z.int().min(0),
  /** False where the journal does not reach back to `at`: there are then no orders, and that says nothing. */
  complete: z.boolean(),
});
export type ReplayPicture = z.infer<typeof replayPictureSchema>;

/** Orders that this desk holds, the oldest first, as they are now. */
export const ordersPageSchema = z.object({
  ...pageOfOrders,
  /** Orders of all pages. */
  total: z.int().min(0),
});
export type OrdersPage = z.infer<typeof ordersPageSchema>;

export const connectionPhases = [
  'live',
  'fallback',
  'catching-up',
  'connecting',
  'offline',
  'suspended',
  'refused',
  'unpaired',
  'closed',
] as const;
/** As the connection's state, where trying and waiting to try are both `connecting`; `closed`: Tillwatch was not open. */
export type ConnectionPhase = (typeof connectionPhases)[number];

/** How the connection was for a while, device time; the end of one is the beginning of the next. */
export const connectionSegmentSchema = z.object({
  from: timeSchema,
  to: timeSchema,
  state: z.enum(connectionPhases),
  transport: z.enum(['websocket', 'polling', 'long-poll']).nullable(),
});
export type ConnectionSegment = z.infer<typeof connectionSegmentSchema>;

/** More than a strip on a screen can tell apart; beyond it, short ones are joined into the worst of them. */
export const SEGMENTS_MOST = 2_000;
/** Hours of it that are kept. */
export const HISTORY_HOURS_MOST = 72;

/** An event that could not be read and was set aside [DL7]; null for what it did not say in a way that can be trusted. */
export const quarantinedEventSchema = z.object({
  epoch: z.string(),
  seq: z.int().min(0),
  id: z.string().max(64).nullable(),
  order: orderId.nullable(),
  kind: z.string().max(64).nullable(),
  reason: z.string().max(200),
  /** When it came, gateway time by this desk's estimate; null where it came before this was noted down. */
  receivedAt: timeSchema.nullable(),
});
export type QuarantinedEvent = z.infer<typeof quarantinedEventSchema>;

/** The newest of them that are told; `quarantined` of the store's view counts all. */
export const QUARANTINED_MOST = 500;

const store = nameSchema;
/** Of an earlier answer; fails with `cursor-expired` where it is no longer kept, and the reading begins anew. */
const cursor = z.string().max(128).optional();

export const historyRequests = {
  'replay.range': { input: z.object({ store }), output: replayRangeSchema },
  'replay.orders': { input: z.object({ store, at: timeSchema, cursor }), output: replayPictureSchema },
  /** Everything this desk holds of a store, or of all, created from `from` to before `to` (gateway time), page by page. */
  'orders.page': {
    input: z.object({ store: store.nullable(), from: timeSchema.nullable(), to: timeSchema.nullable(), cursor }),
    output: ordersPageSchema,
  },
  /** Oldest first, up to now, without a hole; also over what was before the last start. */
  'connection.history': {
    input: z.object({ hours: z.int().min(1).max(HISTORY_HOURS_MOST) }),
    output: z.object({ segments: z.array(connectionSegmentSchema).max(SEGMENTS_MOST) }),
  },
  /** The newest first. */
  'quarantine.list': {
    input: z.object({ store }),
    output: z.object({ events: z.array(quarantinedEventSchema).max(QUARANTINED_MOST) }),
  },
} as const;
