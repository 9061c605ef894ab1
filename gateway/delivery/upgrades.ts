/** Who asks to go on in another protocol than HTTP/1.1. */
import type { IncomingMessage, Server } from 'node:http';
import { writeRefusal } from './answer-unparsed.ts';
import { foreignOrigin } from './http-error.ts';
import { isForeignOrigin } from './origin.ts';

/** Where Socket.IO listens. */
const SOCKET_PATH = '/socket.io/';

/**
 * WebSocket is spoken at one path, and nothing else anywhere. Other offers may be ignored, and are: many HTTP clients offer
 * HTTP/2 with every first request to a plain address, and wait for an answer in either. Source: RFC 9110, section 7.8.
 */
export function isWebSocketUpgrade({ headers, url }: IncomingMessage): boolean {
  return headers.upgrade?.toLowerCase() === 'websocket' && url?.startsWith(SOCKET_PATH) === true;
}

/** Engine.IO refuses a foreign page's WebSocket with 400: before it does, the page is told what its other calls are told. */
export function refuseForeignUpgrades(server: Server): void {
  server.prependListener('upgrade', ({ headers }, line) => {
    if (isForeignOrigin(headers)) writeRefusal(line, foreignOrigin());
  });
}
