import type { BrowserWindow } from 'electron';
import type { PageNews } from '../ipc/page-news.ts';
import { pageAddress } from './app-address.ts';
import type { KeptFile } from '../profile/kept-file.ts';
import { keepPageAlive } from './page-recovery.ts';
import type { RecoveryPorts } from './page-recovery.ts';
import { WindowFeed } from './window-feed.ts';
import type { WindowState } from './window-state.ts';

export interface DeskWindow {
  readonly window: BrowserWindow;
  readonly feed: WindowFeed;
  /** The page asked for its pushes: it runs. */
  attach(): void;
  close(): void;
}

export interface DeskWindowOptions {
  readonly news: PageNews;
  readonly state: KeptFile<WindowState>;
  readonly recovery: Omit<RecoveryPorts, 'onGivenUp'>;
  readonly maximized: boolean;
  /** Asks a person whether to try once more; true for yes. */
  readonly askAgain: (window: BrowserWindow) => Promise<boolean>;
}

/** Ties a new window to the desk: its pushes, its recovery, where it was. Loads the page and shows it once painted. */
export function runDeskWindow(window: BrowserWindow, options: DeskWindowOptions): DeskWindow {
  const feed = new WindowFeed(options.news, window.webContents);
  const recovery = keepPageAlive(
    window,
    {
      ...options.recovery,
      onGivenUp: () =>
        void options.askAgain(window).then((again) => {
          if (again) recovery.again();
          else if (!window.isDestroyed()) window.destroy();
        }),
    },
    () => feed.stop(),
  );
  watchWindow(window, feed, options);
  const close = () => {
    // A quit ends windows without asking them, so none tells that it closes.
    if (!window.isDestroyed()) keepState(window, options);
    feed.close();
    recovery.close();
  };
  window.once('closed', close);
  void window.loadURL(pageAddress).catch((error: unknown) => {
    options.recovery.log('page not loaded', { error: error instanceof Error ? error.message : String(error) });
  });
  return {
    window,
    feed,
    attach() {
      feed.start();
      recovery.running();
    },
    close,
  };
}

/** What a window tells of itself: its page goes or hangs, it is painted, it closes. */
function watchWindow(window: BrowserWindow, feed: WindowFeed, options: DeskWindowOptions): void {
  window.webContents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
    if (isMainFrame && !isSameDocument) feed.stop();
  });
  window.on('unresponsive', () => feed.hold());
  window.on('responsive', () => feed.release());
  window.on('close', () => keepState(window, options));
  window.once('ready-to-show', () => {
    if (options.maximized) window.maximize();
    window.show();
  });
}

/** The bounds to come back to are those before it was maximized. */
function keepState(window: BrowserWindow, { state }: DeskWindowOptions): void {
  state.write({ ...window.getNormalBounds(), maximized: window.isMaximized() });
}
