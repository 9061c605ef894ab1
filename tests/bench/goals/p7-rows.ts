/** P7: what the queue costs while a thousand orders a second change, beside a well-known grid. */
import type { Browser, Page } from '@playwright/test';
import type { Order } from '../../../contract/order.ts';
import { openBuiltPage } from '../../support/fake-bridge/built-page.ts';
import type { FakeDesk } from '../../support/fake-bridge/install-bridge.ts';
import { samplePayment, sampleOrder } from '../../support/fake-bridge/sample-orders.ts';
import { ordersPush, quietDesk } from '../../support/fake-bridge/scenario.ts';
import { count, percent, ratioFigure, valueFigure } from '../figure.ts';
import type { Goal } from '../goal.ts';
import { gridRow, openGridPage } from '../grid-page.ts';
import { watchPage } from '../page-watch.ts';
import { openBrowser } from '../screen.ts';

const ORDERS = 10_000;
const PER_SECOND = 1_000;
const SECONDS = 8;
const WARM_UP_SECONDS = 2;

declare global {
  interface Window {
    fakeDesk: FakeDesk;
    benchRows: Record<string, unknown>[];
  }
}

interface Load {
  /** Of one processor, percent: all of the browser's processes together. */
  readonly cpu: number;
  readonly longTasks: number;
}

export const p7: Goal = {
  id: 'p7',
  what: `${ORDERS.toLocaleString('en')} rows at ${PER_SECOND.toLocaleString('en')} updates a second, beside AG Grid Community`,
  measure: async (setting) => {
    const grid: Load[] = [];
    const ours: Load[] = [];
    for (let round = 0; round < setting.rounds; round += 1) {
      grid.push(await inBrowser((page) => gridLoad(page, setting.quick)));
      ours.push(await inBrowser((page) => queueLoad(page, setting.quick)));
      setting.say(
        `round ${round + 1}: AG Grid ${grid.at(-1)?.cpu.toFixed(0) ?? '?'} %, ours ${ours.at(-1)?.cpu.toFixed(0) ?? '?'} %`,
      );
    }
    const about = { goal: 'P7', what: 'processor time of the browser', bound: { atMost: 0.6 }, unit: percent };
    const long = { goal: 'P7', what: 'tasks over 50 ms in the page', bound: { atMost: 0 }, unit: count };
    return [
      ratioFigure(
        about,
        ours.map(({ cpu }) => cpu),
        grid.map(({ cpu }) => cpu),
      ),
      valueFigure(
        long,
        ours.map(({ longTasks }) => longTasks),
        grid.map(({ longTasks }) => longTasks).join(', '),
      ),
    ];
  },
};

/** Each in a browser of its own: no process is shared with what was measured before. */
async function inBrowser(measure: (page: Page) => Promise<Load>): Promise<Load> {
  const browser = await openBrowser();
  try {
    return await measure(await browser.newPage({ viewport: { width: 1280, height: 800 } }));
  } finally {
    await browser.close();
  }
}

function confirmingOrders(now: number): Order[] {
  return Array.from({ length: ORDERS }, (_, n) => {
    const order = sampleOrder(n, now, {
      status: 'confirming',
      createdAt: now - n,
      expiresAt: now + 3_600_000,
      graceUntil: now + 7_200_000,
    });
    return { ...order, payments: [samplePayment(order, n, { state: 'confirming', confirmations: 0 })] };
  });
}

async function queueLoad(page: Page, quick: boolean): Promise<Load> {
  const now = Date.now();
  const orders = confirmingOrders(now);
  const watch = await watchPage(page);
  await openBuiltPage(page, { ...quietDesk(now), orders: [ordersPush(orders)] });
  await page.evaluate((rows) => void (window.benchRows = rows), orders as unknown as Record<string, unknown>[]);
  return loaded(page, watch, quick, (some, n) => {
    const orders = some.map((order) => {
      const [payment] = order['payments'] as object[];
      return { ...order, updatedSeq: n, updatedAt: Date.now(), payments: [{ ...payment, confirmations: n % 12 }] };
    });
    window.fakeDesk.push('desk.orders', { store: 'main', reset: false, complete: true, orders, removed: [], seq: n });
  });
}

async function gridLoad(page: Page, quick: boolean): Promise<Load> {
  const orders = confirmingOrders(Date.now());
  const watch = await watchPage(page);
  await page.goto('about:blank');
  await openGridPage(page, orders);
  await page.evaluate((rows) => void (window.benchRows = rows), orders.map(gridRow));
  return loaded(page, watch, quick, (some, n) => {
    const update = some.map((row) => ({ ...row, updatedAt: Date.now(), confirmations: n % 12 }));
    window.benchGrid.applyTransactionAsync({ update });
  });
}

/** @param update runs in the page, with the rows whose turn it is and how many changed before */
async function loaded(
  page: Page,
  watch: Awaited<ReturnType<typeof watchPage>>,
  quick: boolean,
  update: (rows: Record<string, unknown>[], n: number) => void,
): Promise<Load> {
  const seconds = quick ? 1 : SECONDS;
  await drive(page, update, quick ? 1 : WARM_UP_SECONDS, 100_000);
  await watch.clear();
  const before = await cpuSeconds(page);
  const begun = performance.now();
  await drive(page, update, seconds, 200_000);
  const took = (performance.now() - begun) / 1000;
  const cpu = ((await cpuSeconds(page)) - before) / took;
  const { longTasks } = await watch.read();
  return { cpu: cpu * 100, longTasks: longTasks.length };
}

/** The same rows for both, spread over all of them, a frame's share at a time. */
async function drive(
  page: Page,
  update: (rows: Record<string, unknown>[], n: number) => void,
  seconds: number,
  from: number,
): Promise<void> {
  const script = `(${String(inPage)})(${String(update)}, ${PER_SECOND}, ${seconds * PER_SECOND}, ${from})`;
  await page.evaluate(script);
}

/** Runs in the page: it may use nothing from here. */
async function inPage(
  update: (rows: Record<string, unknown>[], n: number) => void,
  perSecond: number,
  total: number,
  from: number,
): Promise<void> {
  const begun = performance.now();
  const rows = window.benchRows;
  for (let done = 0; done < total;) {
    const due = Math.min(total, Math.floor(((performance.now() - begun) / 1000) * perSecond));
    const some = [];
    for (; done < due; done += 1) some.push(rows[(done * 7_919) % rows.length] ?? {});
    if (some.length > 0) update(some, from + done);
    await new Promise((resolve) => setTimeout(resolve, 16));
  }
}

async function cpuSeconds(page: Page): Promise<number> {
  const browser: Browser | null = page.context().browser();
  const session = await browser?.newBrowserCDPSession();
  const { processInfo } = (await session?.send('SystemInfo.getProcessInfo')) ?? { processInfo: [] };
  await session?.detach();
  return processInfo.reduce((sum, { cpuTime }) => sum + cpuTime, 0);
}
