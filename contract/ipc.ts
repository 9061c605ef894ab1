/**
 * The one contract between the main process and a renderer, whichever host carries it. Channels exist here only; a host
 * passes every request through sender check, then the schema below, in one place.
 */
import { z } from 'zod';
import { connectionStateSchema } from './connection-state.ts';
import { doctorReportSchema } from './doctor.ts';
import { eventEnvelopeSchema } from './events.ts';
import { gatewayRequests } from './gateways.ts';
import { historyRequests } from './history.ts';
import { nameSchema, orderSchema, timeSchema } from './order.ts';
import {
  deliverySchema,
  limits,
  roleSchema,
  searchMatchSchema,
  snapshotReasonSchema,
  storeSchema,
} from './protocol.ts';
import { proxySettingsSchema, proxyViewSchema } from './proxy.ts';
import { fileRequests } from './saved-file.ts';
import { settingsChangesSchema, settingsSchema } from './settings.ts';
import { sourceStateSchema } from './source-state.ts';
import { unmatchedPaymentSchema } from './unmatched.ts';

const nothing = z.object({});
const orderId = z.string().min(1).max(64);

export const appInfoSchema = z.object({
  version: z.string(),
  host: z.enum(['electron', 'browser']),
  platform: z.string(),
  /** Whether this start can play the demo: running already, ready to be started, or not part of it. */
  demo: z.enum(['running', 'available', 'unavailable']),
});
export type AppInfo = z.infer<typeof appInfoSchema>;

/** The gateway's clock as the desk knows it [CK1, CK3]. */
export const clockReadingSchema = z.object({
  /** Gateway time when this was sent to the renderer; the renderer counts on from it by its monotonic clock. */
  gatewayNow: timeSchema,
  /** gateway − this device's wall clock, milliseconds. */
  offsetMs: z.number(),
  /** Half of the best round trip; null before the first sample. */
  errorMs: z.number().nullable(),
  /** True until the first sample, and after a suspected sleep until a fresh one: shown as "≈". */
  approximate: z.boolean(),
  /** True when this device's clock is off by more than 30 s. */
  deviceClockWrong: z.boolean(),
});
export type ClockReading = z.infer<typeof clockReadingSchema>;

export const storeViewSchema = storeSchema.extend({
  /** Sequence number the desk has applied. */
  seq: z.int().min(0),
  /** The gateway's newest, as far as the desk has heard. */
  head: z.int().min(0),
  epoch: z.string().nullable(),
  /** Gateway time at which what is shown was last known to be current; null when never. */
  asOf: timeSchema.nullable(),
  sources: z.array(sourceStateSchema),
  /** Gateway time at which it told the states of all sources; null while it has not since this start. */
  sourcesAt: timeSchema.nullable(),
  /** Events that could not be read and were set aside [DL7]. */
  quarantined: z.int().min(0),
});
export type StoreView = z.infer<typeof storeViewSchema>;

/**
 * What became of a command [CM3]. `pending`: on its way, or taken by the gateway and not carried out yet. `unknown`:
 * sent, and no answer came; it is neither done nor failed until the gateway has said which.
 */
export const commandOutcomeSchema = z.object({
  id: z.uuid(),
  state: z.enum(['pending', 'unknown', 'done', 'failed']),
  /** Why it failed, in the gateway's words. */
  error: z.object({ code: z.string(), message: z.string() }).optional(),
  result: z.unknown().optional(),
});
export type CommandOutcome = z.infer<typeof commandOutcomeSchema>;

/** A command as the screen follows it. */
export const commandViewSchema = commandOutcomeSchema.omit({ result: true }).extend({
  store: nameSchema,
  /** Null for a command that is about no order. */
  order: orderId.nullable(),
  name: z.string(),
  /** What of its arguments says what it is about, such as `paymentId`; never a person's own words. */
  args: z.record(z.string(), z.unknown()).optional(),
  /** Device time. */
  givenAt: timeSchema,
});
export type CommandView = z.infer<typeof commandViewSchema>;

