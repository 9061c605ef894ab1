import path from 'node:path';
import { pageAddress } from './app-address.ts';
import type { MenuActions } from './menu-template.ts';
import { proxyActions } from './proxy-actions.ts';
import type { ProxyActions } from './proxy-actions.ts';
import { createShellDialogs } from './shell-dialogs.ts';
import type { ShellOptions, UpdateOffer } from './shell-options.ts';

/** What the menus change, and how they are shown anew. */
export interface MenuPorts {
  readonly setKeepInTray: (on: boolean) => void;
  readonly updates: () => UpdateOffer | null;
  readonly redraw: () => void;
}

/** What the items of the menus do. */
export function menuActions(options: ShellOptions, { setKeepInTray, updates, redraw }: MenuPorts): MenuActions {
  const { electron, desk, windows, login, profile, log } = options;
  const told = (what: string, error: unknown) =>
    log('warn', what, { error: error instanceof Error ? error.message : String(error) });
  const proxies = openProxyActions(options, redraw);
  const proxyTold = (error: unknown) => told('proxy not set', error);
  return {
    openWindow: () => void windows.open(),
    present: () => void windows.present(),
    showView: (view) => windows.show(`${pageAddress}#/${view}`),
    retry: () => void desk.handle('connection.retry', {}).catch((error: unknown) => told('retry failed', error)),
    setLaunchAtLogin(on) {
      try {
        login.set(on);
      } catch (error) {
        told('open at login not set', error);
      }
      redraw();
    },
    setKeepInTray(on) {
      setKeepInTray(on);
      redraw();
    },
    setProxy: (wanted) => void proxies.set(wanted).catch(proxyTold),
    proxyFromClipboard: () => void proxies.fromClipboard().catch(proxyTold),
    showLogs: () =>
      void electron.shell.openPath(path.join(profile, 'logs')).then((fault) => {
        if (fault !== '') told('logs not shown', fault);
      }),
    restartToUpdate: () => updates()?.restart(),
    checkForUpdate: () => updates()?.check(),
    setPreviews: (on) => updates()?.setPreviews(on),
    quit: () => electron.app.quit(),
  };
}

function openProxyActions({ electron, proxy, windows, words }: ShellOptions, onRefused: () => void): ProxyActions {
  return proxyActions({
    proxy,
    clipboard: electron.clipboard,
    dialogs: createShellDialogs(electron.dialog, words),
    window: () => windows.present(),
    onRefused,
  });
}
