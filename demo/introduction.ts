import { z } from 'zod';
import { gatewayUrl } from './options.ts';
import type { GatewayAccess } from './shop/till.ts';

const schema = z.object({ gateway: z.string(), key: z.string().min(1) });

/** A launcher's line about the gateway, null when it is none. */
export function introductionIn(line: string): GatewayAccess | null {
  try {
    const { gateway, key } = schema.parse(JSON.parse(line));
    return { url: gatewayUrl(gateway), key };
  } catch {
    return null;
  }
}