/** All a screen needs beside the orders, sent whole whenever a part of it changed. */
export const deskStateSchema = z.object({
  connection: connectionStateSchema,
  /** True while what is shown is current [FR2]. */
  current: z.boolean(),
  /** Device time since when it is as it is. */
  since: timeSchema,
  /** Gateway time of the moment up to which what is shown was current, while it is not; null when never. */
  asOf: timeSchema.nullable(),
  gateway: z.object({ url: z.string(), version: z.string().nullable() }).nullable(),
  desk: z.object({ id: z.string(), name: z.string(), role: roleSchema }).nullable(),
  transport: z.enum(['websocket', 'polling', 'long-poll']).nullable(),
  /** Device time of the last sign of life from the gateway. */
  lastHeardAt: timeSchema.nullable(),
  /** The newest round trips in milliseconds, oldest first, at most 60. */
  roundTrips: z.array(z.number()).max(60),
  /** Connections that ended since the application started. */
  reconnects: z.int().min(0),
  clock: clockReadingSchema,
  journal: z.object({
    state: z.enum(['ok', 'set-aside', 'memory']),
    detail: z.string().max(500).optional(),
  }),
  /** How the device key is kept; `file` is told to the user [AU1]. */
  keyStorage: z.enum(['protected', 'file']),
  stores: z.array(storeViewSchema),
  /** Stores this desk is paired with that the gateway does not let it watch any more. */
  withdrawn: z.array(z.object({ id: nameSchema, name: z.string() })),
  /** The newest commands of this desk, oldest first; every one that is not settled is among them. */
  commands: z.array(commandViewSchema),
});
export type DeskState = z.infer<typeof deskStateSchema>;

/** An order's event with its latency trail [FR5]; device times except where the event says otherwise. */
export const trailEventSchema = eventEnvelopeSchema.extend({
  /** When the gateway sent it to this desk, gateway time; null when the desk took it with a snapshot. */
  emittedAt: timeSchema.nullable(),
  /** When this desk had it, gateway time by the desk's estimate. */
  arrivedAt: timeSchema.nullable(),
});
export type TrailEvent = z.infer<typeof trailEventSchema>;

/** Something worth a flash, a chime or a line in the digest; in log order, each once. */
export const momentSchema = z.object({
  store: nameSchema,
  seq: z.int(),
  order: orderId,
  reference: z.string(),
  kind: z.string(),
  at: timeSchema,
  /** True when it happened while this desk was not current. */
  missed: z.boolean(),
});
export type Moment = z.infer<typeof momentSchema>;

export const ordersPushSchema = z.object({
  store: nameSchema,
  /** True on the first message of a new picture: what was shown of this store before is void. */
  reset: z.boolean(),
  /** False while more messages of a new picture follow. */
  complete: z.boolean(),
  /** Orders that are new or changed, whole, each newer than the one shown. */
  orders: z.array(orderSchema),
  /** Orders that left the desk's retention. */
  removed: z.array(orderId),
  seq: z.int().min(0),
});
export type OrdersPush = z.infer<typeof ordersPushSchema>;

/** Unmatched payments, open ones and those decided lately; decided ones leave with a reset. */
export const unmatchedPushSchema = z.object({
  store: nameSchema,
  /** True where what was shown of this store before is void. */
  reset: z.boolean(),
  /** Payments that are new or changed, whole, each newer than the one shown. */
  payments: z.array(unmatchedPaymentSchema),
});
export type UnmatchedPush = z.infer<typeof unmatchedPushSchema>;

export const deskNoticeSchema = z.object({
  kind: z.enum(['snapshot', 'journal', 'caught-up']),
  reason: snapshotReasonSchema.optional(),
  store: nameSchema.optional(),
  /** For `caught-up`: how many events came while away, and from when to when (gateway time). */
  events: z.int().optional(),
  from: timeSchema.nullable().optional(),
  to: timeSchema.nullable().optional(),
});
export type DeskNotice = z.infer<typeof deskNoticeSchema>;

/** What a pairing link or a typed address and code would do, before anything is done [AU1]. */
export const pairingPreviewSchema = z.object({ gateway: z.string(), host: z.string(), code: z.string() });

