/** A front before a gateway that passes plain requests on and nothing else: upgrades are stripped, Socket.IO if told so. */
import { createServer, request } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface PlainFront {
  readonly url: string;
  /** False: Socket.IO is answered with 404, as by a front that knows only `/v1`. */
  sockets: boolean;
  stop(): Promise<void>;
}

export async function startPlainFront(gateway: string): Promise<PlainFront> {
  const server = createServer((incoming, outgoing) => {
    if (!front.sockets && incoming.url?.startsWith('/socket.io')) outgoing.writeHead(404).end();
    else passOn(gateway, incoming, outgoing);
  });
  server.on('upgrade', (_request, socket) => socket.end('HTTP/1.1 400 Bad Request\r\nconnection: close\r\n\r\n'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const front = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    sockets: false,
    stop: async (): Promise<void> => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return front;
}

function passOn(gateway: string, incoming: IncomingMessage, outgoing: ServerResponse): void {
  const { method, headers } = incoming;
  const target = request(new URL(incoming.url ?? '/', gateway), { method: method ?? 'GET', headers, agent: false });
  target.on('response', (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(outgoing);
  });
  target.on('error', () => (outgoing.headersSent ? outgoing.destroy() : outgoing.writeHead(502).end()));
  outgoing.on('close', () => target.destroy());
  incoming.pipe(target);
}
