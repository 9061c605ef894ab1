import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { Page } from '@playwright/test';
import type { TillwatchHost } from '../../../contract/bridge.ts';
import { StandInApplication } from '../../support/electron-stand-in/electron-application.ts';
import { PATIENCE } from '../../support/patience.ts';
import { buildAll } from '../../support/packaging/build-all.ts';

interface World {
  tillwatchHost: TillwatchHost;
  connection: string;
  gateway: string | null;
  orders: string[];
}

const patient = { ...PATIENCE, interval: 50 };
let dir: string;
let entry: string;
let app: StandInApplication;

async function launch(): Promise<Page> {
  const launched = await StandInApplication.launch(entry, ['--data', path.join(dir, 'desk')]);
  if (!launched) throw new Error('the application ended at once');
  app = launched;
  // A page that is slow to answer on a busy machine is replaced, so that all of this may have to begin again.
  return vi.waitFor(async () => {
    const page = app.windows().at(-1);
    if (!page) throw new Error(app.output());
    expect(await page.evaluate(() => 'tillwatchHost' in globalThis)).toBe(true);
    await attach(page);
    return page;
  }, patient);
}

function attach(page: Page): Promise<void> {
  return page.evaluate(async () => {
    const world = globalThis as unknown as World;
    world.orders = [];
    world.tillwatchHost.onDeskState(({ connection, gateway }) => {
      world.connection = connection.state;
      world.gateway = gateway?.url ?? null;
    });
    world.tillwatchHost.onDeskOrders(({ orders }) => void world.orders.push(...orders.map(({ id }) => id)));
    await world.tillwatchHost.attachDesk({});
  });
}

const seen = (page: Page) =>
  page.evaluate(() => {
    const { connection, gateway, orders } = globalThis as unknown as World;
    return { connection, gateway, orders: new Set(orders).size };
  });

const utilities = () =>
  app.evaluate(
    ({ standIn }) =>
      standIn.utilities
        .filter(({ pid }) => pid !== undefined)
        .map(({ pid, serviceName, args }) => ({ pid: pid ?? 0, serviceName, serves: !args.includes('--json') })),
    null,
  );

async function whenLive(page: Page): Promise<string> {
  await vi.waitFor(async () => {
    const { connection, orders } = await seen(page);
    expect({ connection, some: orders > 0 }).toEqual({ connection: 'live', some: true });
  }, patient);
  return (await seen(page)).gateway ?? '';
}

const isRunning = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'tillwatch-own-demo-'));
  entry = await buildAll(path.join(dir, 'built'), 'bare');
});

afterAll(async () => {
  await app.close();
  await rm(dir, { recursive: true, force: true });
});

it('starts nothing by itself, then gateway and demo when a person asks, and pairs with them', async () => {
  const page = await launch();
  expect(await utilities()).toEqual([]);
  const info = await page.evaluate(() => (globalThis as unknown as World).tillwatchHost.appInfo({}));
  expect(info).toMatchObject({ ok: true, output: { demo: 'available' } });
  const started = await page.evaluate(() => (globalThis as unknown as World).tillwatchHost.startDemo({}));
  expect(started, app.output()).toEqual({ ok: true, output: {} });
  expect(await whenLive(page)).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect((await utilities()).map(({ serviceName }) => serviceName).sort()).toEqual([
    'Tillwatch demo',
    'Tillwatch gateway',
  ]);
  expect(await readdir(path.join(dir, 'desk', 'own-demo'))).toEqual(['demo.json', 'gateway', 'shop']);
  if (process.platform !== 'win32') {
    const { mode } = await stat(path.join(dir, 'desk', 'own-demo', 'demo.json'));
    expect(mode & 0o777).toBe(0o600);
  }
});

it('brings a fallen gateway back where the desk looks for it', async () => {
  const [page] = app.windows();
  if (!page) throw new Error('no window');
  const { gateway } = await seen(page);
  const before = await utilities();
  const fallen = before.find(({ serviceName }) => serviceName === 'Tillwatch gateway')?.pid ?? 0;
  process.kill(fallen, 'SIGKILL');
  await vi.waitFor(async () => {
    const now = await utilities();
    expect(now).toHaveLength(2);
    expect(now.every(({ pid }) => !before.some((old) => old.pid === pid))).toBe(true);
  }, patient);
  expect(await whenLive(page)).toBe(gateway);
});

it('ends them with itself, and brings them back for a desk that is paired with them', async () => {
  const [page] = app.windows();
  if (!page) throw new Error('no window');
  const { gateway } = await seen(page);
  const pids = (await utilities()).map(({ pid }) => pid);
  expect(await app.close()).toBe(0);
  await vi.waitFor(() => expect(pids.filter(isRunning)).toEqual([]), patient);
  expect(await whenLive(await launch())).toBe(gateway);
});

it('ends them when the pairing is forgotten, and starts nothing at the next start', async () => {
  const [page] = app.windows();
  if (!page) throw new Error('no window');
  const pids = (await utilities()).map(({ pid }) => pid);
  expect(pids).toHaveLength(2);
  await page.evaluate(() => (globalThis as unknown as World).tillwatchHost.forgetPairing({}));
  expect(pids.filter(isRunning)).toEqual([]);
  await app.close();
  await launch();
  expect(await utilities()).toEqual([]);
});
