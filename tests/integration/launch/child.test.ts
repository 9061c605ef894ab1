import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startChild } from '../../../launch/child.ts';
import type { Child, ChildSpec } from '../../../launch/child.ts';
import { workplaceIn, leashed } from '../../../launch/workplace.ts';
import { isRunning } from '../../support/e2e/is-running.ts';
import { root } from '../../support/e2e/program.ts';
import { PATIENCE } from '../../support/patience.ts';

let dir: string;
let running: Child[];
beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'tillwatch-child-'));
  running = [];
});
afterEach(async () => {
  await Promise.all(running.map((child) => child.stop(0)));
  await rm(dir, { recursive: true, force: true });
});

async function child(program: string, changes: Partial<ChildSpec> = {}): Promise<Child> {
  const file = path.join(dir, `program-${running.length}.mjs`);
  await writeFile(file, program);
  const started = startChild({ name: 'program', command: process.execPath, args: [file], logDir: dir, ...changes });
  running.push(started);
  return started;
}

describe('a child of the launch', () => {
  it('leaves its output in its log and its last lines with its end', async () => {
    const one = await child('console.log("out"); console.error("no space left"); process.exitCode = 3;');
    expect(await one.ended).toMatchObject({ how: 'exit code 3', code: 3 });
    expect((await one.ended).lastLines.toSorted()).toEqual(['no space left', 'out']);
    expect(await readFile(one.logFile, 'utf8')).toContain('no space left');
  });

  it('is spoken to and answers; what it says there stays out of its log', async () => {
    const said: string[] = [];
    const program = 'process.stdin.on("data", (text) => { console.log("heard " + text); process.exit(0); });';
    const one = await child(program, { stdin: true, onLine: (line) => void said.push(line) });
    one.tell('a secret');
    await one.ended;
    one.tell('too late');
    expect(said).toEqual(['heard a secret', '']);
    expect(await readFile(one.logFile, 'utf8')).toBe('');
  });

  it('ends when it is asked to, and is killed when it does not', async () => {
    const deaf = 'process.on("SIGTERM", () => {}); setInterval(() => {}, 1000); console.log("ready");';
    const ready = vi.fn();
    const [willing, stubborn] = [await child('setInterval(() => {}, 1000);'), await child(deaf, { onLine: ready })];
    await vi.waitFor(() => expect(ready).toHaveBeenCalled(), PATIENCE);
    await willing.stop();
    await stubborn.stop(50);
    expect([(await willing.ended).how, (await stubborn.ended).how]).toEqual(['signal SIGTERM', 'signal SIGKILL']);
    await stubborn.stop();
  });

  it('that cannot be started says so', async () => {
    const one = await child('', { command: path.join(dir, 'missing') });
    expect((await one.ended).how).toContain('ENOENT');
  });

  it('ends by itself when its starter was killed', async () => {
    await writeFile(path.join(dir, 'service.mjs'), 'setInterval(() => {}, 1000);');
    const args = leashed(workplaceIn(root, dir), 'launch/leash.ts', []).slice(0, 2);
    const starter = `
      import { spawn } from 'node:child_process';
      const args = ${JSON.stringify([...args, path.join(dir, 'service.mjs')])};
      const service = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'ignore', 'ipc'], detached: true });
      service.on('spawn', () => console.log(service.pid));
    `;
    const said: string[] = [];
    const one = await child(starter, { onLine: (line) => void said.push(line) });
    await vi.waitFor(() => expect(said).toHaveLength(1), PATIENCE);
    const pid = Number(said[0]);
    expect(isRunning(pid)).toBe(true);
    one.kill();
    await vi.waitFor(() => expect(isRunning(pid)).toBe(false), PATIENCE);
  });
});
