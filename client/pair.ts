import { pairedSchema } from '../contract/protocol.ts';
import { gatewayUrl } from './gateway-url.ts';
import { newKeyPair } from './identity.ts';
import type { Identity } from './identity.ts';
import { reachOf } from './reach.ts';
import type { ReachOptions } from './reach.ts';
import { callGateway } from './rest.ts';

export interface PairOptions extends ReachOptions {
  readonly gateway: string;
  /** As `npm run gateway -- pair` printed it; good for one use within ten minutes. */
  readonly code: string;
  /** What the gateway shall call this desk. */
  readonly name: string;
}

/**
 * Exchanges a pairing code for an identity with a key of its own. Keep it to connect again, or revoke the desk at the
 * gateway once it is not needed any more.
 * @throws GatewayError `bad-code` for a code that is wrong, used or expired
 */
export async function pair(options: PairOptions): Promise<Identity> {
  const gateway = gatewayUrl(options.gateway);
  const { publicKey, privateKey } = newKeyPair();
  const { release, ...reach } = reachOf(gateway, options);
  try {
    const body = { code: options.code, name: options.name, publicKey };
    const call = { method: 'POST', path: '/v1/desks', body, schema: pairedSchema } as const;
    const { deskId, role, stores } = await callGateway({ gateway, ...reach }, call);
    return { gateway, deskId, name: options.name, role, stores, privateKey };
  } finally {
    release();
  }
}
