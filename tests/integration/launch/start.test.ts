import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { deskStateSchema } from '../../../contract/ipc.ts';
import { PageClient } from '../../support/browser-host/page-client.ts';
import type { Frame } from '../../support/browser-host/page-client.ts';
import { processesNaming } from '../../support/e2e/processes-naming.ts';
import { Program, root } from '../../support/e2e/program.ts';
import { PATIENCE } from '../../support/patience.ts';

let data: string;
let started: Program[];
beforeEach(async () => {
  data = await mkdtemp(path.join(tmpdir(), 'tillwatch-start-'));
  started = [];
});
afterEach(async () => {
  await Promise.all(started.map((program) => program.end('SIGTERM')));
  await rm(data, { recursive: true, force: true });
});

const limit = 120_000;
const isOpen = /^Tillwatch is open at (http:\/\/127\.0\.0\.1:\d+\/open\?key=\S+)$/;

function start(...args: string[]): Program {
  const program = new Program('launch/start.ts', ['--no-open', '--port', '0', '--data', data, ...args]);
  started.push(program);
  return program;
}

async function linkOf(program: Program): Promise<string> {
  return (await program.waitForLine(isOpen))[1] ?? '';
}

function stateOf(frame: Frame) {
  return frame.push === 'desk.state' ? deskStateSchema.parse(frame.payload) : null;
}

/** Attaches a page and waits until it is live and shows an order. */
async function livingPage(link: string): Promise<string> {
  const page = await PageClient.open(link);
  expect(await page.request('desk.attach')).toMatchObject({ ok: true });
  const live = await page.waitFor((frame) => stateOf(frame)?.current === true);
  await page.waitFor((frame) => frame.push === 'desk.orders' && (frame.payload as { orders: [] }).orders.length > 0);
  expect(await page.request('app.info')).toMatchObject({ output: { demo: 'running' } });
  await page.close();
  return stateOf(live)?.desk?.id ?? '';
}

describe('npm start', () => {
  it(
    'reaches a living page, says why it is not Electron, keeps its pairing over a restart, and leaves nothing running',
    async () => {
      const first = start();
      const deskId = await livingPage(await linkOf(first));
      if (!existsSync(path.join(root, 'node_modules', 'electron', 'path.txt'))) {
        expect(first.lines).toContain(
          "Electron's binary is not installed here; opening the same application in the browser.",
        );
      }
      expect((await readdir(path.join(data, 'logs'))).toSorted()).toEqual(['demo.log', 'desk.log', 'gateway.log']);
      expect(await first.end('SIGINT')).toBe(0);
      if (process.platform === 'linux') await vi.waitFor(() => expect(processesNaming(data)).toEqual([]), PATIENCE);

      const again = start('--browser');
      expect(await livingPage(await linkOf(again))).toBe(deskId);
      expect(again.lines.join('\n')).not.toContain('Electron');
      expect(await again.end('SIGTERM')).toBe(0);
    },
    limit,
  );

  it(
    'leads a second start to the first',
    async () => {
      const first = start('--browser');
      const link = await linkOf(first);
      const second = start('--browser');
      expect(await linkOf(second)).toBe(link);
      await second.waitForLine(/^Tillwatch is running already/);
      await vi.waitFor(() => expect(second.ended).toBe(true), PATIENCE);
      expect(second.child.exitCode).toBe(0);
      expect(first.ended).toBe(false);
    },
    limit,
  );

  it.skipIf(process.platform !== 'linux')(
    'leaves nothing running when it was killed itself',
    async () => {
      const program = start('--browser');
      await linkOf(program);
      expect(processesNaming(data).length).toBeGreaterThan(3);
      await program.end('SIGKILL');
      await vi.waitFor(() => expect(processesNaming(data)).toEqual([]), PATIENCE);
    },
    limit,
  );

  it('starts neither gateway nor demo for a gateway elsewhere', { timeout: limit }, async () => {
    const program = start('--browser', '--gateway', 'http://127.0.0.1:9', '--pair', 'NO-SUCH-CODE');
    const page = await PageClient.open(await linkOf(program));
    expect(await page.request('app.info')).toMatchObject({ output: { demo: 'unavailable' } });
    expect(program.lines.some((line) => line.startsWith('Pairing failed: '))).toBe(true);
    await page.close();
    expect(await readdir(data)).toEqual(['compiled', 'desk', 'logs']);
  });

  it('refuses what it does not know with exit code 2, and helps', async () => {
    const program = start('--colour');
    await vi.waitFor(() => expect(program.ended).toBe(true), PATIENCE);
    expect(program.child.exitCode).toBe(2);
    expect(program.errors[0]).toContain('--colour');
    const help = new Program('launch/start.ts', ['--help']);
    expect(await help.output()).toContain('Usage: npm start');
  });
});
