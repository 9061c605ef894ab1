/** The anchor of P2: Socket.IO alone, which answers at once. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';

export type EchoServer = {
  /** @returns the URL it listens on */
  open(input: null): Promise<string>;
};

export function createStation(): EchoServer {
  return {
    open: async () => {
      const server = createServer();
      const io = new Server(server, { perMessageDeflate: false, httpCompression: false, serveClient: false });
      io.on('connection', (socket) => {
        socket.on('echo', (_payload: unknown, answer: (said: string) => void) => answer('here'));
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    },
  };
}
