import type { IncomingMessage, ServerResponse } from 'node:http';
import type { WebSocket } from 'ws';

/** What answers below one path of a server. */
export interface NodeFront {
  /** @param path of the request below its own, with a leading slash */
  request(request: IncomingMessage, response: ServerResponse, path: string): void;
  /** A front without it refuses WebSockets. */
  socket?(socket: WebSocket): void;
  close(): void;
}
