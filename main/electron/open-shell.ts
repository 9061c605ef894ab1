import path from 'node:path';
import type { NativeImage } from 'electron';
import { z } from 'zod';
import type { Desk, DeskOptions } from '../desk/desk.ts';
import type { SettingsStore } from '../profile/settings-file.ts';
import { pageAddress } from './app-address.ts';
import type { DeskWindows } from './desk-windows.ts';
import { DesktopFace } from './desktop-face.ts';
import type { ElectronParts } from './electron-parts.ts';
import { createKeptFile } from './kept-file.ts';
import type { KeptFile } from './kept-file.ts';
import type { LoginStart } from './login-start.ts';
import { menuTemplate } from './menu-template.ts';
import type { MenuActions } from './menu-template.ts';
import { notificationManner } from './notification-manner.ts';
import { createNotifier } from './notifier.ts';
import { placeOf } from './page-place.ts';
import { proxyActions } from './proxy-actions.ts';
import type { ProxyActions } from './proxy-actions.ts';
import type { SessionProxy } from './session-proxy.ts';
import { createShellDialogs } from './shell-dialogs.ts';
import { shellView } from './shell-view.ts';
import { ShellWatch } from './shell-watch.ts';

export interface ShellOptions {
  readonly electron: ElectronParts;
  readonly desk: Desk;
  readonly windows: DeskWindows;
  readonly login: LoginStart;
  /** What the person has set for every window. */
  readonly settings: SettingsStore;
  readonly proxy: SessionProxy;
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

const habitsSchema = z.object({ keepInTray: z.boolean() });
type Habits = z.infer<typeof habitsSchema>;

/** Opens what surrounds the windows: menu, tray, badge, notifications. */
export function openShell(options: ShellOptions): OpenShell {
  const { electron, desk, proxy, platform, profile } = options;
  const habits = createKeptFile(path.join(profile, 'shell.json'), habitsSchema, (error) =>
    options.log('warn', 'setting not kept', { error: String(error) }),
  );
  const keeps = () => habits.read()?.keepInTray ?? false;
  const actions = menuActions(options, habits, () => setMenu());
  const face = openFace(options, actions);
  const notifier = openNotifier(options);
  const watch = new ShellWatch({ onView: (view) => face.show(view), onAlert: (alert) => notifier.tell(alert) });
  const setMenu = () => {
    const keepInTray = face.hasTray && platform !== 'darwin' ? keeps() : null;
    const packaged = electron.app.isPackaged;
    const launchAtLogin = packaged ? options.login.isOn() : null;
    const state = { platform, packaged, launchAtLogin, keepInTray, proxy: proxy.read() };
    electron.menu.setApplicationMenu(electron.menu.buildFromTemplate(menuTemplate(state, actions)));
  };
  setMenu();
  electron.app.on('browser-window-created', () => face.dress());
  const ends = [watch.follow(desk), proxy.watch(setMenu)];
  return {
    staysWithoutWindow: () => platform === 'darwin' || (face.hasTray && keeps()),
    close() {
      for (const end of ends) end();
      notifier.close();
      face.close();
    },
  };
}

function openNotifier({ electron, windows, settings }: ShellOptions): ReturnType<typeof createNotifier> {
  return createNotifier({
    create: electron.createNotification,
    isWatched: () => windows.windows().some((window) => window.isFocused()),
    manner: ({ sound }) => {
      const now = new Date();
      const at = { minute: now.getHours() * 60 + now.getMinutes(), windows: windows.count };
      return notificationManner(settings.read(), sound, at);
    },
    onClick: ({ order }) => {
      if (order) windows.show(placeOf({ kind: 'order', ...order }));
      else windows.present();
    },
  });
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

function menuActions(options: ShellOptions, habits: KeptFile<Habits>, redraw: () => void): MenuActions {
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
      habits.write({ keepInTray: on });
      redraw();
    },
    setProxy: (wanted) => void proxies.set(wanted).catch(proxyTold),
    proxyFromClipboard: () => void proxies.fromClipboard().catch(proxyTold),
    showLogs: () =>
      void electron.shell.openPath(path.join(profile, 'logs')).then((fault) => {
        if (fault !== '') told('logs not shown', fault);
      }),
    quit: () => electron.app.quit(),
  };
}

function openProxyActions({ electron, proxy, windows }: ShellOptions, onRefused: () => void): ProxyActions {
  return proxyActions({
    proxy,
    clipboard: electron.clipboard,
    dialogs: createShellDialogs(electron.dialog),
    window: () => windows.present(),
    onRefused,
  });
}
