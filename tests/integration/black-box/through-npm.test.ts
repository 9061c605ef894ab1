/** The gateway as its guide starts it from the sources: `npm run gateway`, which stands between a signal and the gateway. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../../..');

function signal(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, name);
  } catch {
    return false;
  }
}

// Windows has neither signals nor groups.
test.skipIf(process.platform === 'win32').each(['npm alone', 'its whole group, which npm then tells once more'])(
  'SIGTERM to %s drains the gateway, and npm ends with 0',
  async (whom) => {
    const folder = await mkdtemp(join(tmpdir(), 'tillwatch-npm-'));
    const args = ['run', 'gateway', '--', 'serve', '--data', join(folder, 'data'), '--port', '0'];
    const child = spawn('npm', args, { cwd: root, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    const { pid = 0 } = child;
    try {
      let log = '';
      child.stderr.on('data', (chunk: Buffer) => (log += chunk.toString()));
      const ended = once(child, 'close');
      const lines = createInterface(child.stdout);
      const listening = new Promise<string>((resolve) => {
        lines.on('line', (line) => line.startsWith('Tillwatch gateway listening on ') && resolve('listening'));
      });
      expect(await Promise.race([listening, ended.then(() => log)])).toBe('listening');
      signal(whom === 'npm alone' ? pid : -pid, 'SIGTERM');
      expect([...(await ended), log.includes('"msg":"stopped"')]).toEqual([0, null, true]);
      expect(signal(-pid, 0), 'something of it is left').toBe(false);
    } finally {
      signal(-pid, 'SIGKILL');
      await rm(folder, { recursive: true, force: true });
    }
  },
);
