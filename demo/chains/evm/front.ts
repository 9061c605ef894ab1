/** A pretend node as clients meet it: JSON-RPC over HTTP and WebSocket. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { WebSocket } from 'ws';
import { readBody } from '../../http/request-body.ts';
import type { NodeFront } from '../node-front.ts';
import type { Chain } from './chain.ts';
import { answerJson } from './json-rpc.ts';
import type { RpcHandler } from './json-rpc.ts';
import { createPendingFilters } from './pending-filters.ts';
import { answerRpc } from './rpc.ts';
import { createChainSubscriptions } from './subscriptions.ts';

export interface EvmFrontParts {
  readonly chain: Chain;
  /** What the node shows in place of the chain; the chain itself by default. */
  readonly shown?: () => Chain;
  /** While true nobody is answered, and who is connected is cut off. */
  readonly isOut?: () => boolean;
}

export function evmFront({ chain, shown = () => chain, isOut = () => false }: EvmFrontParts): NodeFront {
  const filters = createPendingFilters(chain);
  const handle: RpcHandler = (method, parameters) =>
    filters.answer(method, parameters) ?? answerRpc(shown(), method, parameters);
  return {
    request(request, response) {
      if (isOut()) response.destroy();
      else void answerHttp(request, response, handle);
    },
    socket: (socket) => serve(socket, chain, { shown, isOut }),
    close: () => filters.close(),
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

function serve(
  socket: WebSocket,
  chain: Chain,
  { shown, isOut }: Required<Pick<EvmFrontParts, 'shown' | 'isOut'>>,
): void {
  if (isOut()) socket.terminate();
  const subscriptions = createChainSubscriptions(chain, (notification) => {
    if (isOut()) socket.terminate();
    else socket.send(JSON.stringify(notification));
  });
  const handle: RpcHandler = (method, parameters) =>
    subscriptions.answer(method, parameters) ?? answerRpc(shown(), method, parameters);
  socket.on('message', (data: Buffer) => {
    if (isOut()) socket.terminate();
    else socket.send(answerJson(data.toString('utf8'), handle));
  });
  socket.on('close', () => subscriptions.close());
  socket.on('error', () => socket.terminate());
}
