import type { WebPreferences } from 'electron';
import { noBinary, unlessSame } from '../probe.ts';
import type { Ground, Probe } from '../probe.ts';
import { sandboxed } from '../real-electron.ts';

/** The preferences of every window that is open, as Electron took them. */
async function preferences({ application }: Ground): Promise<readonly WebPreferences[]> {
  return application.evaluate(
    ({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().map(({ webContents }) =>
        (webContents as unknown as { getLastWebPreferences(): WebPreferences }).getLastWebPreferences(),
      ),
    null,
  );
}

/** An item that every window's preferences have to fulfil. */
function preferenceProbe(item: number, title: string, wanted: Readonly<Record<string, boolean | undefined>>): Probe {
  return {
    item,
    title,
    async look(ground) {
      const windows = await preferences(ground);
      if (windows.length === 0) return ['there is no window to look at'];
      return windows.flatMap((window) =>
        Object.entries(wanted).flatMap(([name, value]) =>
          unlessSame(`webPreferences.${name}`, window[name as keyof WebPreferences], value),
        ),
      );
    },
  };
}

const pageAddress: Probe = {
  item: 1,
  title: 'only secure content is loaded',
  async look({ page }) {
    const addresses = await page.evaluate(() => {
      const loaded = performance.getEntriesByType('resource').map(({ name }) => name);
      return { secure: globalThis.isSecureContext, origin: location.origin, foreign: loaded };
    });
    const foreign = addresses.foreign.filter((address) => !address.startsWith(`${addresses.origin}/`));
    return [...unlessSame('isSecureContext', addresses.secure, true), ...foreign.map((url) => `${url} was loaded`)];
  },
};

const noNode: Probe = {
  item: 2,
  title: 'the page has no Node',
  async look(ground) {
    const byPreference = await preferenceProbe(2, '', {
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
    }).look(ground);
    const names = ['require', 'process', 'module', 'Buffer', '__dirname', 'electron', 'ipcRenderer'];
    const seen = await ground.page.evaluate((all) => all.filter((name) => name in globalThis), names);
    return [...(byPreference as readonly string[]), ...seen.map((name) => `the page sees ${name}`)];
  },
};

const sandbox: Probe = {
  item: 4,
  title: 'every page runs in the sandbox',
  async look(ground) {
    const byPreference = await preferenceProbe(4, '', { sandbox: true }).look(ground);
    return [...(byPreference as readonly string[]), ...(await applicationSandbox(ground))];
  },
};

/** `app.enableSandbox()` leaves its switch on the command line; on the stand-in it is noted. */
async function applicationSandbox({ application, kind }: Ground): Promise<string[]> {
  const enabled = await application.evaluate(
    ({ app }, real) =>
      real
        ? app.commandLine.hasSwitch('enable-sandbox')
        : (app as unknown as { noted: { sandbox: boolean } }).noted.sandbox,
    kind === 'electron',
  );
  return unlessSame('app.enableSandbox()', enabled, true);
}

const sandboxedProcess: Probe = {
  item: 4,
  title: 'the page’s process is sandboxed by the system',
  async look({ application, kind }) {
    if (kind === 'stand-in') return noBinary;
    if (!sandboxed) return { notMeasured: 'Electron runs as root, hence without a sandbox' };
    if (process.platform === 'linux') return { notMeasured: 'Electron tells it on macOS and Windows only' };
    const pages = await application.evaluate(
      ({ app }) => app.getAppMetrics().filter(({ type }) => type === 'Tab'),
      null,
    );
    return pages.flatMap((metric) => unlessSame(`sandboxed of process ${metric.pid}`, metric.sandboxed, true));
  },
};

const ownScheme: Probe = {
  item: 18,
  title: 'pages come by a scheme of their own and not from files',
  async look({ application }) {
    const urls = await application.evaluate(
      ({ BrowserWindow }) => BrowserWindow.getAllWindows().map(({ webContents }) => webContents.getURL()),
      null,
    );
    return urls.filter((url) => !url.startsWith('app://tillwatch/')).map((url) => `a window shows ${url}`);
  },
};

export const windowProbes: readonly Probe[] = [
  pageAddress,
  noNode,
  preferenceProbe(3, 'preload scripts live in a world of their own', { contextIsolation: true }),
  sandbox,
  sandboxedProcess,
  preferenceProbe(6, 'webSecurity is on', { webSecurity: true }),
  preferenceProbe(8, 'insecure content does not run', { allowRunningInsecureContent: false }),
  preferenceProbe(9, 'no experimental features', { experimentalFeatures: false }),
  preferenceProbe(10, 'no features of Blink switched on', { enableBlinkFeatures: undefined }),
  preferenceProbe(11, 'no webview, hence no pop-ups of one', { webviewTag: false }),
  ownScheme,
];
