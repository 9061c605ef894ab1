import type { Duplex } from 'node:stream';
import type { Socket } from 'node:net';
import type { ConnectionError } from 'fastify';
import { HttpError } from './http-error.ts';

const faults: Readonly<Record<string, HttpError>> = {
  HPE_HEADER_OVERFLOW: new HttpError(431, 'headers-too-large', 'The headers are larger than this gateway reads.'),
  ERR_HTTP_REQUEST_TIMEOUT: new HttpError(408, 'request-timeout', 'The request was not sent in time.'),
};
const malformed = new HttpError(400, 'bad-request', 'This is no HTTP request.');

/** Refuses in our own envelope what never became a request, and closes the line. */
export function answerUnparsed(error: ConnectionError, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  writeRefusal(socket, faults[error.code] ?? malformed);
  socket.destroySoon();
}

/** Writes a refusal where nobody else will answer, as the last thing of the line. */
export function writeRefusal(line: Duplex, refusal: HttpError): void {
  const body = JSON.stringify(refusal.body());
  const head = [
    `HTTP/1.1 ${refusal.status} ${refusal.code}`,
    'content-type: application/json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ];
  line.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
