import path from 'node:path';
import type { NativeImage } from 'electron';
import { z } from 'zod';
import type { Desk, DeskOptions } from '../desk/desk.ts';
import { pageAddress } from './app-address.ts';
import type { DeskWindows } from './desk-windows.ts';
import { DesktopFace } from './desktop-face.ts';
import type { ElectronParts } from './electron-parts.ts';
import { createKeptFile } from './kept-file.ts';
import type { KeptFile } from './kept-file.ts';
import type { LoginStart } from './login-start.ts';
import { menuTemplate } from './menu-template.ts';
import type { MenuActions } from './menu-template.ts';
import { createNotifier } from './notifier.ts';
import { placeOf } from './page-place.ts';
import { shellView } from './shell-view.ts';
import { ShellWatch } from './shell-watch.ts';

export interface ShellOptions {
  readonly electron: ElectronParts;
  readonly desk: Desk;
  readonly windows: DeskWindows;
  readonly login: LoginStart;
  readonly platform: NodeJS.Platform;
  /** The folder of the tray's images. */
  readonly images: string;
  readonly profile: string;
  readonly log: DeskOptions['log'];
}

export interface OpenShell {
  /** True when the application stays without a window. */
  staysWithoutWindow(): boolean;
  close(): void;
}

const settingsSchema = z.object({ keepInTray: z.boolean() });

/** Opens what surrounds the windows: menu, tray, badge, notifications. */
export function openShell(options: ShellOptions): OpenShell {
  const { electron, desk, windows, platform, profile } = options;
  const settings = createKeptFile(path.join(profile, 'shell.json'), settingsSchema, (error) =>
    options.log('warn', 'setting not kept', { error: String(error) }),
  );
  const keeps = () => settings.read()?.keepInTray ?? false;
  const actions = menuActions(options, settings, () => setMenu());
  const face = openFace(options, actions);
  const notifier = createNotifier({
    create: electron.createNotification,
    isWatched: () => windows.windows().some((window) => window.isFocused()),
    onClick: ({ order }) => {
      if (order) windows.show(placeOf({ kind: 'order', ...order }));
      else windows.present();
    },
  });
  const watch = new ShellWatch({ onView: (view) => face.show(view), onAlert: (alert) => notifier.tell(alert) });
  const setMenu = () => {
    const keepInTray = face.hasTray && platform !== 'darwin' ? keeps() : null;
    const state = { platform, packaged: electron.app.isPackaged, launchAtLogin: options.login.isOn(), keepInTray };
    electron.menu.setApplicationMenu(electron.menu.buildFromTemplate(menuTemplate(state, actions)));
  };
  setMenu();
  electron.app.on('browser-window-created', () => face.dress());
  const end = watch.follow(desk);
  return {
    staysWithoutWindow: () => platform === 'darwin' || (face.hasTray && keeps()),
    close() {
      end();
      notifier.close();
      face.close();
    },
  };
}

function openFace({ electron, windows, platform, images }: ShellOptions, actions: MenuActions): DesktopFace {
  return new DesktopFace(
    {
      app: electron.app,
      platform,
      createTray: electron.createTray,
      buildMenu: (template) => electron.menu.buildFromTemplate(template),
      imageOf: (level): NativeImage => electron.nativeImage.createFromPath(path.join(images, `${level}.png`)),
      windows: () => windows.windows(),
      actions,
    },
    shellView(null, 0),
  );
}

function menuActions(
  { electron, desk, windows, login, profile, log }: ShellOptions,
  settings: KeptFile<z.infer<typeof settingsSchema>>,
  redraw: () => void,
): MenuActions {
  const told = (what: string, error: unknown) =>
    log('warn', what, { error: error instanceof Error ? error.message : String(error) });
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
      settings.write({ keepInTray: on });
      redraw();
    },
    showLogs: () => void electron.shell.openPath(path.join(profile, 'logs')),
    quit: () => electron.app.quit(),
  };
}
