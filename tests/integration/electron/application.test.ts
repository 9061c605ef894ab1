import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Page } from '@playwright/test';
import { z } from 'zod';
import type { TillwatchHost } from '../../../contract/bridge.ts';
import { GatewayServer } from '../../support/e2e/gateway-server.ts';
import { Processor, pendingPayment } from '../../support/e2e/processor.ts';
import { buildApplication } from '../../support/electron-stand-in/built-application.ts';
import { StandInApplication } from '../../support/electron-stand-in/electron-application.ts';
import { UNPROVED_WITHOUT_ELECTRON } from '../../support/electron/unproved.ts';
import { hostileAddresses } from '../../support/electron-stand-in/hostile-addresses.ts';
import { PATIENCE } from '../../support/patience.ts';
import { startStopwatch } from '../../support/stopwatch.ts';

interface World {
  tillwatchHost: TillwatchHost;
  states: string[];
  orders: string[];
}

let dir: string;
let entry: string;
let gateway: GatewayServer;
let app: StandInApplication;
let args: string[];

const patient = { ...PATIENCE, interval: 50 };

/** The window that is open, once the page in it has its bridge. */
function openWindow(): Promise<Page> {
  return vi.waitFor(async () => {
    const page = app.windows().at(-1);
    if (!page) throw new Error(`no window\n${app.output()}`);
    expect(await page.evaluate(() => 'tillwatchHost' in globalThis)).toBe(true);
    return page;
  }, patient);
}

/** Attaches as the real page does, and keeps what comes. */
async function attach(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const world = globalThis as unknown as World;
    world.states = [];
    world.orders = [];
    world.tillwatchHost.onDeskState(({ connection }) => void world.states.push(connection.state));
    world.tillwatchHost.onDeskOrders(({ orders }) => void world.orders.push(...orders.map((order) => order.reference)));
    await world.tillwatchHost.attachDesk({});
  });
}

const seen = (page: Page) =>
  page.evaluate(() => {
    const { states, orders } = globalThis as unknown as World;
    return { states, orders };
  });

async function whenLive(page: Page): Promise<void> {
  await vi.waitFor(async () => expect((await seen(page)).states.at(-1)).toBe('live'), patient);
}

async function launch(more: readonly string[] = args): Promise<StandInApplication> {
  const launched = await StandInApplication.launch(entry, more);
  if (!launched) throw new Error('the application ended at once');
  return launched;
}

/** How often the desk has connected: sockets that the gateway sees come are sockets that the desk lost before. */
const reconnects = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const { tillwatchHost } = globalThis as unknown as World;
        tillwatchHost.onDeskState((state) => resolve(state.reconnects));
        void tillwatchHost.attachDesk({});
      }),
  );

beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'tillwatch-electron-'));
  entry = await buildApplication(path.join(dir, 'built'), 'bare');
  gateway = new GatewayServer(dir);
  await gateway.start();
  args = ['--data', path.join(dir, 'desk'), '--gateway', gateway.url, '--pair', await gateway.pairingCode()];
  app = await launch();
});

afterAll(async () => {
  await app.close();
  await gateway.stop();
  await rm(dir, { recursive: true, force: true });
  process.stdout.write(`${UNPROVED_WITHOUT_ELECTRON}\n`);
});

describe('the window', () => {
  it('is shown once painted, on a scheme that is standard and secure', async () => {
    await openWindow();
    expect(await app.evaluate(({ standIn }) => standIn.app.noted, null)).toMatchObject({ privileged: true });
    await vi.waitFor(
      async () =>
        expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible(), null)).toBe(
          true,
        ),
      PATIENCE,
    );
  });

  it('has a page that may connect to nothing, with a nonce of its own', async () => {
    const page = await openWindow();
    const policies = await page.evaluate(async () => {
      const answers = await Promise.allSettled([fetch('./index.html'), fetch('https://example.com/')]);
      return answers.map(({ status }) => status);
    });
    expect(policies).toEqual(['rejected', 'rejected']);
    const headers = (await (await page.reload())?.allHeaders()) ?? {};
    expect(headers['content-security-policy']).toMatch(
      /^default-src 'none'; script-src 'self'; style-src 'self' 'nonce-/,
    );
    expect(headers['content-security-policy']).toContain("connect-src 'none'");
  });

  it('shows orders of a real gateway', async () => {
    const page = await openWindow();
    await attach(page);
    await whenLive(page);
    await new Processor(gateway.url).created(pendingPayment('A-1041'));
    await vi.waitFor(async () => expect((await seen(page)).orders).toContain('A-1041'), patient);
  });
});

