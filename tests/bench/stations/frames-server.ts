/** The anchor of P1: Socket.IO alone sends the same events, one a frame, to whoever connects. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import { firstEvents } from '../first-events.ts';

/** Frames emitted before the loop turns, so that the line can be written meanwhile. */
const AT_ONCE = 200;

export type FramesServer = {
  /** @returns the URL it listens on */
  open(input: { readonly dataDir: string; readonly events: number }): Promise<string>;
};

export function createStation(): FramesServer {
  return {
    open: async ({ dataDir, events }) => {
      const payloads = firstEvents(dataDir, events);
      const server = createServer();
      const io = new Server(server, { perMessageDeflate: false, httpCompression: false, serveClient: false });
      io.on('connection', (socket) => {
        let next = 0;
        const some = (): void => {
          for (const payload of payloads.slice(next, next + AT_ONCE)) socket.emit('event', payload);
          next += AT_ONCE;
          if (next < payloads.length) setImmediate(some);
        };
        socket.once('begin', some);
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    },
  };
}
