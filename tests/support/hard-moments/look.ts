/**
 * Plays the hard moments of a desk before a real browser and takes a picture of each step, for a person to look at:
 * `node tests/support/hard-moments/look.ts FOLDER [NAME…]`. Clocks are set by libfaketime; a moment that needs it is
 * named and left out where the library is not installed.
 */
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as passes } from 'node:timers/promises';
import { chromium } from '@playwright/test';
import type { Page } from '@playwright/test';
import { GatewayServer } from '../e2e/gateway-server.ts';
import { pendingPayment, Processor } from '../e2e/processor.ts';
import { Program } from '../e2e/program.ts';
import { startFaultProxy } from '../fault-proxy/fault-proxy.ts';
import type { FaultProxy } from '../fault-proxy/fault-proxy.ts';

const FAKETIME = '/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1';
const HOUR = 3600;

/** A device with its desk and browser behind a network, its gateway, and a clock that can be set. */
interface Scene {
  readonly page: Page;
  readonly host: Program;
  readonly gateway: GatewayServer;
  readonly shop: Processor;
  readonly proxy: FaultProxy;
  /** Sets the device's clock this many seconds away from the true time. */
  readonly setClock: (seconds: number) => Promise<void>;
  readonly shoot: (name: string) => Promise<void>;
}

interface Moment {
  readonly needsClock: boolean;
  readonly play: (scene: Scene) => Promise<void>;
}

const live = (page: Page) => page.getByRole('status').filter({ hasText: 'Live' }).first().waitFor({ timeout: 30_000 });
const notLive = (page: Page) =>
  page
    .getByText(/Not live/)
    .first()
    .waitFor({ timeout: 30_000 });

const moments: Readonly<Record<string, Moment>> = {
  'gateway-killed': {
    needsClock: false,
    play: async ({ page, gateway, shop, shoot }) => {
      await shoot('1-live');
      await gateway.stop('SIGKILL');
      await notLive(page);
      await shoot('2-away');
      await passes(10_000);
      await shoot('3-away-10-s');
      await gateway.start();
      await shop.created(pendingPayment('A-2001'));
      await page.getByText('A-2001').first().waitFor();
      await live(page);
      await shoot('4-back');
    },
  },
  'black-hole': {
    needsClock: false,
    play: async ({ page, proxy, shop, shoot }) => {
      proxy.weather.blackHole = true;
      const missed = shop.created(pendingPayment('A-2002'));
      await passes(8_000);
      await shoot('1-silence-8-s');
      await notLive(page);
      await shoot('2-known');
      await missed;
      proxy.weather.blackHole = false;
      await live(page);
      await page.getByText('A-2002').first().waitFor();
      await shoot('3-back');
    },
  },
  'sleep-8-h': {
    needsClock: true,
    play: async ({ page, host, proxy, setClock, shop, shoot }) => {
      host.child.kill('SIGSTOP');
      proxy.reset();
      await shop.created(pendingPayment('A-2003'));
      await setClock(8 * HOUR);
      await passes(2_000);
      host.child.kill('SIGCONT');
      await passes(300);
      await shoot('1-just-awake');
      await passes(1_200);
      await shoot('2-a-second-later');
      await page.getByText('A-2003').first().waitFor();
      await live(page);
      await shoot('3-live-again');
    },
  },
  'clock-jump': {
    needsClock: true,
    play: async ({ page, setClock, shoot }) => {
      await setClock(HOUR);
      await passes(1_500);
      await shoot('1-an-hour-ahead');
      await live(page);
      await passes(8_000);
      await shoot('2-settled');
      await page.getByText('Health', { exact: true }).click();
      await passes(1_000);
      await shoot('3-health');
      await setClock(-HOUR);
      await passes(8_000);
      await shoot('4-an-hour-behind');
    },
  },
};

async function main(folder: string, chosen: readonly string[]): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [name, moment] of Object.entries(moments)) {
    if (chosen.length > 0 && !chosen.includes(name)) continue;
    if (moment.needsClock && !existsSync(FAKETIME)) {
      process.stdout.write(`${name}: not played: no libfaketime at ${FAKETIME}\n`);
      continue;
    }
    await play(name, moment, folder);
    process.stdout.write(`${name}: played\n`);
  }
}

async function play(name: string, moment: Moment, folder: string): Promise<void> {
  const dir = await mkdtemp(path.join(tmpdir(), 'tillwatch-look-'));
  const clockFile = path.join(dir, 'clock');
  const setHostClock = (seconds: number) => writeFile(clockFile, `${seconds < 0 ? '' : '+'}${seconds}\n`);
  await setHostClock(0);
  const fake = moment.needsClock
    ? {
        LD_PRELOAD: FAKETIME,
        FAKETIME_TIMESTAMP_FILE: clockFile,
        FAKETIME_NO_CACHE: '1',
        FAKETIME_DONT_FAKE_MONOTONIC: '1',
      }
    : {};
  const gateway = new GatewayServer(dir);
  await gateway.start();
  const proxy = await startFaultProxy(Number(new URL(gateway.url).port), name);
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-background-networking', '--disable-gpu'],
  });
  const args = ['--data', path.join(dir, 'desk'), '--port', '0', '--no-open', '--name', 'Front counter'];
  const pairing = ['--gateway', `http://127.0.0.1:${proxy.port}`, '--pair', await gateway.pairingCode()];
  const host = new Program('main/browser.ts', [...args, ...pairing], fake);
  try {
    const link = (await host.waitForLine(/^Tillwatch is open at (http:\/\/\S+)$/))[1] ?? '';
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    const setPageClock = await withClock(page);
    await page.goto(link);
    await live(page);
    const shop = new Processor(gateway.url);
    for (let n = 1; n <= 8; n += 1) await shop.created(pendingPayment(`A-10${n}`));
    await shop.captured(pendingPayment('A-1000'));
    await page.getByText('A-108').first().waitFor();
    const shoot = async (step: string) => {
      await page.screenshot({ path: path.join(folder, `${name}-${step}.png`) });
    };
    const setClock = async (seconds: number) => {
      await Promise.all([setHostClock(seconds), setPageClock(seconds)]);
    };
    await moment.play({ page, host, gateway, shop, proxy, setClock, shoot });
  } finally {
    host.child.kill('SIGCONT');
    await host.end();
    await browser.close();
    await proxy.close();
    await gateway.stop();
    await rm(dir, { recursive: true, force: true });
  }
}

/** The browser's own wall clock: libfaketime stops Chromium, so the page's `Date` is set instead. */
async function withClock(page: Page): Promise<(seconds: number) => Promise<void>> {
  await page.addInitScript(() => {
    const True = Date;
    const shift = { ms: 0 };
    Object.assign(globalThis, { shiftClock: (ms: number) => void (shift.ms = ms) });
    globalThis.Date = new Proxy(True, {
      construct: (target, args: []) => (args.length === 0 ? new target(True.now() + shift.ms) : new target(...args)),
      get: (target, key) =>
        key === 'now'
          ? () => True.now() + shift.ms
          : (Reflect.get(target, key) as (typeof target)[keyof typeof target]),
    });
  });
  return (seconds) =>
    page.evaluate((ms) => {
      (globalThis as unknown as { shiftClock: (ms: number) => void }).shiftClock(ms);
    }, seconds * 1000);
}

const [folder, ...chosen] = process.argv.slice(2);
if (folder === undefined)
  throw new Error('Where shall the pictures go? node tests/support/hard-moments/look.ts FOLDER');
await main(folder, chosen);
