import path from 'node:path';
import type { NativeImage } from 'electron';
import { z } from 'zod';
import type { Alert } from './alerts.ts';
import { DesktopFace } from './desktop-face.ts';
import { createKeptFile } from '../profile/kept-file.ts';
import { menuTemplate } from './menu-template.ts';
import type { MenuActions, MenuState } from './menu-template.ts';
import { notificationManner } from './notification-manner.ts';
import { createNotifier } from './notifier.ts';
import { placeOf } from './page-place.ts';
import { menuActions } from './shell-actions.ts';
import type { ShellOptions, UpdateOffer } from './shell-options.ts';
import { shellView } from './shell-view.ts';
import type { ShellView } from './shell-view.ts';
import { ShellWatch } from './shell-watch.ts';

export interface OpenShell {
  /** From now on the menus offer this. */
  offerUpdates(offer: UpdateOffer): void;
  /** Shows what the menus tell anew. */
  redraw(): void;
  /** True when the application stays without a window. */
  staysWithoutWindow(): boolean;
  close(): void;
}

const habitsSchema = z.object({ keepInTray: z.boolean() });

/** Opens what surrounds the windows: menu, tray, badge, notifications. */
export function openShell(options: ShellOptions): OpenShell {
  const { electron, platform, profile } = options;
  const habits = createKeptFile(path.join(profile, 'shell.json'), habitsSchema, (error) =>
    options.log('warn', 'setting not kept', { error: String(error) }),
  );
  const keeps = () => habits.read()?.keepInTray ?? false;
  let updates: UpdateOffer | null = null;
  const actions = menuActions(options, {
    setKeepInTray: (keepInTray) => habits.write({ keepInTray }),
    updates: () => updates,
    redraw: () => redraw(),
  });
  const face = openFace(options, actions, () => updates?.ready() ?? null);
  const notifier = openNotifier(options);
  const redraw = () => {
    const keepInTray = face.hasTray && platform !== 'darwin' ? keeps() : null;
    const state = menuState(options, keepInTray, updates);
    electron.menu.setApplicationMenu(electron.menu.buildFromTemplate(menuTemplate(state, actions)));
    face.redraw();
  };
  redraw();
  const ends = follow(options, { face, notifier, redraw });
  return {
    offerUpdates(offer) {
      updates = offer;
      redraw();
    },
    redraw,
    staysWithoutWindow: () => platform === 'darwin' || (face.hasTray && keeps()),
    close() {
      for (const end of ends) end();
      notifier.close();
      face.close();
    },
  };
}

interface ShellParts {
  readonly face: DesktopFace;
  readonly notifier: ReturnType<typeof createNotifier>;
  readonly redraw: () => void;
}

/** @returns what ends it */
function follow(
  { electron, desk, proxy, settings, words }: ShellOptions,
  { face, notifier, redraw }: ShellParts,
): readonly (() => void)[] {
  const listener = { onView: (view: ShellView) => face.show(view), onAlert: (alert: Alert) => notifier.tell(alert) };
  const watch = new ShellWatch(listener, words);
  const dress = () => face.dress();
  electron.app.on('browser-window-created', dress);
  // Another language changes every word of the shell.
  const retell = () => {
    watch.show();
    redraw();
  };
  return [
    watch.follow(desk),
    proxy.watch(redraw),
    settings.watch(retell),
    () => electron.app.off('browser-window-created', dress),
  ];
}

function menuState(
  { electron, platform, login, proxy, words }: ShellOptions,
  keepInTray: boolean | null,
  updates: UpdateOffer | null,
): MenuState {
  const packaged = electron.app.isPackaged;
  return {
    ...{ words: words().menu, platform, packaged, keepInTray, proxy: proxy.read() },
    launchAtLogin: packaged ? login.isOn() : null,
    updates: updates && { ready: updates.ready(), previews: updates.previews() },
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

function openFace(
  { electron, windows, platform, images, words }: ShellOptions,
  actions: MenuActions,
  ready: () => string | null,
): DesktopFace {
  return new DesktopFace(
    {
      app: electron.app,
      platform,
      createTray: electron.createTray,
      buildMenu: (template) => electron.menu.buildFromTemplate(template),
      imageOf: (level): NativeImage => electron.nativeImage.createFromPath(path.join(images, `${level}.png`)),
      windows: () => windows.windows(),
      ...{ actions, ready, words },
    },
    shellView(null, 0, words()),
  );
}
