import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Asked {
  readonly path: string;
  readonly authorization: string | undefined;
  readonly at: number;
}

export type Reply = (response: ServerResponse, request: IncomingMessage) => void;

/** A real HTTP server that answers as a test tells it to, and remembers what it was asked. */
export class PretendProcessor {
  readonly asked: Asked[] = [];
  /** Answers by payment id; `*` answers all others, the probe too. */
  readonly replies = new Map<string, Reply>();
  readonly #server = createServer((request, response) => {
    const path = request.url ?? '';
    this.asked.push({ path, authorization: request.headers.authorization, at: performance.now() });
    const reply = this.replies.get(path.split('/').at(-1) ?? '') ?? this.replies.get('*') ?? notFound;
    reply(response, request);
  });

  async open(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/api`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** How often a payment was asked for. */
  count(id: string): number {
    return this.asked.filter(({ path }) => path === `/api/payments/${id}`).length;
  }
}

export function answer(status: number, body: string, headers: Record<string, string> = {}): Reply {
  return (response) => response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
}

export const notFound = answer(404, '{"error":{"type":"invalid_request_error","code":"not_found"}}');
export const page = answer(200, '<html><body>Welcome to the hotel network</body></html>', {
  'content-type': 'text/html',
});
/** Takes the request and never answers. */
export const silence: Reply = () => undefined;
/** Answers without end, as fast as it is read. */
export const endless: Reply = (response) => {
  response.writeHead(200, { 'content-type': 'application/json' });
  const chunk = Buffer.alloc(64 * 1024, ' ');
  const more = (): void => {
    while (!response.destroyed && response.write(chunk));
  };
  response.on('drain', more);
  more();
};
/** Begins to answer, and never ends. */
export const dripping: Reply = (response) => {
  response.writeHead(200, { 'content-type': 'application/json' }).write('{"id":');
};
