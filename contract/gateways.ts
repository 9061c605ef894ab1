/** The gateways one profile is paired with. One is shown, and only that one is connected. */
import { z } from 'zod';
import { nameSchema, timeSchema } from './order.ts';
import { roleSchema } from './protocol.ts';

export const gatewayIdSchema = z.string().regex(/^[1-9]\d{0,3}$/, 'must be the id of a gateway');

export const pairedGatewaySchema = z.object({
  id: gatewayIdSchema,
  url: z.string(),
  /** Host and port, as a person knows it. */
  host: z.string(),
  desk: z.object({ id: z.string(), name: z.string(), role: roleSchema }),
  stores: z.array(z.object({ id: nameSchema, name: z.string() })),
  /** True for the one on the screen; the others are not connected, and nothing is known of them meanwhile. */
  shown: z.boolean(),
  /** Device time when it was last on the screen; null for the one that is. */
  shownUntil: timeSchema.nullable(),
});
export type PairedGateway = z.infer<typeof pairedGatewaySchema>;

export const GATEWAYS_MOST = 20;

export const gatewayRequests = {
  /** In the order in which they were added. */
  'gateways.list': {
    input: z.object({}),
    output: z.object({ gateways: z.array(pairedGatewaySchema).max(GATEWAYS_MOST) }),
  },
  /** Pairs with one more gateway and shows it; where that fails, all stays as it is. */
  'gateways.add': {
    input: z.object({
      gateway: z.string().min(1).max(2048),
      code: z.string().min(1).max(64),
      name: z.string().trim().min(1).max(128),
    }),
    output: z.object({ id: gatewayIdSchema }),
  },
  /** Ends the connection to the one that is shown, and shows this one; fails with `unknown-gateway`. */
  'gateways.switch': { input: z.object({ id: gatewayIdSchema }), output: z.object({}) },
  /** Forgets one, its key and its journal on this device. Where it was shown, another one is shown next, if there is one. */
  'gateways.forget': { input: z.object({ id: gatewayIdSchema }), output: z.object({}) },
} as const;
