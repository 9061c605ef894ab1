/** P11: what 100,000 orders cost in memory, beside the same application without any. */
import type { Browser } from '@playwright/test';
import { megabytes, spreadWritten, valueFigure } from '../figure.ts';
import type { Figure } from '../figure.ts';
import { filledLog } from '../filled-log.ts';
import type { Goal } from '../goal.ts';
import { allShown, profileOf } from '../journalled-profile.ts';
import { nodeHeap } from '../node-heap.ts';
import { Host, openBrowser, openScreen } from '../screen.ts';
import type { Screen } from '../screen.ts';

const ORDERS = 100_000;

interface Memory {
  /** Megabytes of heap in use, garbage collected. */
  readonly main: number;
  readonly page: number;
}

export const p11: Goal = {
  id: 'p11',
  what: 'memory with many orders beside the empty application',
  measure: async (setting) => {
    const browser = await openBrowser();
    try {
      const log = await filledLog(setting.folder, 1_000);
      const orders = setting.quick ? ORDERS / 50 : ORDERS;
      const many = await profileOf(setting, log, orders);
      const none = await profileOf(setting, log, 0);
      const rounds: { empty: Memory; full: Memory }[] = [];
      for (let n = 0; n < setting.rounds; n += 1) {
        const round = { empty: await memory(browser, none, 0), full: await memory(browser, many, orders) };
        rounds.push(round);
        setting.say(`round ${n + 1}: main ${round.full.main.toFixed(0)} MB, page ${round.full.page.toFixed(0)} MB`);
      }
      return figures(orders, rounds);
    } finally {
      await browser.close();
    }
  },
};

function figures(orders: number, rounds: readonly { empty: Memory; full: Memory }[]): Figure[] {
  const more = rounds.map(({ empty, full }) => full.main + full.page - empty.main - empty.page);
  const empty = spreadWritten(
    rounds.map(({ empty: { main, page } }) => main + page),
    megabytes,
  );
  const what = `heap of main and page with ${orders.toLocaleString('en')} orders, more than empty`;
  const parts = `main ${spreadWritten(
    rounds.map(({ full }) => full.main),
    megabytes,
  )}, page ${spreadWritten(
    rounds.map(({ full }) => full.page),
    megabytes,
  )}`;
  return [{ ...valueFigure({ goal: 'P11', what, bound: { atMost: 120 }, unit: megabytes }, more, empty), ours: parts }];
}

async function memory(browser: Browser, data: string, orders: number): Promise<Memory> {
  const host = await Host.start({ data, inspected: true });
  try {
    const screen = await openScreen(browser, host);
    await allShown(screen.page, orders);
    const used = { main: (await nodeHeap(host.inspector)) / 1e6, page: (await pageHeap(screen)) / 1e6 };
    await screen.close();
    return used;
  } finally {
    await host.close();
  }
}

async function pageHeap({ page }: Screen): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  await session.detach();
  return usedSize;
}