/** Requests a renderer makes; each answers or fails with an `IpcError`. */
export const requests = {
  'app.info': { input: nothing, output: appInfoSchema },
  /** Starts the pushes to this renderer: the state, then a new picture of every store. */
  'desk.attach': { input: nothing, output: nothing },
  'connection.retry': { input: nothing, output: nothing },
  'pairing.preview': { input: z.object({ link: z.string().min(1).max(2048) }), output: pairingPreviewSchema },
  'pairing.pair': {
    input: z.object({
      gateway: z.string().min(1).max(2048),
      code: z.string().min(1).max(64),
      name: z.string().trim().min(1).max(128),
    }),
    output: z.object({ deskId: z.string() }),
  },
  /** Forgets the gateway, its key and its journal on this device. */
  'pairing.forget': { input: nothing, output: nothing },
  'demo.start': { input: nothing, output: nothing },
  /** An order with its events: from the gateway while it can be reached, else what the journal holds. */
  'order.read': {
    input: z.object({ store: nameSchema, order: orderId }),
    output: z.object({
      order: orderSchema,
      events: z.array(trailEventSchema),
      from: z.enum(['gateway', 'journal']),
      /** False when older events are missing here. */
      complete: z.boolean(),
    }),
  },
  /**
   * Orders and unmatched payments by whatever a person holds in hand: an id, a hash, an address, an amount, a customer,
   * a time. From the gateway while it can be reached, else what this device holds; the newest first.
   */
  'orders.find': {
    input: z.object({
      q: z.string().max(256),
      /** Every store of this desk where it is left out. */
      store: nameSchema.optional(),
      limit: z.int().min(1).max(limits.snapshotPage.most).default(50),
    }),
    output: z.object({
      orders: z.array(orderSchema),
      unmatched: z.array(unmatchedPaymentSchema),
      /** Why each of them answers. */
      matches: z.array(searchMatchSchema),
      from: z.enum(['gateway', 'journal']),
      /** True when there is more than fits. */
      more: z.boolean(),
    }),
  },
  'delivery.read': {
    input: z.object({ store: nameSchema, delivery: z.string().min(1).max(64) }),
    output: deliverySchema,
  },
  /**
   * Gives a command [CM1]. Answers once its outcome is known, or known to be unknown; what becomes of it later is in the
   * desk's state. Fails with `not-connected` where nothing was sent.
   */
  'command.send': {
    input: z.object({
      store: nameSchema,
      order: orderId.nullable(),
      name: z.string().min(1).max(64),
      args: z.record(z.string(), z.unknown()),
    }),
    output: commandOutcomeSchema,
  },
  /** What is known here of a command of this desk; fails with `unknown-command-id` for one that is no longer kept. */
  'command.status': { input: z.object({ id: z.uuid() }), output: commandOutcomeSchema },
  /**
   * Examines the way to the gateway and answers with what was found; `desk.doctor` tells it step by step. Whoever asks
   * while an examination goes on gets that one. Fails with `unpaired` where there is no gateway.
   */
  'doctor.run': { input: nothing, output: doctorReportSchema },
  'settings.read': { input: nothing, output: settingsSchema },
  /** Changes some settings for every window of the profile; fails with `not-kept` where they can't be written. */
  'settings.write': { input: z.object({ changes: settingsChangesSchema }), output: settingsSchema },
  'proxy.read': { input: nothing, output: proxyViewSchema },
  /**
   * Sets how the gateway is reached, and connects anew. Fails with `bad-proxy` and what is wrong with the address, with
   * `read-only` where the host's environment decides, with `not-kept` where it can't be written.
   */
  'proxy.write': { input: z.object({ settings: proxySettingsSchema }), output: proxyViewSchema },
  ...historyRequests,
  ...fileRequests,
  ...gatewayRequests,
} as const;

/** What the main process tells every attached renderer, in order. */
export const pushes = {
  'desk.state': deskStateSchema,
  'desk.orders': ordersPushSchema,
  'desk.unmatched': unmatchedPushSchema,
  'desk.moments': z.object({ moments: z.array(momentSchema).max(500) }),
  'desk.notice': deskNoticeSchema,
  /** The doctor's report as far as it has come, and once it is whole. */
  'desk.doctor': doctorReportSchema,
  /** First of all pushes, and whenever any window of the profile changed them. */
  'desk.settings': settingsSchema,
} as const;

export type RequestName = keyof typeof requests;
export type RequestInput<R extends RequestName> = z.input<(typeof requests)[R]['input']>;
export type RequestOutput<R extends RequestName> = z.output<(typeof requests)[R]['output']>;
export type PushName = keyof typeof pushes;
export type PushPayload<P extends PushName> = z.output<(typeof pushes)[P]>;
export const requestNames = Object.keys(requests) as readonly RequestName[];
export const pushNames = Object.keys(pushes) as readonly PushName[];

export function isRequestName(name: string): name is RequestName {
  return Object.hasOwn(requests, name);
}

/** How a request fails: a stable code, and a message a person can act on. */
export const ipcErrorSchema = z.object({ code: z.string().max(64), message: z.string().max(2000) });
export type IpcError = z.infer<typeof ipcErrorSchema>;

/** How a request ends where an Error would lose its code on the way, as it does between a preload script and a page. */
export type Envelope<Output> = { ok: true; output: Output } | { ok: false; error: IpcError };
export type IpcResult<R extends RequestName> = Envelope<RequestOutput<R>>;

/** Frames of the browser host's loopback WebSocket. */
export const clientFrameSchema = z.object({
  id: z.int().min(0),
  request: z.string().max(64),
  input: z.unknown(),
});
export const serverFrameSchema = z.union([
  z.object({ id: z.int(), ok: z.literal(true), output: z.unknown() }),
  z.object({ id: z.int(), ok: z.literal(false), error: ipcErrorSchema }),
  z.object({ push: z.string(), payload: z.unknown() }),
]);
export type ServerFrame = z.infer<typeof serverFrameSchema>;
