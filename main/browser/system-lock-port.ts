import { setTimeout as wait } from 'node:timers/promises';
import { alivePath } from './page-server.ts';
import type { LockPort } from './profile-lock.ts';

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Someone else's process: it runs, whatever it is.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Asks the system and the network of this machine about the holder of a profile's lock. */
export const systemLockPort: LockPort = {
  isRunning,
  async answers({ port, key }) {
    try {
      const answer = await fetch(`http://127.0.0.1:${port}${alivePath}`, {
        headers: { authorization: `Bearer ${key}` },
        signal: AbortSignal.timeout(2_000),
      });
      return answer.status === 204;
    } catch {
      return false;
    }
  },
  wait: (ms) => wait(ms),
};
