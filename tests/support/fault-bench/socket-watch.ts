/** Counts the sockets a desk holds open at once, as the process itself knows it: no network can hide one. */
import { Socket } from 'socket.io-client';

type Connect = (this: Socket) => Socket;

interface Held {
  readonly sockets: Set<Socket>;
  readonly opened: (open: number) => void;
}

const held = new Map<string, Held>();
let original: Connect | null = null;

function prototype(): { connect: Connect } {
  return Socket.prototype;
}

/**
 * Calls `opened` when a socket towards this host is opened.
 * @param host as the desk's URL names it, without port
 * @param opened is given how many there are now, this one included
 * @returns ends it
 */
export function watchSockets(host: string, opened: (open: number) => void): () => void {
  install();
  held.set(host, { sockets: new Set(), opened });
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
    watched.opened(sockets.size);
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