describe('messages that are not our page’s', () => {
  it('are refused from a subframe that calls by itself', async () => {
    const page = await openWindow();
    await page.evaluate(() => document.body.append(document.createElement('iframe')));
    const asked = { id: 1, channel: 'app.info', args: JSON.stringify(['array', [['object', []]]]) };
    // The page has its subframe before Chromium has told anybody of it.
    const ask = () =>
      app.evaluate(
        ({ BrowserWindow }, message) => BrowserWindow.getAllWindows()[0]?.contents.askFromSubframe(message),
        asked,
      );
    const answer = await vi.waitFor(ask, patient);
    expect(JSON.stringify(answer)).toContain('foreign-sender');
    await page.evaluate(() => document.querySelector('iframe')?.remove());
  });
});

describe('a hostile page', () => {
  it('cannot leave, frame or open anything', async () => {
    const page = await openWindow();
    const before = page.url();
    for (const address of ['https://evil.example/', 'http://127.0.0.1:1/', 'https://etherscan.io/']) {
      await page.evaluate((url) => void (location.href = url), address);
      await page.evaluate((url) => void window.open(url), address);
      await page.evaluate((url) => {
        const frame = document.createElement('iframe');
        frame.src = url;
        document.body.append(frame);
      }, address);
    }
    await vi.waitFor(() => expect(app.output()).toMatch(/navigation refused[^]*window refused/), patient);
    expect(page.url()).toBe(before);
    expect(app.windows()).toHaveLength(1);
    const { strayed, opened } = await app.evaluate(
      ({ standIn }) => ({ strayed: standIn.routes.strayed, opened: standIn.opened }),
      null,
    );
    expect(strayed).toEqual([]);
    expect(opened).toEqual([]);
  });

  it('gets no permission, device, capture or foreign download', async () => {
    const found = await app.evaluate(async ({ standIn }) => {
      const names = [
        'media',
        'geolocation',
        'notifications',
        'clipboard-read',
        'openExternal',
        'usb',
        'fullscreen',
        'unknown',
      ];
      return {
        granted: (await Promise.all(names.map((name) => standIn.session.permission(name)))).flat(),
        foreign: [
          'https://evil.example/x.exe',
          'data:text/plain,x',
          'blob:https://evil.example/1',
          'blob:app://tillwatch.evil/1',
        ].map((address) => standIn.session.download([address])),
        redirected: standIn.session.download(['blob:app://tillwatch/1', 'https://evil.example/x.exe']),
        own: standIn.session.download(['blob:app://tillwatch/1']),
      };
    }, null);
    expect(new Set(found.granted)).toEqual(new Set([false]));
    expect(found).toMatchObject({ foreign: [false, false, false, false], redirected: false, own: true });
  });
});

