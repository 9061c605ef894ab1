import type { Probe } from '../probe.ts';

/** Electron gives isolated preload scripts the world 999. */
const preloadWorld = 999;

const ownWorld: Probe = {
  item: 3,
  title: 'what the preload script shows the page is in the page’s world only, and neither sees into the other',
  async look({ application, page }) {
    await page.evaluate(() => {
      Object.assign(globalThis, { tillwatchOfPage: true });
      Object.assign(Object.prototype, { tillwatchTaint: true });
    });
    const inside = await application.evaluate(
      ({ BrowserWindow }, world) =>
        BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScriptInIsolatedWorld(world, [
          {
            code: `globalThis.tillwatchOfPreload = true; Array.prototype.tillwatchOfPreload = true;
              [typeof tillwatchHost, typeof tillwatchOfPage, typeof ({}).tillwatchTaint, location.protocol]`,
          },
        ]) as Promise<string[]>,
      preloadWorld,
    );
    const outside = await page.evaluate(() => {
      const seen = [typeof Reflect.get(globalThis, 'tillwatchOfPreload'), typeof Reflect.get([], 'tillwatchOfPreload')];
      Reflect.deleteProperty(Object.prototype, 'tillwatchTaint');
      return [...seen, typeof Reflect.get(globalThis, 'tillwatchHost')];
    });
    const [host, ofPage, taint] = inside;
    const [ofPreload, prototype, shown] = outside;
    return [
      ...(shown === 'object' ? [] : ['the page has no tillwatchHost']),
      ...(host === 'undefined' ? [] : ['the preload script’s world has tillwatchHost, so it is the page’s own']),
      ...(ofPage === 'undefined' && taint === 'undefined' ? [] : ['the page reaches into the preload script’s world']),
      ...(ofPreload === 'undefined' && prototype === 'undefined' ? [] : ['the page sees the preload script’s world']),
    ];
  },
};

const bridgeOnly: Probe = {
  item: 3,
  title: 'a page that changes its own world catches nothing of the preload script’s',
  async look({ page }) {
    const caught = await page.evaluate(async () => {
      const { tillwatchHost } = globalThis as unknown as {
        tillwatchHost: { appInfo(input: object): Promise<unknown> };
      };
      const found: string[] = [];
      const traps: [object, string][] = [
        [Function.prototype, 'call'],
        [Function.prototype, 'apply'],
        [Map.prototype, 'get'],
        [Map.prototype, 'set'],
        [Promise.prototype, 'then'],
        [JSON, 'stringify'],
        [JSON, 'parse'],
        [EventTarget.prototype, 'dispatchEvent'],
        [EventTarget.prototype, 'addEventListener'],
        [MessagePort.prototype, 'postMessage'],
        [Object, 'entries'],
        [Array.prototype, 'push'],
        [Array.prototype, 'map'],
      ];
      const mend = traps.map(([of, name]) => {
        const own = Reflect.get(of, name) as (...args: unknown[]) => unknown;
        Reflect.set(of, name, function (this: unknown, ...args: unknown[]) {
          const told = [this, ...args].some(
            (each) =>
              each === 'app.info' ||
              (typeof each === 'string' && each.includes('app.info')) ||
              each instanceof MessagePort ||
              (typeof each === 'object' && each !== null && 'invoke' in each),
          );
          // React's scheduler wakes itself by a null to a port of the page's own.
          const ownWake = name === 'postMessage' && args[0] === null;
          if (told && !ownWake) found[found.length] = name;
          return Reflect.apply(own, this, args);
        });
        return () => Reflect.set(of, name, own);
      });
      const answer = await tillwatchHost.appInfo({});
      for (const each of mend) each();
      return { found, answered: typeof answer === 'object' };
    });
    const { found, answered } = caught;
    return [
      ...found.map((name) => `the page catches the preload script’s doings by its own ${name}`),
      ...(answered ? [] : ['a page that changed its world is not answered']),
    ];
  },
};

export const worldProbes: readonly Probe[] = [ownWorld, bridgeOnly];
