/** How a desk reaches its gateway where the network wants a proxy [CN12]. */
import { z } from 'zod';

export const proxySettingsSchema = z.discriminatedUnion('mode', [
  /** As the system has it, its scripts included. */
  z.object({ mode: z.literal('system') }),
  /** Never through a proxy. */
  z.object({ mode: z.literal('direct') }),
  /** `host:port`, `http://host:port` or `https://host:port`; kept and shown as an address with its scheme. */
  z.object({ mode: z.literal('manual'), url: z.string().trim().min(1).max(2048) }),
]);
export type ProxySettings = z.infer<typeof proxySettingsSchema>;

export const proxyViewSchema = z.object({
  settings: proxySettingsSchema,
  /** False where the host takes the proxy from its environment, and nothing can be set here. */
  editable: z.boolean(),
  /** The proxy on the way to the gateway of this desk; null for a direct way, and where there is no gateway yet. */
  inUse: z.string().nullable(),
});
export type ProxyView = z.infer<typeof proxyViewSchema>;
