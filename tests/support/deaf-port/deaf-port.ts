/** A port of this machine that swallows connections, as a firewall does that drops them: nobody accepts, the queue is full. */
import { spawn } from 'node:child_process';
import { connect } from 'node:net';
import type { Socket } from 'node:net';

export interface DeafPort {
  readonly port: number;
  close(): Promise<void>;
}

/** Listens with the shortest queue there is, then never comes back to its event loop. */
const program = `
  const server = require('node:net').createServer();
  server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
    require('node:fs').writeSync(1, server.address().port + '\\n');
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  });
`;

/** A connect that took longer than this found the queue full; milliseconds. On loopback one takes less than one. */
const SWALLOWED_MS = 300;
const QUEUE_MOST = 64;

export async function startDeafPort(): Promise<DeafPort> {
  const child = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const port = Number(await new Promise((resolve) => child.stdout.once('data', resolve)));
  const queue: Socket[] = [];
  const close = async (): Promise<void> => {
    for (const socket of queue) socket.destroy();
    child.kill('SIGKILL');
    await ended;
  };
  while (queue.length < QUEUE_MOST) {
    if (!(await enqueue(port, queue))) return { port, close };
  }
  await close();
  throw new Error('the port swallows nothing');
}

function enqueue(port: number, queue: Socket[]): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  queue.push(socket);
  socket.on('error', () => undefined);
  return new Promise((resolve) => {
    const full = setTimeout(() => resolve(false), SWALLOWED_MS);
    socket.once('connect', () => {
      clearTimeout(full);
      resolve(true);
    });
  });
}
