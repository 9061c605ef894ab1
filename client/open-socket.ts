import type { Agent } from 'node:http';
import { io } from 'socket.io-client';
import type { Socket } from 'socket.io-client';
import { DESK_NAMESPACE, PROTOCOL_VERSION, connectRefusalSchema } from '../contract/protocol.ts';
import { GatewayError } from './gateway-error.ts';

export interface SocketTarget {
  readonly gateway: string;
  readonly ticket: string;
  readonly agent: Agent;
  readonly timeoutMs: number;
}

/** Milliseconds that a goodbye may take; an upgrade to WebSocket that is under way is let finish first. */
const GOODBYE_MOST_MS = 1_000;

/** Opens one socket. @throws GatewayError with the gateway's refusal as its code, `unreachable` or `timeout` */
export async function openSocket(target: SocketTarget): Promise<Socket> {
  const socket = create(target);
  // A gateway that is there and says nothing is not noticed by Socket.IO once the transport is open.
  let cancel = (): void => undefined;
  try {
    await new Promise<void>((resolve, reject) => {
      const late = (): void => reject(new GatewayError('timeout', `No socket opened within ${target.timeoutMs} ms.`));
      const timer = setTimeout(late, target.timeoutMs);
      cancel = () => clearTimeout(timer);
      socket.once('connect', resolve);
      socket.once('connect_error', (error) => reject(refusal(error, target.gateway)));
      socket.connect();
    });
    return socket;
  } catch (error) {
    await closeSocket(socket);
    throw error;
  } finally {
    cancel();
  }
}

/** Says goodbye, and resolves once the line is closed, or after a while where nobody listens any more. */
export function closeSocket(socket: Socket): Promise<void> {
  const { engine } = socket.io;
  socket.removeAllListeners();
  const closed = new Promise<void>((resolve) => {
    if (!engine || engine.readyState === 'closed') {
      resolve();
      return;
    }
    const enough = setTimeout(resolve, GOODBYE_MOST_MS);
    engine.once('close', () => {
      clearTimeout(enough);
      resolve();
    });
  });
  socket.disconnect();
  // A socket that never connected leaves its engine open on disconnect.
  engine?.close();
  return closed;
}

/** Long polling first, then WebSocket where the way lets it through; connecting again is the caller's. */
function create({ gateway, ticket, agent, timeoutMs }: SocketTarget): Socket {
  const { origin, pathname } = new URL(gateway);
  return io(origin + DESK_NAMESPACE, {
    path: `${pathname.replace(/\/$/, '')}/socket.io`,
    forceNew: true,
    reconnection: false,
    autoConnect: false,
    transports: ['polling', 'websocket'],
    timeout: timeoutMs,
    auth: { ticket, protocol: PROTOCOL_VERSION },
    perMessageDeflate: { threshold: Number.MAX_SAFE_INTEGER },
    // engine.io-client hands it on to Node's http and to ws, which take an Agent; its types know browsers only.
    agent: agent as unknown as string,
  });
}

/** The gateway's refusal travels in `data`. Source: socket.io-client 4.8, `connect_error`. */
function refusal(error: Error, gateway: string): GatewayError {
  const { data } = error as { data?: unknown };
  const said = connectRefusalSchema.safeParse(data);
  if (!said.success) {
    return new GatewayError('unreachable', `No socket to ${gateway} (${error.message}).`, { cause: error });
  }
  const { code, retryAfterMs = null, supported } = said.data;
  const versions = supported ? ` It speaks protocol ${supported.join(', ')}; this client ${PROTOCOL_VERSION}.` : '';
  return new GatewayError(code, `The gateway refused the socket: ${code}.${versions}`, { retryAfterMs });
}
