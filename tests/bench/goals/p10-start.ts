/** P10: from starting the host until something is painted, beside a host of an empty page; and at home among many orders. */
import type { Browser } from '@playwright/test';
import { count, milliseconds, seconds, spreadWritten, valueFigure } from '../figure.ts';
import type { Figure } from '../figure.ts';
import { filledLog } from '../filled-log.ts';
import type { Goal } from '../goal.ts';
import { allShown, painted, profileOf } from '../journalled-profile.ts';
import { Host, openBrowser, openScreen } from '../screen.ts';
import type { Screen } from '../screen.ts';
import { openStation } from '../station.ts';
import type { EmptyPage } from '../stations/empty-page.ts';

const FEW = 200;
const MANY = 100_000;
const ROW = '#queue [role="row"][id]';
const SCROLLS = 40;

/** Milliseconds, unless they say otherwise. */
interface Home {
  readonly firstSeconds: number;
  readonly scroll: number;
  readonly search: number;
  readonly longTasks: number;
}

export const p10: Goal = {
  id: 'p10',
  what: 'starting, and being at home among many orders',
  measure: async (setting) => {
    const browser = await openBrowser();
    try {
      const log = await filledLog(setting.folder, 1_000);
      const few = await profileOf(setting, log, FEW);
      const orders = setting.quick ? MANY / 50 : MANY;
      const many = await profileOf(setting, log, orders);
      const empty: number[] = [];
      const ours: number[] = [];
      const homes: Home[] = [];
      for (let n = 0; n < setting.rounds; n += 1) {
        empty.push(await emptyStart(browser));
        ours.push(await start(browser, few));
        homes.push(await atHome(browser, many, orders));
        setting.say(
          `round ${n + 1}: empty ${empty.at(-1)?.toFixed(0) ?? '?'} ms, ours ${ours.at(-1)?.toFixed(0) ?? '?'} ms`,
        );
      }
      return [startFigure(empty, ours), ...homeFigures(homes)];
    } finally {
      await browser.close();
    }
  },
};

function startFigure(empty: readonly number[], ours: readonly number[]): Figure {
  const more = ours.map((ms, n) => ms - (empty[n] ?? Number.NaN));
  const what = 'cold start to painted rows, more than a host of an empty page';
  const figure = valueFigure({ goal: 'P10', what, bound: { atMost: 400 }, unit: milliseconds }, more);
  return { ...figure, anchor: spreadWritten(empty, milliseconds), ours: spreadWritten(ours, milliseconds) };
}

function homeFigures(homes: readonly Home[]): Figure[] {
  const about = (what: string, atMost: number, unit: typeof seconds) => ({
    goal: 'P10',
    what,
    bound: { atMost },
    unit,
  });
  const of = (name: keyof Home): number[] => homes.map((home) => home[name]);
  return [
    valueFigure(
      about('100,000 journalled orders: first rows painted after the page was asked for', 1.5, seconds),
      of('firstSeconds'),
    ),
    valueFigure(about('100,000 orders: a page further down, slowest key to paint', 100, milliseconds), of('scroll')),
    valueFigure(about('100,000 orders: a letter of a search, slowest key to paint', 100, milliseconds), of('search')),
    valueFigure(about('100,000 orders: tasks over 50 ms while scrolling', 0, count), of('longTasks')),
  ];
}

/** @returns milliseconds from starting the process to the paint */
async function emptyStart(browser: Browser): Promise<number> {
  const begun = performance.now();
  const station = await openStation<EmptyPage>('empty-page.ts');
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    await page.goto(await station.ask('open', null));
    await painted(page, 'p');
    return performance.now() - begun;
  } finally {
    await context.close();
    await station.close();
  }
}

async function start(browser: Browser, data: string): Promise<number> {
  const begun = performance.now();
  const host = await Host.start({ data });
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    await page.goto(host.link);
    await painted(page, ROW);
    return performance.now() - begun;
  } finally {
    await context.close();
    await host.close();
  }
}

async function atHome(browser: Browser, data: string, orders: number): Promise<Home> {
  const host = await Host.start({ data });
  try {
    const begun = performance.now();
    let firstSeconds = 0;
    const screen = await openScreen(browser, host, async (page) => {
      await painted(page, ROW);
      firstSeconds = (performance.now() - begun) / 1000;
    });
    await allShown(screen.page, orders);
    await screen.watch.clear();
    const scroll = await scrolled(screen);
    const { longTasks } = await screen.watch.read();
    const home = { firstSeconds, scroll, longTasks: longTasks.length, search: await searched(screen) };
    await screen.close();
    return home;
  } finally {
    await host.close();
  }
}

/** Page by page down the queue, as a person who holds the key. @returns the slowest key to paint, milliseconds */
async function scrolled({ page, watch }: Screen): Promise<number> {
  await page.locator('#queue').focus();
  for (let n = 0; n < SCROLLS; n += 1) await page.keyboard.press('PageDown', { delay: 30 });
  await page.keyboard.press('End');
  await page.keyboard.press('Home');
  return slowest(watch);
}

/** @returns the slowest letter to paint, milliseconds */
async function searched({ page, watch }: Screen): Promise<number> {
  await watch.clear();
  await page.keyboard.press('/');
  await page.keyboard.type('R-0001e', { delay: 120 });
  return slowest(watch);
}

async function slowest(watch: Screen['watch']): Promise<number> {
  const { slowInputs } = await watch.read();
  // What took less than a frame is not told.
  return Math.max(16, ...slowInputs.map(({ ms }) => ms));
}
