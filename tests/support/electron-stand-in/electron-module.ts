/**
 * The module `electron` as the application's main process sees it here: the APIs that it uses and no others. An import
 * of another name fails to link, an access to another member throws and names it.
 */
import { EventEmitter } from 'node:events';
import { chromium } from '@playwright/test';
import type { BrowserContext } from '@playwright/test';
import type { BrowserWindowConstructorOptions } from 'electron';
import { StandInApp } from './stand-in-app.ts';
import { StandInIpc } from './stand-in-ipc.ts';
import { StandInRoutes } from './stand-in-routes.ts';
import { StandInSession } from './stand-in-session.ts';
import {
  StandInDialog,
  StandInMenu,
  StandInNotification,
  StandInSafeStorage,
  StandInTray,
  standInImages,
} from './stand-in-shell.ts';
import { StartTrace } from './start-trace.ts';
import { StandInUtility, standInUtilityProcess } from './stand-in-utility.ts';
import { StandInWindow } from './stand-in-window.ts';
import { strict } from './strict.ts';

const windows = new Set<StandInWindow>();
let browser: BrowserContext | null = null;

const windowOf = (page: object) => [...windows].find(({ contents }) => contents.owns(page as never)) ?? null;
const routes = new StandInRoutes(windowOf, (url) => {
  for (const { contents } of [...windows].slice(0, 1)) contents.asksToOpen(url);
});
const ipc = new StandInIpc();
const standInApp = new StandInApp(
  () => [...windows],
  async () => browser?.close(),
);
const standInSession = new StandInSession();
const standInDialog = new StandInDialog();
const opened: string[] = [];
const trace = new StartTrace();

function context(): BrowserContext {
  if (!browser) throw new Error('a window was opened before Electron was ready');
  return browser;
}

/** What only a test may use: not a part of Electron. */
export const standIn = {
  opened,
  routes,
  ipc,
  session: standInSession,
  dialog: standInDialog,
  notifications: StandInNotification.shown,
  trays: StandInTray.all,
  menu: () => StandInMenu.application,
  online: true,
  /** What the system's clipboard holds. */
  copied: '',
  app: standInApp,
  utilities: StandInUtility.all,
  trace,
  async start(executablePath: string, userDataDir: string): Promise<void> {
    browser = await chromium.launchPersistentContext(userDataDir, {
      executablePath,
      headless: true,
      viewport: { width: 1280, height: 800 },
      args: ['--no-sandbox', '--disable-background-networking', '--disable-gpu', '--remote-debugging-port=0'],
    });
    await routes.attach(browser);
  },
};

export const app = strict('app', standInApp);
export const ipcMain = strict('ipcMain', ipc);
export const session = strict('session', { defaultSession: strict('Session', standInSession) });
export const protocol = strict('protocol', {
  registerSchemesAsPrivileged(schemes: { scheme: string; privileges: { standard?: boolean; secure?: boolean } }[]) {
    if (standInApp.isReady()) throw new Error('protocol.registerSchemesAsPrivileged comes before ready');
    standInApp.noted.privileged = schemes.some(({ privileges }) => privileges.standard && privileges.secure);
  },
  handle(scheme: string, handler: (request: Request) => Response) {
    trace.note('desk open, page read');
    routes.handle(scheme, handler);
  },
  unhandle: (scheme: string) => routes.unhandle(scheme),
});
export const net = strict('net', { isOnline: () => standIn.online });
export const powerMonitor = strict('powerMonitor', new EventEmitter());
export const safeStorage = strict('safeStorage', new StandInSafeStorage(() => trace.note('key store asked')));
export const clipboard = strict('clipboard', { readText: async () => standIn.copied });
export const dialog = strict('dialog', standInDialog);
export const shell = strict('shell', {
  openExternal: async (url: string) => void opened.push(url),
  openPath: async (_path: string) => '',
});
const display = { id: 1, workArea: { x: 0, y: 0, width: 1920, height: 1040 } };
export const screen = strict('screen', { getPrimaryDisplay: () => display, getAllDisplays: () => [display] });
export const utilityProcess = strict(
  'utilityProcess',
  standInUtilityProcess(() => standInApp.isReady()),
);
export const nativeImage = strict('nativeImage', standInImages);
export const crashReporter = strict('crashReporter', {
  start({ uploadToServer }: { uploadToServer?: boolean }) {
    if (uploadToServer !== false) throw new Error('crash dumps stay on this machine');
    if (standInApp.isReady()) throw new Error('crashes before the reporter starts are not seen: start it before ready');
    standInApp.noted.crashDumps = standInApp.getPath('crashDumps');
  },
});
export const Menu = StandInMenu;
export const Notification = StandInNotification;
export const Tray = StandInTray;

export class BrowserWindow extends StandInWindow {
  constructor(options: BrowserWindowConstructorOptions = {}) {
    super(
      {
        context,
        askMain: (contents, frame, asked) => ipc.invoke(strict('WebContents', contents), frame, asked),
        onOpened: (window) => {
          trace.note('window opened');
          window.once('ready-to-show', () => trace.note('page painted'));
          windows.add(window);
          standInApp.emit('web-contents-created', {}, window.webContents);
          standInApp.emit('browser-window-created', {}, window);
        },
        onClosed: (window) => {
          windows.delete(window);
          if (windows.size === 0) standInApp.emit('window-all-closed');
        },
      },
      options,
    );
  }

  override show(): void {
    trace.note('window shown');
    super.show();
  }

  static getAllWindows(): StandInWindow[] {
    return [...windows];
  }

  static getFocusedWindow(): StandInWindow | null {
    return null;
  }
}
