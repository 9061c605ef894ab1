/** The pretend node on the network: JSON-RPC over HTTP and WebSocket on one loopback port. */
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';
import type { Chain } from './chain.ts';
import { answerRpc } from './chain-rpc.ts';
import { createChainSubscriptions } from './chain-subscriptions.ts';
import { readBody } from './http-body.ts';
import { answerJson } from './json-rpc.ts';
import type { RpcHandler } from './json-rpc.ts';
import { closeServer, listenOnLoopback } from './loopback-server.ts';
import { createPendingFilters } from './pending-filters.ts';

export interface ChainServer {
  readonly url: string;
  readonly socketUrl: string;
  close(): Promise<void>;
}

/**
 * @param isOut while true nobody is answered, and who is connected is cut off
 * @throws the system's error when the port is taken
 */
export async function openChainServer(
  chain: Chain,
  port: number,
  isOut: () => boolean = () => false,
): Promise<ChainServer> {
  const filters = createPendingFilters(chain);
  const handle: RpcHandler = (method, parameters) =>
    filters.answer(method, parameters) ?? answerRpc(chain, method, parameters);
  const server = createServer((request, response) => {
    if (isOut()) response.destroy();
    else void answerHttp(request, response, handle);
  });
  const sockets = new WebSocketServer({ server, maxPayload: 1024 * 1024 });
  sockets.on('connection', (socket) => serve(socket, chain, isOut));
  sockets.on('error', () => undefined);
  const taken = await listenOnLoopback(server, port).catch((error: unknown) => {
    filters.close();
    sockets.close();
    throw error;
  });
  return {
    url: `http://127.0.0.1:${taken}`,
    socketUrl: `ws://127.0.0.1:${taken}`,
    async close() {
      filters.close();
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
      await closeServer(server);
    },
  };
}

async function answerHttp(request: IncomingMessage, response: ServerResponse, handle: RpcHandler): Promise<void> {
  try {
    const body = request.method === 'POST' ? answerJson(await readBody(request), handle) : null;
    response.writeHead(body === null ? 405 : 200, { 'content-type': 'application/json' });
    response.end(body ?? '{}');
  } catch {
    response.destroy();
  }
}

function serve(socket: WebSocket, chain: Chain, isOut: () => boolean): void {
  if (isOut()) socket.terminate();
  const subscriptions = createChainSubscriptions(chain, (notification) => {
    if (isOut()) socket.terminate();
    else socket.send(JSON.stringify(notification));
  });
  const handle: RpcHandler = (method, parameters) =>
    subscriptions.answer(method, parameters) ?? answerRpc(chain, method, parameters);
  socket.on('message', (data: Buffer) => {
    if (isOut()) socket.terminate();
    else socket.send(answerJson(data.toString('utf8'), handle));
  });
  socket.on('close', () => subscriptions.close());
  socket.on('error', () => socket.terminate());
}
