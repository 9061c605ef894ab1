import { hostileAddresses } from '../../electron-stand-in/hostile-addresses.ts';
import type { Ground, Probe } from '../probe.ts';

/** The stand-in's own doors, for what only a system's window or dialog could ask otherwise. */
interface StandInDoors {
  readonly standIn: {
    readonly opened: string[];
    readonly session: {
      permission(name: string, asker?: { requestingUrl: string; isMainFrame: boolean }): Promise<boolean[]>;
    };
  };
  readonly BrowserWindow: { getAllWindows(): { contents: { asksToOpen(url: string): void } }[] };
}

const permissions: Probe = {
  item: 5,
  title: 'every permission is refused but that of our own page to copy',
  async look({ application, page, kind }) {
    const names = ['media', 'geolocation', 'notifications', 'clipboard-read', 'openExternal', 'usb', 'unknown'];
    if (kind === 'stand-in') {
      const granted = await application.evaluate(async (electron, all) => {
        const { standIn } = electron as unknown as StandInDoors;
        const answers = await Promise.all(all.map((name) => standIn.session.permission(name)));
        const strangers = [
          { requestingUrl: 'https://evil.example/', isMainFrame: true },
          { requestingUrl: 'app://tillwatch/index.html', isMainFrame: false },
          { requestingUrl: 'app://tillwatch.evil/index.html', isMainFrame: true },
        ];
        const copying = 'clipboard-sanitized-write';
        const foreign = await Promise.all(strangers.map((asker) => standIn.session.permission(copying, asker)));
        const [asked, checked] = await standIn.session.permission(copying);
        return [
          ...all.filter((_name, index) => answers[index]?.includes(true)).map((name) => `${name} is granted`),
          ...strangers
            .filter((_asker, index) => foreign[index]?.includes(true))
            .map(({ requestingUrl }) => `${requestingUrl} may copy`),
          ...(asked && checked ? [] : ['our own page may not copy']),
        ];
      }, names);
      return granted;
    }
    return page.evaluate(async () => {
      const camera = await navigator.mediaDevices.getUserMedia({ video: true }).then(
        () => true,
        () => false,
      );
      const asked = await Notification.requestPermission();
      const copied = await navigator.permissions.query({ name: 'clipboard-write' as PermissionName });
      const place = await navigator.permissions.query({ name: 'geolocation' });
      return [
        ...(camera ? ['media is granted'] : []),
        ...(asked === 'granted' ? ['notifications are granted'] : []),
        ...(place.state === 'granted' ? ['geolocation is granted'] : []),
        ...(copied.state === 'granted' ? [] : ['our own page may not copy']),
      ];
    });
  },
};

/** Asks the guards of every window as Electron would; true where they let it happen. */
async function lets({ application }: Ground, event: string, url: string): Promise<boolean> {
  return application.evaluate(
    ({ BrowserWindow }, [name, address]) =>
      BrowserWindow.getAllWindows().some(({ webContents }) => {
        let prevented = false;
        const asked = { url: address, isMainFrame: true, preventDefault: () => (prevented = true) };
        (webContents as unknown as { emit(name: string, ...args: object[]): void }).emit(name, asked, {}, {});
        return !prevented;
      }),
    [event, url] as const,
  );
}

const webview: Probe = {
  item: 12,
  title: 'no webview is attached',
  look: async (ground) =>
    (await lets(ground, 'will-attach-webview', 'https://evil.example/')) ? ['a webview may be attached'] : [],
};

const navigation: Probe = {
  item: 13,
  title: 'no page leaves its place',
  async look(ground) {
    const found: string[] = [];
    for (const event of ['will-navigate', 'will-redirect', 'will-frame-navigate']) {
      for (const url of ['https://evil.example/', 'file:///etc/passwd', 'app://tillwatch.evil/', 'data:text/html,x']) {
        if (await lets(ground, event, url)) found.push(`${event} to ${url} goes on`);
      }
    }
    return found;
  },
};

/** What a page that opens all of these would get: windows, and addresses handed to the system. */
async function openings({ application, page, kind }: Ground, urls: readonly string[]): Promise<string[]> {
  if (kind === 'stand-in') {
    return application.evaluate(
      (electron, all) => {
        const { BrowserWindow, standIn } = electron as unknown as StandInDoors;
        const before = standIn.opened.length;
        const windows = all.filter((url) => {
          try {
            BrowserWindow.getAllWindows()[0]?.contents.asksToOpen(url);
            return false;
          } catch {
            return true;
          }
        });
        return [...windows.map((url) => `window ${url}`), ...standIn.opened.slice(before).map((url) => `out ${url}`)];
      },
      [...urls],
    );
  }
  await application.evaluate(({ shell }) => {
    const world = globalThis as unknown as { tillwatchOpened: string[] };
    world.tillwatchOpened = [];
    shell.openExternal = async (url) => void world.tillwatchOpened.push(url);
  }, null);
  const windows = await page.evaluate((all) => all.filter((url) => window.open(url) !== null), [...urls]);
  const outside = await application.evaluate(
    () => (globalThis as unknown as { tillwatchOpened: string[] }).tillwatchOpened,
    null,
  );
  return [...windows.map((url) => `window ${url}`), ...outside.map((url) => `out ${url}`)];
}

const explorerLink = `https://etherscan.io/tx/0x${'ab'.repeat(32)}`;

const windows: Probe = {
  item: 14,
  title: 'no page opens a window',
  async look(ground) {
    const opened = await openings(ground, ['about:blank', 'https://evil.example/', 'app://tillwatch/index.html']);
    return opened.filter((each) => each.startsWith('window '));
  },
};

const outside: Probe = {
  item: 15,
  title: `none of ${hostileAddresses.length} hostile addresses is opened outside, the link to an explorer is`,
  async look(ground) {
    const hostile = (await openings(ground, hostileAddresses)).filter((each) => each.startsWith('out '));
    const friendly = await openings(ground, [explorerLink]);
    const wanted = `out ${explorerLink}`;
    return [...hostile, ...(friendly.includes(wanted) ? [] : ['the link to an explorer is not opened'])];
  },
};

export const guardProbes: readonly Probe[] = [permissions, webview, navigation, windows, outside];
