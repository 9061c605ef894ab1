/** Sees a desk's confirmations at the moment they are given to Socket.IO: later it could not be told what came first. */
import { Socket } from 'socket.io-client';

/** What a Socket.IO packet of type 3, the answer to an event, carries. Source: socket.io-protocol 5, `PacketType.ACK`. */
interface AckPacket {
  readonly type: number;
  readonly data?: readonly unknown[];
}
const ACK = 3;

type Send = (this: Socket, packet: AckPacket) => void;

const listeners = new Map<string, (seq: number) => void>();
let original: Send | null = null;

function prototype(): { packet: Send } {
  return Socket.prototype as unknown as { packet: Send };
}

/**
 * Calls `confirmed` when a socket towards this host confirms.
 * @param host as the desk's URL names it, without port
 * @returns ends it
 */
export function watchConfirmations(host: string, confirmed: (seq: number) => void): () => void {
  install();
  listeners.set(host, confirmed);
  return () => {
    listeners.delete(host);
    if (listeners.size === 0) uninstall();
  };
}

function install(): void {
  if (original) return;
  const send = (original = prototype().packet);
  prototype().packet = function (packet) {
    const [answer] = packet.type === ACK ? (packet.data ?? []) : [];
    if (typeof answer === 'object' && answer !== null && 'seq' in answer && typeof answer.seq === 'number') {
      const { hostname } = this.io.engine as unknown as { hostname: string };
      listeners.get(hostname)?.(answer.seq);
    }
    send.call(this, packet);
  };
}

function uninstall(): void {
  if (original) prototype().packet = original;
  original = null;
}
