import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test as base } from '@playwright/test';
import type { Page } from '@playwright/test';
import type { ElectronLauncher } from '../electron/electron-application.ts';
import { electronBinary, realLauncher } from '../electron/real-electron.ts';
import { standInLauncher } from '../electron/stand-in-launcher.ts';
import { NO_BINARY } from '../electron/unproved.ts';
import { buildApplication } from '../electron-stand-in/built-application.ts';
import { BrowserDeskHost } from './browser-desk-host.ts';
import type { DeskHost, HostKind } from './desk-host.ts';
import { ElectronDeskHost } from './electron-desk-host.ts';
import { GatewayServer } from './gateway-server.ts';
import { Processor } from './processor.ts';

interface Fixtures {
  readonly dir: string;
  readonly gateway: GatewayServer;
  readonly processor: Processor;
  /** A host that has not been started; what its pages did wrong fails the test. */
  readonly unpaired: DeskHost;
  /** A running host whose profile is paired with the gateway. */
  readonly host: DeskHost;
  /** The same, where a test is about the browser host. */
  readonly browserHost: BrowserDeskHost;
  /** A desktop application that has not been started, and one whose profile is paired. */
  readonly unpairedElectron: ElectronDeskHost;
  readonly electronHost: ElectronDeskHost;
  /** The page of the paired desk. */
  readonly desk: Page;
  /** Skips the tests of a host that this machine does not have; the reporter says so. */
  readonly measured: null;
}

interface Scope {
  readonly hostKind: HostKind;
  /** How the desktop application is started; null on the browser host. */
  readonly launcher: ElectronLauncher | null;
}

async function withFolder(use: (dir: string) => Promise<void>): Promise<void> {
  const dir = await mkdtemp(path.join(tmpdir(), 'tillwatch-e2e-'));
  await use(dir);
  await rm(dir, { recursive: true, force: true });
}

async function launcherOf(kind: HostKind, dir: string): Promise<ElectronLauncher | null> {
  if (kind === 'browser') return null;
  const entry = await buildApplication(dir, 'real');
  if (kind === 'stand-in') return standInLauncher(entry);
  const binary = electronBinary();
  if (binary === null) throw new Error(NO_BINARY);
  return realLauncher(binary, dir);
}

export const test = base.extend<Fixtures, Scope>({
  hostKind: ['browser', { option: true, scope: 'worker' }],
  measured: [
    async ({ hostKind }, use, info) => {
      const missing = hostKind === 'electron' && electronBinary() === null;
      info.skip(missing, NO_BINARY);
      await use(null);
    },
    { auto: true },
  ],
  launcher: [
    async ({ hostKind }, use) => {
      await withFolder(async (dir) => use(await launcherOf(hostKind, dir)));
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  dir: async ({}, use) => withFolder(use),
  gateway: async ({ dir }, use) => {
    const gateway = new GatewayServer(dir);
    await gateway.start();
    await use(gateway);
    await gateway.stop();
  },
  processor: async ({ gateway }, use) => {
    await use(new Processor(gateway.url));
  },
  unpaired: async ({ dir, launcher, browser, colorScheme }, use) => {
    const host = launcher ? new ElectronDeskHost(dir, launcher, { colorScheme }) : new BrowserDeskHost(dir, browser);
    await use(host);
    await host.close();
    expect(host.faults, 'policy violations and script errors').toEqual([]);
  },
  host: async ({ unpaired, gateway }, use) => {
    await unpaired.start({ gateway: gateway.url, code: await gateway.pairingCode() });
    await use(unpaired);
  },
  browserHost: async ({ host }, use) => {
    if (!(host instanceof BrowserDeskHost)) throw new Error('this test is about the browser host');
    await use(host);
  },
  unpairedElectron: async ({ unpaired }, use) => {
    if (!(unpaired instanceof ElectronDeskHost)) throw new Error('this test is about the desktop application');
    await use(unpaired);
  },
  electronHost: async ({ host: _, unpairedElectron }, use) => use(unpairedElectron),
  desk: async ({ host }, use) => {
    await use(await host.open());
  },
});
