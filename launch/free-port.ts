import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';

/** @returns the port when nobody listens on it at 127.0.0.1, null when it is taken; 0 finds a free one */
export function freePort(port: number): Promise<number | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(null));
    server.listen(port, '127.0.0.1', () => {
      const { port: found } = server.address() as AddressInfo;
      server.close(() => resolve(found));
    });
  });
}
