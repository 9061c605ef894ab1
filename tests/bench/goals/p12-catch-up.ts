/** P12: how long a desk that was away takes to be current again, and whether it answers meanwhile. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Browser } from '@playwright/test';
import { PageClient } from '../../support/browser-host/page-client.ts';
import { milliseconds, seconds, valueFigure } from '../figure.ts';
import type { Figure } from '../figure.ts';
import type { BenchSetting, Goal } from '../goal.ts';
import { everySoOften } from '../every-so-often.ts';
import { Host, openBrowser, openScreen } from '../screen.ts';
import type { Screen } from '../screen.ts';
import { openStation } from '../station.ts';
import type { Station } from '../station.ts';
import type { GatewayStation } from '../stations/gateway-station.ts';

/** Events the desk had before it went away. */
const BEFORE = 1_000;
const CATCH_UP_MOST_MS = 180_000;
const KEY_EVERY_MS = 150;
const REQUEST_EVERY_MS = 20;

const lengths = [
  { events: 5_000, mostSeconds: 1 },
  { events: 100_000, mostSeconds: 8 },
] as const;

export const p12: Goal = {
  id: 'p12',
  what: 'catching up after an absence, and answering meanwhile',
  measure: async (setting) => {
    const browser = await openBrowser();
    try {
      const figures: Figure[] = [];
      for (const { events, mostSeconds } of lengths) {
        const missed = setting.quick ? events / 20 : events;
        figures.push(...(await length(setting, browser, missed, mostSeconds)));
      }
      return figures;
    } finally {
      await browser.close();
    }
  },
};

interface CatchUp {
  readonly seconds: number;
  /** Slowest answers, milliseconds. */
  readonly keyMs: number;
  readonly requestMs: number;
}

async function length(setting: BenchSetting, browser: Browser, events: number, atMost: number): Promise<Figure[]> {
  const gateway = new AwayGateway(path.join(setting.folder, `gateway-${events}`));
  const rounds: CatchUp[] = [];
  try {
    const profiles = Array.from({ length: setting.rounds }, (_, n) => path.join(setting.folder, `desk-${events}-${n}`));
    await gateway.open();
    await gateway.ask.ask('fill', { series: 'before', events: BEFORE });
    for (const profile of profiles) await pairAndLeave(gateway, browser, profile);
    await gateway.close();
    await gateway.open({ elsewhere: true });
    await gateway.ask.ask('fill', { series: 'missed', events });
    await gateway.close();
    for (const profile of profiles) {
      const round = await comeBack(setting, gateway, browser, profile);
      rounds.push(round);
      const { keyMs, requestMs } = round;
      setting.say(
        `${events} events in ${round.seconds.toFixed(2)} s; a key ${keyMs} ms, a request ${requestMs.toFixed(0)} ms`,
      );
    }
  } finally {
    await gateway.close();
  }
  const about = (what: string) => ({ goal: 'P12', what: `${what}, ${events.toLocaleString('en')} events` });
  const input = (what: string, values: number[]): Figure =>
    valueFigure({ ...about(what), bound: { atMost: 100 }, unit: milliseconds }, values);
  return [
    valueFigure(
      { ...about('caught up and painted'), bound: { atMost }, unit: seconds },
      rounds.map((round) => round.seconds),
    ),
    input(
      'slowest key to paint',
      rounds.map(({ keyMs }) => keyMs),
    ),
    input(
      'slowest answer of the main process',
      rounds.map(({ requestMs }) => requestMs),
    ),
  ];
}

/** A gateway that keeps its address while it comes and goes. */
class AwayGateway {
  readonly #dataDir: string;
  #station: Station<GatewayStation> | null = null;
  url = '';

  constructor(dataDir: string) {
    this.#dataDir = dataDir;
    mkdirSync(dataDir);
  }

  get ask(): Station<GatewayStation> {
    if (!this.#station) throw new Error('the gateway is away');
    return this.#station;
  }

  /** @param how elsewhere: where no desk finds it */
  async open(how: { readonly elsewhere?: true } = {}): Promise<void> {
    this.#station = await openStation<GatewayStation>('gateway-station.ts');
    const port = this.url === '' || how.elsewhere ? 0 : Number(new URL(this.url).port);
    const url = await this.#station.ask('open', { dataDir: this.#dataDir, port });
    if (!how.elsewhere) this.url = url;
  }

  async close(): Promise<void> {
    const station = this.#station;
    this.#station = null;
    if (!station) return;
    await station.ask('close', null);
    await station.close();
  }
}

async function pairAndLeave(gateway: AwayGateway, browser: Browser, data: string): Promise<void> {
  const pairing = { gateway: gateway.url, code: await gateway.ask.ask('pairingCode', null) };
  const host = await Host.start({ data, pairing, profile: null });
  const screen = await openScreen(browser, host);
  await isCurrent(screen);
  await screen.close();
  await host.close();
}

async function comeBack(setting: BenchSetting, gateway: AwayGateway, browser: Browser, data: string): Promise<CatchUp> {
  const host = await Host.start({ data, profile: setting.profile });
  const screen = await openScreen(browser, host);
  const client = await PageClient.open(host.link);
  const requests: number[] = [];
  await screen.page.locator('#queue').focus();
  await screen.watch.clear();
  const endKeys = everySoOften(KEY_EVERY_MS, () => screen.page.keyboard.press('ArrowDown'));
  const endRequests = everySoOften(REQUEST_EVERY_MS, async () => {
    const asked = performance.now();
    await client.request('app.info');
    client.frames.length = 0;
    requests.push(performance.now() - asked);
  });
  await gateway.open();
  await isCurrent(screen);
  await endKeys();
  await endRequests();
  const { states, slowInputs } = await screen.watch.read();
  await client.close();
  await screen.close();
  await host.close();
  await gateway.close();
  const from = states.find(({ state }) => state === 'catching-up')?.at ?? Number.NaN;
  const to = states.find(({ current }) => current)?.paintedAt ?? Number.NaN;
  return {
    seconds: (to - from) / 1000,
    keyMs: Math.max(0, ...slowInputs.map(({ ms }) => ms)),
    requestMs: Math.max(...requests),
  };
}

async function isCurrent({ page }: Screen): Promise<void> {
  const painted = (): boolean =>
    window.benchLog.states.at(-1)?.current === true && window.benchLog.states.at(-1)?.paintedAt !== 0;
  await page.waitForFunction(painted, undefined, { timeout: CATCH_UP_MOST_MS, polling: 100 });
}
