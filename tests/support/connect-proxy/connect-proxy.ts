/** A proxy that knows names nobody else does: it leads `CONNECT host:port` to where a test says. */
import { createServer } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';

export interface ConnectProxy {
  readonly url: string;
  /** Every `host:port` asked for, in order. */
  readonly asked: string[];
  /** Every account that was shown with a request, as the header has it. */
  readonly accounts: string[];
  /** Loopback port behind a `host:port`; another is answered with 502. */
  readonly routes: Map<string, number>;
  /** While true every request is answered with 407. */
  wantsName: boolean;
  close(): Promise<void>;
}

export async function startConnectProxy(): Promise<ConnectProxy> {
  const open = new Set<Duplex>();
  const server = createServer((_request, response) => response.writeHead(405).end());
  const proxy = {
    asked: [] as string[],
    accounts: [] as string[],
    routes: new Map<string, number>(),
    wantsName: false,
  };
  server.on('connect', ({ url = '', headers }, client: Duplex) => {
    keep(open, client);
    proxy.asked.push(url);
    if (headers['proxy-authorization'] !== undefined) proxy.accounts.push(headers['proxy-authorization']);
    const port = proxy.routes.get(url);
    if (proxy.wantsName) client.end('HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n');
    else if (port === undefined) client.end('HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\n\r\n');
    else keep(open, tunnel(client, port));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const close = async (): Promise<void> => {
    for (const socket of open) socket.destroy();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return Object.assign(proxy, { url, close });
}

function tunnel(client: Duplex, port: number): Socket {
  const target = connect(port, '127.0.0.1', () => {
    client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
    target.pipe(client);
    client.pipe(target);
  });
  target.on('error', () => client.destroy());
  target.on('close', () => client.destroy());
  client.on('close', () => target.destroy());
  return target;
}

function keep(open: Set<Duplex>, socket: Duplex): void {
  open.add(socket);
  socket.on('error', () => socket.destroy());
  socket.on('close', () => open.delete(socket));
}
