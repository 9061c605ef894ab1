import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { socketRefusal } from './admission.ts';
import type { Admission } from './admission.ts';
import { LinkPasses, newPass } from './link-pass.ts';
import { createPageServer, openPath, senderOf } from './page-server.ts';
import { servePage } from './page-socket.ts';
import type { PageSocketOptions } from './page-socket.ts';
import { loadRendererFiles } from '../page/renderer-files.ts';

export interface BrowserHostOptions extends PageSocketOptions {
  /** Folder of the built renderer. */
  readonly rendererDir: string;
  /** Loopback port; 0 takes a free one. */
  readonly port: number;
}

export interface BrowserHost {
  readonly port: number;
  /** The secret of this launch's link. */
  readonly key: string;
  /** The link that lets a browser in; it holds the key. */
  readonly link: string;
  /** Ends every page's socket and the server. Twice is harmless. */
  close(): Promise<void>;
}

/** Where a page opens its socket. */
export const socketPath = '/ipc';

/** Bytes of the longest message taken from a page. */
export const inboundLimit = 64 * 1024;

export function linkOf(port: number, key: string): string {
  return `http://127.0.0.1:${port}${openPath}?key=${key}`;
}

/** As linkOf, for one use: what a browser is started with. @param now epoch milliseconds */
export function passLinkOf(port: number, key: string, now: number): string {
  return `http://127.0.0.1:${port}${openPath}?pass=${newPass(key, now)}`;
}

/**
 * Serves the renderer and the desk to the browsers of this machine: on 127.0.0.1 only.
 * @throws when the port is taken (`code` EADDRINUSE) or the renderer is not built
 */
export async function openBrowserHost(options: BrowserHostOptions): Promise<BrowserHost> {
  const files = await loadRendererFiles(options.rendererDir);
  const server = createServer({ headersTimeout: 5_000, requestTimeout: 10_000 });
  await listening(server, options.port);
  const { port } = server.address() as AddressInfo;
  const key = randomBytes(24).toString('base64url');
  const admission: Admission = {
    port,
    cookieName: `tillwatch_${port}`,
    session: randomBytes(24).toString('base64url'),
  };
  const sockets = new WebSocketServer({ noServer: true, maxPayload: inboundLimit, perMessageDeflate: false });
  server.on('request', createPageServer({ files, admission, key, passes: new LinkPasses(key) }));
  server.on('upgrade', (request, stream, head) => {
    stream.on('error', () => stream.destroy());
    const path = request.url?.split('?', 1)[0];
    if (socketRefusal(senderOf(request), admission) !== null) refuse(stream, '403 Forbidden');
    else if (path !== socketPath) refuse(stream, '404 Not Found');
    else sockets.handleUpgrade(request, stream, head, (socket) => servePage(socket, options));
  });
  let closing: Promise<void> | null = null;
  return { port, key, link: linkOf(port, key), close: () => (closing ??= closed(server, sockets)) };
}

function listening(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function refuse(stream: Duplex, status: string): void {
  stream.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`, () => stream.destroy());
}

/** Pages are told that the host goes away (1001) and get a moment to say goodbye before they are cut. */
async function closed(server: Server, sockets: WebSocketServer): Promise<void> {
  const ended = new Promise<void>((resolve) => void server.close(() => resolve()));
  for (const socket of sockets.clients) socket.close(1001, 'Tillwatch was closed');
  const cut = setTimeout(() => {
    for (const socket of sockets.clients) socket.terminate();
    server.closeAllConnections();
  }, 1_000);
  server.closeIdleConnections();
  await ended;
  clearTimeout(cut);
}
