import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it, onTestFinished } from 'vitest';
import { startStopwatch } from '../../support/stopwatch.ts';

const BUSY_MS = 300;

function work(): void {
  const until = performance.now() + BUSY_MS;
  while (performance.now() < until);
}

it('never counts more than passed, and what was neither worked nor waited is counted', async () => {
  const from = performance.now();
  const watch = startStopwatch();
  await new Promise((resolve) => setTimeout(resolve, BUSY_MS));
  const ms = watch.ms();
  expect(ms).toBeLessThanOrEqual(performance.now() - from);
  // A sleeper stands in no queue until it wakes.
  expect(ms).toBeGreaterThan(BUSY_MS / 2);
});

it.runIf(process.platform === 'linux')('leaves out the time for which others had the processor', async () => {
  // Two processes that were started by this one and never rest, bound to the one processor that it is bound to as well.
  const script = `
    const { execFileSync, spawn } = require('node:child_process');
    execFileSync('taskset', ['-cp', '0', String(process.pid)]);
    const rivals = [1, 2, 3].map(() => spawn(process.execPath, ['-e', 'process.stdout.write("."); for (;;);']));
    const running = rivals.map((rival) => new Promise((resolve) => rival.stdout.once('data', resolve)));
    Promise.all(running).then(() => import(process.argv[1])).then(({ startStopwatch }) => {
      const from = performance.now();
      const watch = startStopwatch();
      while (performance.now() - from < 2000);
      const told = { ms: watch.ms(), elapsed: performance.now() - from };
      for (const rival of rivals) rival.kill('SIGKILL');
      process.stdout.write(JSON.stringify(told));
    });`;
  const child = spawn(process.execPath, ['-e', script, new URL('../../support/stopwatch.ts', import.meta.url).href]);
  onTestFinished(() => void child.kill('SIGKILL'));
  let out = '';
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  await once(child, 'close');
  const { ms, elapsed } = JSON.parse(out) as { ms: number; elapsed: number };
  expect(ms).toBeLessThan(elapsed / 2);
});

it('counts what this thread works itself', () => {
  const cpu = process.threadCpuUsage();
  const watch = startStopwatch();
  work();
  const { user, system } = process.threadCpuUsage(cpu);
  expect(watch.ms()).toBeGreaterThan(((user + system) / 1_000) * 0.5);
});
