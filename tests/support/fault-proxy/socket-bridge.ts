import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocket } from 'ws';
import type { RawData, WebSocketServer } from 'ws';
import type { MessageTap } from './message-tap.ts';

export interface Bridged {
  readonly request: IncomingMessage;
  readonly socket: Duplex;
  readonly head: Buffer;
  readonly webSockets: WebSocketServer;
  readonly gateway: number;
  /** False once that gateway was killed: it may take a moment to end, and says nothing any more. */
  readonly isAlive: () => boolean;
  readonly tap: MessageTap;
}

/** Two WebSockets as one: opened only when the gateway has opened its own, every message in order, both end together. */
export function bridge({ request, socket, head, webSockets, gateway, isAlive, tap }: Bridged): void {
  const far = new WebSocket(`ws://127.0.0.1:${gateway}${request.url ?? '/'}`, { perMessageDeflate: false });
  const lost = (): void => void socket.destroy();
  far.on('error', lost);
  socket.on('close', () => far.terminate());
  far.once('open', () => {
    if (socket.destroyed) return;
    webSockets.handleUpgrade(request, socket, head, (near) => {
      near.on('error', () => undefined);
      near.on('message', (data) => {
        for (const packet of tap.fromDesk(textOf(data))) if (far.readyState === WebSocket.OPEN) far.send(packet);
      });
      far.on('message', (data) => {
        if (!isAlive()) return;
        for (const packet of tap.fromGateway(textOf(data))) if (near.readyState === WebSocket.OPEN) near.send(packet);
      });
      near.on('close', () => far.terminate());
      far.on('close', () => near.close());
    });
  });
}

function textOf(data: RawData): string {
  return (Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data as Buffer)).toString('utf8');
}
