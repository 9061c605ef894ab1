/** The anchor of P1: Socket.IO's client alone, which only counts. */
import { io } from 'socket.io-client';

export type FramesClient = {
  /** @returns events per second, from asking for the first to having the last */
  receive(input: { readonly url: string; readonly events: number }): Promise<number>;
};

export function createStation(): FramesClient {
  return {
    receive: ({ url, events }) =>
      new Promise((resolve) => {
        const socket = io(url, { transports: ['websocket'], reconnection: false });
        let begun = 0;
        let received = 0;
        socket.on('connect', () => {
          begun = performance.now();
          socket.emit('begin');
        });
        socket.on('event', () => {
          received += 1;
          if (received < events) return;
          socket.close();
          resolve(events / ((performance.now() - begun) / 1000));
        });
      }),
  };
}
