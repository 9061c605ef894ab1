import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Page } from '@playwright/test';
import type { TillwatchHost } from '../../../contract/ipc.ts';
import { GatewayServer } from '../../support/e2e/gateway-server.ts';
import { Processor, pendingPayment } from '../../support/e2e/processor.ts';
import { buildApplication } from '../../support/electron-stand-in/built-application.ts';
import { StandInApplication } from '../../support/electron-stand-in/electron-application.ts';

let dir: string;
let entry: string;
let gateway: GatewayServer;
let app: StandInApplication;
let args: string[];

async function firstWindow(): Promise<Page> {
  return vi.waitFor(
    () => {
      const [first] = app.windows();
      if (!first) throw new Error(`no window\n${app.output()}`);
      return first;
    },
    { timeout: 10_000 },
  );
}

beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'tillwatch-electron-'));
  entry = await buildApplication(path.join(dir, 'built'), 'bare');
  gateway = new GatewayServer(dir);
  await gateway.start();
  args = ['--data', path.join(dir, 'desk'), '--gateway', gateway.url, '--pair', await gateway.pairingCode()];
  const launched = await StandInApplication.launch(entry, args);
  if (!launched) throw new Error('the application ended at once');
  app = launched;
}, 120_000);

afterAll(async () => {
  await app.close();
  await gateway.stop();
  await rm(dir, { recursive: true, force: true });
}, 30_000);

describe('the desktop application', () => {
  it('opens a window whose page has the named functions and nothing else', async () => {
    const page = await firstWindow();
    const seen = await page.evaluate(() => ({
      names: Object.keys((globalThis as unknown as { tillwatchHost: object }).tillwatchHost),
      require: 'require' in globalThis,
      process: 'process' in globalThis,
    }));
    expect(seen.names).toHaveLength(13);
    expect(seen).toMatchObject({ require: false, process: false });
  });

  it('shows orders of a real gateway', async () => {
    const page = await firstWindow();
    await page.evaluate(async () => {
      const world = globalThis as unknown as { tillwatchHost: TillwatchHost; orders: string[] };
      world.orders = [];
      world.tillwatchHost.onDeskOrders((push) => {
        for (const order of push.orders) world.orders.push(order.reference);
      });
      await world.tillwatchHost.attachDesk({});
    });
    await new Processor(gateway.url).created(pendingPayment('A-1041'));
    await vi.waitFor(async () => {
      expect(await page.evaluate(() => (globalThis as unknown as { orders: string[] }).orders)).toContain('A-1041');
    });
  });
});
