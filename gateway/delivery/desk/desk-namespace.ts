/** Socket.IO at `/desk`: the way events reach desks at once. */
import type { Server as HttpServer } from 'node:http';
import { Server } from 'socket.io';
import type { Socket } from 'socket.io';
import { DESK_NAMESPACE, limits } from '../../../contract/protocol.ts';
import type { ConnectRefusal } from '../../../contract/protocol.ts';
import type { Desk } from '../../store/desks.ts';
import { isForeignOrigin } from '../origin.ts';
import type { Services } from '../services.ts';
import { deskParser } from './desk-parser.ts';
import { DeskSocket } from './desk-socket.ts';
import { DeskSockets } from './desk-sockets.ts';
import type { FlowLimits } from './flow-window.ts';
import { handshake } from './handshake.ts';
import { WsEngine } from './ws-engine.ts';

export interface DeskNamespace {
  readonly sockets: DeskSockets;
  /** Ends what is left of the sockets; the HTTP server stays with its owner. */
  close(): void;
}

export function openDeskNamespace(
  server: HttpServer,
  services: Services,
  options: { flow: FlowLimits; overlapMs: number; pingIntervalMs: number; pingTimeoutMs: number },
): DeskNamespace {
  const io = new Server(server, {
    serveClient: false,
    wsEngine: WsEngine,
    parser: deskParser,
    perMessageDeflate: false,
    httpCompression: false,
    maxHttpBufferSize: limits.deskMessageBytes,
    pingInterval: options.pingIntervalMs,
    pingTimeout: options.pingTimeoutMs,
    connectTimeout: limits.handshakeMs,
    allowRequest: (request, callback) => callback(null, !isForeignOrigin(request.headers)),
  });
  // Nothing lives in the default namespace.
  io.use((_socket, next) => next(refusal({ code: 'unauthorized' })));
  const sockets = new DeskSockets(options.overlapMs);
  const desks = io.of(DESK_NAMESPACE);
  desks.use((socket, next) => void admit(services, socket, next));
  desks.on('connection', (socket) => {
    const { desk } = socket.data as { desk: Desk };
    const onResumed = (resumed: DeskSocket): void => sockets.takesOver(resumed);
    const deskSocket = new DeskSocket({ socket, desk, services, flow: options.flow, onResumed });
    sockets.add(deskSocket);
    services.log.info({ desk: desk.id, transport: socket.conn.transport.name }, 'desk connected');
    socket.once('disconnect', (reason) => {
      sockets.remove(deskSocket);
      services.log.info({ desk: desk.id, reason }, 'desk disconnected');
    });
  });
  return {
    sockets,
    close: () => {
      desks.disconnectSockets(true);
      io.engine.close();
    },
  };
}

async function admit(services: Services, socket: Socket, next: (error?: Error) => void): Promise<void> {
  let refused: ConnectRefusal | null = null;
  try {
    const admitted = await handshake(services, socket);
    if ('code' in admitted) refused = admitted;
    else socket.data = { desk: admitted };
  } catch (error) {
    services.log.error({ error: String(error) }, 'a handshake failed');
    refused = { code: 'rate-limited', retryAfterMs: 1_000 };
  }
  services.traffic.socket(refused?.code ?? 'admitted');
  if (refused?.code === 'rate-limited') services.traffic.limited('socket');
  next(refused ? refusal(refused) : undefined);
}

/** Its `data` reaches the desk as `connect_error.data`. */
function refusal(data: ConnectRefusal): Error {
  return Object.assign(new Error(data.code), { data });
}
