import { setTimeout as wait } from 'node:timers/promises';
import { connect } from 'node:net';
import type { LockPort } from './profile-lock.ts';

/** Where a page server says that it lives; answers 204 to the holder of the key. */
export const alivePath = '/alive';

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Someone else's process: it runs, whatever it is.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

async function pageAnswers({ port, key }: { port: number; key: string }): Promise<boolean> {
  try {
    const answer = await fetch(`http://127.0.0.1:${port}${alivePath}`, {
      headers: { authorization: `Bearer ${key}` },
      signal: AbortSignal.timeout(2_000),
    });
    return answer.status === 204;
  } catch {
    return false;
  }
}

/** A local socket belongs to its process and ends with it: whoever takes the connection lives. */
function socketAnswers(socket: string): Promise<boolean> {
  return new Promise((resolve) => {
    const connection = connect(socket);
    const end = (answers: boolean) => {
      connection.destroy();
      resolve(answers);
    };
    connection.once('connect', () => end(true));
    connection.once('error', () => end(false));
  });
}

/** Asks the system and the network of this machine about the holder of a profile's lock. */
export const systemLockPort: LockPort = {
  isRunning,
  answers: (at) => ('port' in at ? pageAnswers(at) : socketAnswers(at.socket)),
  wait: (ms) => wait(ms),
};
