/** The heap of another Node process, by its inspector. */
import { once } from 'node:events';
import { WebSocket } from 'ws';

/** Collects the garbage of the process behind an inspector's address. @returns bytes of its heap in use */
export async function nodeHeap(inspector: string): Promise<number> {
  const socket = new WebSocket(inspector);
  await once(socket, 'open');
  try {
    await asked(socket, 1, 'HeapProfiler.collectGarbage');
    const { usedSize } = (await asked(socket, 2, 'Runtime.getHeapUsage')) as { usedSize: number };
    return usedSize;
  } finally {
    socket.terminate();
  }
}

function asked(socket: WebSocket, id: number, method: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const heard = (data: Buffer): void => {
      const answer = JSON.parse(data.toString('utf8')) as {
        id?: number;
        result?: unknown;
        error?: { message: string };
      };
      if (answer.id !== id) return;
      socket.off('message', heard);
      if (answer.error) reject(new Error(`${method}: ${answer.error.message}`));
      else resolve(answer.result);
    };
    socket.on('message', heard);
    socket.once('close', () => reject(new Error(`${method}: the process has gone`)));
    socket.send(JSON.stringify({ id, method }));
  });
}
