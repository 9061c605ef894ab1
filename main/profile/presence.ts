import { randomBytes } from 'node:crypto';
import { chmod } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

export interface Presence {
  /** Where the socket is, for whoever wants to ask. */
  readonly socket: string;
  close(): Promise<void>;
}

/**
 * A local socket by which others find out that this process lives. It says nothing and reads nothing; being asked is the
 * whole of it. A name of its own in the temporary folder, because a path within a profile may be longer than a system
 * takes (104 bytes on macOS); on Windows a named pipe.
 * @param onAsked called whenever somebody asks
 */
export async function openPresence(onAsked: () => void, platform = process.platform): Promise<Presence> {
  const name = `tillwatch-${randomBytes(8).toString('hex')}`;
  const socket = platform === 'win32' ? `\\\\.\\pipe\\${name}` : path.join(tmpdir(), `${name}.sock`);
  const server = createServer((connection) => {
    connection.on('error', () => connection.destroy());
    connection.resume();
    connection.end();
    onAsked();
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(socket, resolve);
  });
  if (platform !== 'win32') await chmod(socket, 0o600);
  return { socket, close: () => new Promise((resolve) => void server.close(() => resolve())) };
}
