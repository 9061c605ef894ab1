/** Counts the sockets a desk holds open at once, as the process itself knows it: no network can hide one. */
import { Socket } from 'socket.io-client';

export interface SocketsTold {
  /** A socket was opened; there are so many now, this one included. */
  readonly opened: (open: number, id: number) => void;
  readonly ended: (id: number) => void;
}

type Connect = (this: Socket) => Socket;

interface Held {
  readonly sockets: Set<Socket>;
  readonly told: SocketsTold;
  made: number;
}

const held = new Map<string, Held>();
let original: Connect | null = null;

function prototype(): { connect: Connect } {
  return Socket.prototype;
}

/**
 * Tells of every socket towards a host, by numbers from 1.
 * @param host as the desk's URL names it, without port
 * @returns ends it
 */
export function watchSockets(host: string, told: SocketsTold): () => void {
  install();
  held.set(host, { sockets: new Set(), told, made: 0 });
  return () => {
    held.delete(host);
    if (held.size === 0) uninstall();
  };
}

function install(): void {
  if (original) return;
  const connect = (original = prototype().connect);
  prototype().connect = function () {
    const socket = connect.call(this);
    const { hostname } = this.io.engine as unknown as { hostname: string };
    const watched = held.get(hostname);
    if (!watched) return socket;
    const { sockets } = watched;
    sockets.add(socket);
    for (const each of sockets) if (!isOpen(each)) sockets.delete(each);
    const id = (watched.made += 1);
    watched.told.opened(sockets.size, id);
    this.io.engine.once('close', () => watched.told.ended(id));
    return socket;
  };
}

function isOpen({ io }: Socket): boolean {
  return io.engine.readyState === 'open' || io.engine.readyState === 'opening';
}

function uninstall(): void {
  if (original) prototype().connect = original;
  original = null;
}
