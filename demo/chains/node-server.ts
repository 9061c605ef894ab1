/** The pretend nodes on the network: each below its path, all on one loopback port. */
import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { WebSocketServer } from 'ws';
import { closeServer, listenOnLoopback } from '../http/loopback-server.ts';
import type { NodeFront } from './node-front.ts';

export interface ChainServer {
  readonly url: string;
  readonly socketUrl: string;
  close(): Promise<void>;
}

/**
 * @param fronts by the path below which each answers; the one of `/` answers where no other does
 * @throws the system's error when the port is taken
 */
export async function openChainServer(fronts: Readonly<Record<string, NodeFront>>, port: number): Promise<ChainServer> {
  const closeFronts = () => {
    for (const front of Object.values(fronts)) front.close();
  };
  const server = createServer((request, response) => {
    const { front, path } = frontOf(fronts, request);
    if (front) front.request(request, response, path);
    else response.writeHead(404).end();
  });
  const sockets = new WebSocketServer({ server, maxPayload: 1024 * 1024 });
  sockets.on('connection', (socket, request) => {
    const { front } = frontOf(fronts, request);
    if (front?.socket) front.socket(socket);
    else socket.terminate();
  });
  sockets.on('error', () => undefined);
  const taken = await listenOnLoopback(server, port).catch((error: unknown) => {
    closeFronts();
    sockets.close();
    throw error;
  });
  return {
    url: `http://127.0.0.1:${taken}`,
    socketUrl: `ws://127.0.0.1:${taken}`,
    async close() {
      closeFronts();
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
      await closeServer(server);
    },
  };
}

function frontOf(
  fronts: Readonly<Record<string, NodeFront>>,
  { url = '/' }: IncomingMessage,
): { front: NodeFront | undefined; path: string } {
  const below = Object.keys(fronts).find((base) => base !== '/' && (url === base || url.startsWith(`${base}/`)));
  return below === undefined
    ? { front: fronts['/'], path: url }
    : { front: fronts[below], path: url.slice(below.length) || '/' };
}
