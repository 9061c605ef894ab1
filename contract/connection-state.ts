/** The desk's connection as data: each state has only what it needs [CN2]. */
import { z } from 'zod';
import { timeSchema } from './order.ts';

/** Why the desk waits, in words for the catalogue; `detail` is for the health panel. */
export const waitReasons = [
  'unreachable',
  'name-not-found',
  'refused-connection',
  'timeout',
  'heartbeat-lost',
  'certificate',
  'intermediary',
  'captive-portal',
  'draining',
  'rate-limited',
  'gateway-trouble',
  'ticket',
  'gap',
  'superseded',
  'closed-by-gateway',
  'clock-jump',
  'unexpected',
] as const;
export const waitReasonSchema = z.enum(waitReasons);
export type WaitReason = z.infer<typeof waitReasonSchema>;

/** Refusals that only a person can mend. */
export const refusalCodes = ['revoked', 'unauthorized', 'protocol-unsupported'] as const;
export const refusalCodeSchema = z.enum(refusalCodes);
export type RefusalCode = z.infer<typeof refusalCodeSchema>;

const attempt = z.int().min(0);

export const connectionStateSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('unpaired') }),
  z.object({ state: z.literal('connecting'), attempt }),
  /** Connected, but still behind by this many events; null while the gateway has not said. */
  z.object({ state: z.literal('catching-up'), behind: z.int().min(0).nullable() }),
  z.object({ state: z.literal('live'), since: timeSchema }),
  /** Current, by the REST long poll: slower, and nothing is lost. */
  z.object({ state: z.literal('fallback'), since: timeSchema }),
  z.object({
    state: z.literal('waiting'),
    retryAt: timeSchema,
    attempt,
    reason: waitReasonSchema,
    detail: z.string().max(500).optional(),
  }),
  z.object({ state: z.literal('offline'), since: timeSchema }),
  z.object({ state: z.literal('suspended') }),
  z.object({ state: z.literal('refused'), code: refusalCodeSchema, detail: z.string().max(500).optional() }),
  z.object({ state: z.literal('closed') }),
]);
export type ConnectionState = z.infer<typeof connectionStateSchema>;

/** True when what the desk holds is what the gateway holds, up to the time of travel. */
export function isCurrent(state: ConnectionState): boolean {
  return state.state === 'live' || state.state === 'fallback';
}
