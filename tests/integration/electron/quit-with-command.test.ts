import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { Page } from '@playwright/test';
import type { TillwatchHost } from '../../../contract/bridge.ts';
import type { CommandView } from '../../../contract/ipc.ts';
import { standInLauncher } from '../../support/electron/stand-in-launcher.ts';
import type { ElectronApplication, ElectronLauncher } from '../../support/electron/electron-application.ts';
import { buildApplication } from '../../support/electron-stand-in/built-application.ts';
import { created } from '../../support/scripted-gateway/drafts.ts';
import { startScriptedGateway } from '../../support/scripted-gateway/scripted-gateway.ts';
import type { ScriptedGateway } from '../../support/scripted-gateway/scripted-gateway.ts';
import { PATIENCE } from '../../support/patience.ts';
import { startStopwatch } from '../../support/stopwatch.ts';

interface World {
  tillwatchHost: TillwatchHost;
  connection: string;
  commands: CommandView[];
}

const patient = { ...PATIENCE, interval: 50 };
let dir: string;
let gateway: ScriptedGateway;
let launcher: ElectronLauncher;

beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'tillwatch-quit-'));
  launcher = standInLauncher(await buildApplication(path.join(dir, 'built'), 'bare'));
  gateway = await startScriptedGateway();
  gateway.append(created('a'));
});

afterAll(async () => {
  await gateway.close();
  await rm(dir, { recursive: true, force: true });
});

/** Starts the application and waits until its desk is live in its window. */
async function start(...args: string[]): Promise<{ application: ElectronApplication; page: Page }> {
  const application = await launcher.launch(['--data', path.join(dir, 'desk'), ...args]);
  const page = await vi.waitFor(async () => {
    const [first] = application.windows();
    if (!first) throw new Error(`no window\n${application.output()}`);
    expect(await first.evaluate(() => 'tillwatchHost' in globalThis)).toBe(true);
    return first;
  }, patient);
  await page.evaluate(async () => {
    const world = globalThis as unknown as World;
    world.tillwatchHost.onDeskState(({ connection, commands }) => {
      world.connection = connection.state;
      world.commands = commands;
    });
    await world.tillwatchHost.attachDesk({});
  });
  await vi.waitFor(async () => {
    expect(await page.evaluate(() => (globalThis as unknown as World).connection)).toBe('live');
  }, patient);
  return { application, page };
}

const commands = (page: Page) => page.evaluate(() => (globalThis as unknown as World).commands);

it('[CM1] [CM2] a quit with a command pending is not held up, and the next start finds out what became of it', async () => {
  gateway.script.commands.answer = () => ({ ok: true, state: 'pending' });
  const first = await start('--gateway', gateway.url, '--pair', gateway.code);
  await first.page.evaluate(async () => {
    const { tillwatchHost } = globalThis as unknown as World;
    await tillwatchHost.sendCommand({ store: 'main', order: 'a', name: 'claim', args: {} });
  });
  await vi.waitFor(async () => expect(await commands(first.page)).toMatchObject([{ state: 'pending' }]), patient);
  const quit = startStopwatch();
  expect(await first.application.close()).toBe(0);
  expect(quit.ms()).toBeLessThan(8_000);
  expect(first.application.output()).not.toContain('did not close cleanly');

  gateway.script.commands.answer = () => ({ ok: true, state: 'done', seq: 2 });
  const second = await start();
  await vi.waitFor(
    async () => expect(await commands(second.page)).toMatchObject([{ name: 'claim', state: 'done' }]),
    patient,
  );
  expect([...gateway.script.commands.carriedOut.values()]).toEqual([1]);
  expect(await second.application.close()).toBe(0);
});