describe('links and further starts', () => {
  it('[CN1] a second start ends, and the first one opens what it was asked for', async () => {
    const order = 'tillwatch://order/main/ord_1';
    expect(await StandInApplication.launch(entry, args.slice(0, 2))).toBeNull();
    expect(app.windows()).toHaveLength(1);
    await app.evaluate(({ app: electronApp }, link) => {
      electronApp.emit('second-instance', {}, ['tillwatch', link], '/', undefined);
    }, order);
    await vi.waitFor(() => expect(app.windows()[0]?.url()).toMatch(/#\/desk\/main\/ord_1$/), patient);
    expect(app.windows()).toHaveLength(1);
  });

  it('none of 200 hostile links changes anything', async () => {
    const page = await openWindow();
    const shown: string[] = [];
    page.on('framenavigated', (frame) => shown.push(frame.url()));
    const told = () => app.evaluate(({ standIn }) => standIn.dialog.asked.length, null);
    const before = await told();
    await app.evaluate(
      ({ app: electronApp }, links) => {
        for (const link of links) {
          electronApp.emit('second-instance', {}, ['tillwatch', link], '/', undefined);
          electronApp.emit('open-url', { preventDefault: () => undefined }, link);
        }
        // One of ours comes last: once it is shown, all that the others may have set off has happened.
        electronApp.emit('open-url', { preventDefault: () => undefined }, 'tillwatch://order/main/ord_last');
      },
      [...hostileAddresses],
    );
    await vi.waitFor(() => expect(page.url()).toMatch(/#\/desk\/main\/ord_last$/), patient);
    expect(shown.filter((url) => !url.endsWith('#/desk/main/ord_last'))).toEqual([]);
    expect(await told()).toBe(before);
    expect(app.windows()).toHaveLength(1);
  });

  it('[CN1] a second window shares the desk', async () => {
    await app.evaluate(({ standIn }) => {
      const template = standIn.menu()?.template.flatMap(({ submenu }) => (Array.isArray(submenu) ? submenu : [])) ?? [];
      const item = template.find(({ label }) => label === 'New window');
      item?.click?.(undefined as never, undefined, undefined as never);
    }, null);
    await vi.waitFor(() => expect(app.windows()).toHaveLength(2), patient);
    const [first, second] = app.windows() as [Page, Page];
    await vi.waitFor(
      async () => expect(await second.evaluate(() => 'tillwatchHost' in globalThis)).toBe(true),
      patient,
    );
    await attach(second);
    await whenLive(second);
    expect(await reconnects(second)).toBe(await reconnects(first));
    await second.close();
    await vi.waitFor(
      async () => expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length, null)).toBe(1),
      patient,
    );
  });
});

describe('what the system tells', () => {
  it('sleep and wake-up reach the connection, which is live again', async () => {
    const page = await openWindow();
    await attach(page);
    await whenLive(page);
    await app.evaluate(({ powerMonitor }) => void powerMonitor.emit('suspend'), null);
    await vi.waitFor(async () => expect((await seen(page)).states.at(-1)).toBe('suspended'), patient);
    await app.evaluate(({ powerMonitor }) => void powerMonitor.emit('resume'), null);
    await whenLive(page);
  });

  it.each([
    ['the system tells of', true],
    ['nobody tells of', false],
  ])('after 8 h of sleep that %s it is live within 5 s, with all that happened meanwhile', async (_how, told) => {
    const page = await openWindow();
    await attach(page);
    await whenLive(page);
    const connected = await reconnects(page);
    const reference = `SLEPT-${String(told)}`;
    if (told) {
      await app.evaluate(({ powerMonitor }) => void powerMonitor.emit('suspend'), null);
      await vi.waitFor(async () => expect((await seen(page)).states.at(-1)).toBe('suspended'), patient);
      await new Processor(gateway.url).created(pendingPayment(reference));
    }
    const watch = startStopwatch();
    await app.evaluate(({ powerMonitor }, resumes) => {
      const { now } = Date;
      Date.now = () => now() + 8 * 3_600_000;
      if (resumes) powerMonitor.emit('resume');
    }, told);
    await vi.waitFor(async () => expect(await reconnects(page)).toBeGreaterThan(connected), patient);
    if (!told) await new Processor(gateway.url).created(pendingPayment(reference));
    await whenLive(page);
    expect(watch.ms()).toBeLessThan(5_000);
    await vi.waitFor(async () => expect((await seen(page)).orders).toContain(reference), patient);
  });

  it('a page that crashes is back within 3 s, and the socket untouched', async () => {
    const before = await openWindow();
    const connected = await reconnects(before);
    const watch = startStopwatch();
    await app.evaluate(
      ({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.contents.forcefullyCrashRenderer(),
      null,
    );
    await vi.waitFor(() => expect(app.windows().includes(before)).toBe(false), patient);
    const after = await openWindow();
    expect(watch.ms()).toBeLessThan(3_000);
    expect(await reconnects(after)).toBe(connected);
  });

  it('a page that hangs is noticed in time to be back within 3 s, and the socket untouched', async () => {
    const before = await openWindow();
    await attach(before);
    await whenLive(before);
    const connected = await reconnects(before);
    const hung = startStopwatch();
    void before
      .evaluate(() => {
        for (;;);
      })
      .catch(() => undefined);
    await vi.waitFor(() => expect(app.windows().includes(before)).toBe(false), patient);
    const after = await openWindow();
    const hungFor = hung.ms();
    const line = app
      .output()
      .split('\n')
      .find((said) => said.includes('page hangs'));
    const { silentMs, workedMs } = z
      .object({ silentMs: z.number(), workedMs: z.number() })
      .parse(JSON.parse(line ?? 'null'));
    expect(workedMs).toBeLessThan(1_500);
    expect(await reconnects(after)).toBe(connected);
    // What this machine takes now to bring a page back that is known to be gone: the rest was spent to notice.
    const crashed = startStopwatch();
    await app.evaluate(
      ({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.contents.forcefullyCrashRenderer(),
      null,
    );
    await vi.waitFor(() => expect(app.windows().includes(after)).toBe(false), patient);
    const again = await openWindow();
    // Only a page that worked for a second counts as hanging: what it was kept from working comes on top.
    expect(hungFor - crashed.ms() - (silentMs - workedMs)).toBeLessThan(2_000);
    await attach(again);
    await whenLive(again);
  });
});

describe('around the window', () => {
  it('tray and tool tip say how things stand, and new money is told with a way to its order', async () => {
    const page = await openWindow();
    await attach(page);
    await whenLive(page);
    const processor = new Processor(gateway.url);
    const payment = pendingPayment('A-2000');
    await processor.created(payment);
    await processor.captured(payment);
    await vi.waitFor(
      async () =>
        expect(
          await app.evaluate(({ standIn }) => standIn.notifications.map(({ options }) => options.body), null),
        ).toContain('A-2000'),
      patient,
    );
    expect(await app.evaluate(({ standIn }) => standIn.trays.map(({ toolTip }) => toolTip), null)).toEqual([
      expect.stringMatching(/^Tillwatch: Live/),
    ]);
    const before = app.windows()[0]?.url();
    await app.evaluate(
      ({ standIn }) => void standIn.notifications.find(({ options }) => options.body === 'A-2000')?.emit('click'),
      null,
    );
    await vi.waitFor(() => expect(app.windows()[0]?.url()).not.toBe(before), patient);
    expect(app.windows()[0]?.url()).toMatch(/#\/desk\/main\/.+/);
  });

  it('the tray’s menu says how things stand, and brings the window back', async () => {
    const menu = await app.evaluate(({ standIn, BrowserWindow }) => {
      BrowserWindow.getAllWindows()[0]?.minimize();
      const items = (standIn.trays[0]?.menu as { items: { label: string; click(): void }[] } | null)?.items ?? [];
      for (const item of items.filter(({ label }) => label === 'Open Tillwatch')) item.click();
      return { labels: items.map(({ label }) => label), minimized: BrowserWindow.getAllWindows()[0]?.isMinimized() };
    }, null);
    expect(menu.labels[0]).toMatch(/^Live/);
    expect(menu.labels).toContain('Quit');
    expect(menu.minimized).toBe(false);
  });

  it('[AU1] the key is sealed, and neither it nor a code is in a log', async () => {
    expect(await readFile(path.join(dir, 'desk', 'desk-key'), 'utf8')).toMatch(/^\{"sealed":/);
    const log = await readFile(path.join(dir, 'desk', 'logs', 'tillwatch.log'), 'utf8');
    expect(log).not.toContain(args.at(-1));
    expect(log).not.toMatch(/PRIVATE KEY|twk_|Bearer (?!\[hidden\])/);
  });
});

describe('a profile that cannot be', () => {
  it.runIf(process.platform !== 'win32')('ends the start, and is told', async () => {
    const taken = path.join(dir, 'taken');
    await writeFile(taken, '');
    expect(await StandInApplication.runToEnd(entry, ['--data', path.join(taken, 'desk')])).toBe(1);
  });
});

describe('the end', () => {
  it('closes cleanly, remembers its window, and comes back with what it knew', async () => {
    expect(await app.close()).toBe(0);
    expect(app.output()).not.toContain('did not close cleanly');
    const state = JSON.parse(await readFile(path.join(dir, 'desk', 'window.json'), 'utf8')) as object;
    expect(state).toMatchObject({ width: 1280, maximized: false });
    app = await launch(args.slice(0, 2));
    const page = await openWindow();
    await attach(page);
    await vi.waitFor(async () => expect((await seen(page)).orders).toContain('A-1041'), patient);
  });
});
