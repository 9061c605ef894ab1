import type { MenuItemConstructorOptions } from 'electron';
import { shellWords } from './shell-words.ts';

/** What the menus can do; each is also reachable by the keyboard. */
export interface MenuActions {
  openWindow(): void;
  present(): void;
  showView(view: 'desk' | 'health'): void;
  retry(): void;
  setLaunchAtLogin(on: boolean): void;
  setKeepInTray(on: boolean): void;
  showLogs(): void;
  quit(): void;
}

export interface MenuState {
  readonly platform: NodeJS.Platform;
  readonly packaged: boolean;
  readonly launchAtLogin: boolean;
  /** Null where a tray cannot be relied upon to bring the window back. */
  readonly keepInTray: boolean | null;
}

type Item = MenuItemConstructorOptions;
const line: Item = { type: 'separator' };
const words = shellWords.menu;

function settings({ launchAtLogin, keepInTray }: MenuState, actions: MenuActions): Item[] {
  const tray: Item = {
    label: words.keepWatching,
    type: 'checkbox',
    checked: keepInTray ?? false,
    click: ({ checked }) => actions.setKeepInTray(checked),
  };
  return [
    {
      label: words.openAtLogin,
      type: 'checkbox',
      checked: launchAtLogin,
      click: ({ checked }) => actions.setLaunchAtLogin(checked),
    },
    ...(keepInTray === null ? [] : [tray]),
  ];
}

function macMenu(state: MenuState, actions: MenuActions): Item {
  return {
    label: shellWords.product,
    submenu: [
      { role: 'about' },
      line,
      ...settings(state, actions),
      line,
      { role: 'services' },
      line,
      { role: 'hide' },
      { role: 'hideOthers' },
      { role: 'unhide' },
      line,
      { role: 'quit' },
    ],
  };
}

function fileMenu(state: MenuState, actions: MenuActions): Item {
  const mac = state.platform === 'darwin';
  return {
    label: words.file,
    submenu: [
      { label: words.newWindow, accelerator: 'CmdOrCtrl+N', click: () => actions.openWindow() },
      { role: 'close' },
      ...(mac ? [] : [line, ...settings(state, actions), line, { role: 'quit' } satisfies Item]),
    ],
  };
}

function viewMenu({ packaged }: MenuState, actions: MenuActions): Item {
  return {
    label: words.view,
    submenu: [
      { label: words.desk, accelerator: 'CmdOrCtrl+1', click: () => actions.showView('desk') },
      { label: words.health, accelerator: 'CmdOrCtrl+2', click: () => actions.showView('health') },
      line,
      { label: words.retry, accelerator: 'CmdOrCtrl+Shift+R', click: () => actions.retry() },
      line,
      { role: 'resetZoom' },
      { role: 'zoomIn' },
      { role: 'zoomOut' },
      { role: 'togglefullscreen' },
      ...(packaged ? [] : [line, { role: 'toggleDevTools' } satisfies Item]),
    ],
  };
}

/** The application's menu. The edit menu is what makes copy and paste work on macOS. */
export function menuTemplate(state: MenuState, actions: MenuActions): Item[] {
  return [
    ...(state.platform === 'darwin' ? [macMenu(state, actions)] : []),
    fileMenu(state, actions),
    { role: 'editMenu' },
    viewMenu(state, actions),
    { role: 'windowMenu' },
    { label: words.help, role: 'help', submenu: [{ label: words.showLogs, click: () => actions.showLogs() }] },
  ];
}

/** The tray's menu: its first line says how things stand. */
export function trayTemplate(standing: string, actions: MenuActions): Item[] {
  return [
    { label: standing, enabled: false },
    line,
    { label: words.open, click: () => actions.present() },
    { label: words.retry, click: () => actions.retry() },
    line,
    { label: words.quit, click: () => actions.quit() },
  ];
}
