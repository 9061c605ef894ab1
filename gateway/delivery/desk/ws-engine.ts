import { WebSocketServer } from 'ws';
import type { ServerOptions } from 'ws';

/** Milliseconds in which the other side may confirm a close before its line is cut. */
const CLOSE_MS = 2_000;

/** The WebSocket server Socket.IO uses; whoever is sent away and does not leave holds his line for 2 s, not for 30. */
export class WsEngine extends WebSocketServer {
  constructor(options: ServerOptions) {
    const timed: ServerOptions & { closeTimeout: number } = { ...options, closeTimeout: CLOSE_MS };
    super(timed);
  }
}
