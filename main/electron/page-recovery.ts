import type { BrowserWindow, WebContents } from 'electron';
import { afterFall, noFalls } from './crash-loop.ts';
import { createHangWatch } from './hang-watch.ts';
import type { HangWatch } from './hang-watch.ts';

export interface RecoveryPorts {
  /** Monotonic milliseconds. */
  readonly monotonic: () => number;
  readonly after: (ms: number, run: () => void) => () => void;
  readonly every: (ms: number, run: () => void) => () => void;
  /** Milliseconds of processor time that a process has used so far; null where the system does not tell. */
  readonly worked: (processId: number) => number | null;
  readonly log: (message: string, fields?: object) => void;
  /** The page fell too often: a person has to decide. */
  readonly onGivenUp: () => void;
}

export interface PageRecovery {
  /** The page runs: from now on a silent one counts as hanging. */
  running(): void;
  /** Tries once more after it was given up. */
  again(): void;
  close(): void;
}

/**
 * Brings a page back that crashed or hangs; the desk's connection is not touched by either.
 * @param onGone told whenever the page has gone or hangs, before it is loaded again
 */
export function keepPageAlive(window: BrowserWindow, ports: RecoveryPorts, onGone: () => void): PageRecovery {
  const contents = window.webContents;
  let loop = noFalls;
  let cancelReload: () => void = () => undefined;
  const watch = watchForHang(contents, ports);
  const reload = () => {
    if (!window.isDestroyed()) contents.reload();
  };
  const gone = (_event: unknown, details: { reason: string }) => {
    watch.stop();
    onGone();
    if (details.reason === 'clean-exit') return;
    const next = afterFall(loop, ports.monotonic());
    loop = next.loop;
    ports.log('page has gone', { reason: details.reason, reloadInMs: next.reloadInMs });
    cancelReload();
    if (next.reloadInMs === null) ports.onGivenUp();
    else cancelReload = ports.after(next.reloadInMs, reload);
  };
  contents.on('render-process-gone', gone);
  return {
    running: () => watch.start(),
    again() {
      loop = noFalls;
      reload();
    },
    close() {
      watch.stop();
      cancelReload();
      if (!window.isDestroyed()) contents.off('render-process-gone', gone);
    },
  };
}

function watchForHang(contents: WebContents, { monotonic, every, worked, log }: RecoveryPorts): HangWatch {
  return createHangWatch({
    ask: async () => {
      // A debugger that stands at a breakpoint is no hang.
      if (!contents.isDevToolsOpened()) await contents.executeJavaScript('0');
    },
    worked: () => worked(contents.getOSProcessId()),
    monotonic,
    every,
    onHang: (hang) => {
      log('page hangs', { ...hang });
      // Its end is told as any crash is, and mended there.
      contents.forcefullyCrashRenderer();
    },
  });
}
