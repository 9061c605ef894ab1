import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const lookEveryMs = 100;

/**
 * Starts the packed application on a profile of its own until its log says that the desk has started, then ends it.
 * @returns milliseconds from the start to that line @throws with its words when it ends or takes too long
 */
export async function tryStart(executable: string, withinMs: number): Promise<number> {
  const profile = mkdtempSync(path.join(tmpdir(), 'tillwatch-packed-'));
  const log = path.join(profile, 'logs', 'tillwatch.log');
  const startedAt = performance.now();
  const child = spawn(executable, ['--data', profile], { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = once(child, 'exit');
  let words = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => (words += chunk.toString('utf8')));
  }
  try {
    for (;;) {
      if (existsSync(log) && readFileSync(log, 'utf8').includes('"desk started"')) return performance.now() - startedAt;
      const fate = child.exitCode ?? child.signalCode;
      if (fate !== null) throw new Error(`It ended with ${fate}.\n${words.slice(-4_000)}`);
      if (performance.now() - startedAt > withinMs)
        throw new Error(`It did not start in time.\n${words.slice(-4_000)}`);
      await wait(lookEveryMs);
    }
  } finally {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill();
      await ended;
    }
    rmSync(profile, { recursive: true, force: true, maxRetries: 10 });
  }
}
