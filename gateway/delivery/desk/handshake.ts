/** Who may open a socket: a fresh ticket, a protocol both speak, a gateway that is not draining. */
import type { Socket } from 'socket.io';
import { SUPPORTED_PROTOCOLS, handshakeAuthSchema } from '../../../contract/protocol.ts';
import type { ConnectRefusal } from '../../../contract/protocol.ts';
import { Refusal } from '../../auth/refusal.ts';
import type { Desk } from '../../store/desks.ts';
import { AWAY_MS } from '../away.ts';
import type { Services } from '../services.ts';

/** @returns the desk, or why it is refused */
export async function handshake(services: Services, { handshake }: Socket): Promise<Desk | ConnectRefusal> {
  if (services.draining()) return { code: 'draining', retryAfterMs: AWAY_MS };
  const auth = handshakeAuthSchema.safeParse(handshake.auth);
  const protocol: unknown = handshake.auth['protocol'];
  if (protocol !== undefined && !SUPPORTED_PROTOCOLS.some((supported) => supported === protocol)) {
    return { code: 'protocol-unsupported', supported: [...SUPPORTED_PROTOCOLS] };
  }
  if (!auth.success) return { code: 'unauthorized' };
  const address = services.addressOf(handshake.address, handshake.headers['x-forwarded-for']);
  try {
    services.auth.knock(address);
    return await services.auth.redeem(auth.data.ticket, address);
  } catch (error) {
    if (error instanceof Refusal) return asConnectRefusal(error);
    throw error;
  }
}

function asConnectRefusal({ code, retryAfterMs }: Refusal): ConnectRefusal {
  switch (code) {
    case 'ticket-used':
    case 'ticket-expired':
    case 'revoked':
    case 'rate-limited':
      return { code, ...(retryAfterMs !== undefined && { retryAfterMs }) };
    default:
      return { code: 'unauthorized' };
  }
}
