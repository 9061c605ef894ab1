import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test as base } from '@playwright/test';
import type { Page } from '@playwright/test';
import { buildPage } from './built-page.ts';
import { DeskHost } from './desk-host.ts';
import { GatewayServer } from './gateway-server.ts';
import { Processor } from './processor.ts';

interface Fixtures {
  readonly dir: string;
  readonly gateway: GatewayServer;
  readonly processor: Processor;
  /** A host whose profile is paired with the gateway. */
  readonly host: DeskHost;
  /** The desk in a page that was let in; its policy violations and script errors fail the test. */
  readonly desk: Page;
}

/** Waits until the first picture was painted. */
export async function whenReady(page: Page): Promise<void> {
  await page.locator('html[data-ready="true"]').waitFor({ state: 'attached' });
}

/** Fails the test on every violation of the page's policy and every uncaught error in it. */
async function watchFaults(page: Page): Promise<string[]> {
  const faults: string[] = [];
  await page.exposeFunction('tillwatchTestFault', (fault: string) => void faults.push(fault));
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      const tell = (globalThis as unknown as { tillwatchTestFault: (fault: string) => void }).tillwatchTestFault;
      tell(`${event.effectiveDirective} refused ${event.blockedURI} at ${event.sourceFile}:${event.lineNumber}`);
    });
  });
  page.on('pageerror', (error) => faults.push(`error: ${error.message}`));
  return faults;
}

export const test = base.extend<Fixtures, { builtPage: null }>({
  builtPage: [
    async ({}, use) => {
      buildPage();
      await use(null);
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  dir: async ({}, use) => {
    const dir = await mkdtemp(path.join(tmpdir(), 'tillwatch-e2e-'));
    await use(dir);
    await rm(dir, { recursive: true, force: true });
  },
  gateway: async ({ dir }, use) => {
    const gateway = new GatewayServer(dir);
    await gateway.start();
    await use(gateway);
    await gateway.stop();
  },
  processor: async ({ gateway }, use) => {
    await use(new Processor(gateway.url));
  },
  host: async ({ dir, gateway, builtPage: _ }, use) => {
    const host = new DeskHost(dir);
    await host.start({ gateway: gateway.url, code: await gateway.pairingCode() });
    await use(host);
    await host.stop();
  },
  desk: async ({ page, host }, use) => {
    const faults = await watchFaults(page);
    await page.goto(host.link);
    await whenReady(page);
    await use(page);
    expect(faults, 'policy violations and script errors').toEqual([]);
  },
});
