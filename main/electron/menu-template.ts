import type { MenuItemConstructorOptions } from 'electron';

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

function settings({ launchAtLogin, keepInTray }: MenuState, actions: MenuActions): Item[] {
  const tray: Item = {
    label: 'Keep watching when the window is closed',
    type: 'checkbox',
    checked: keepInTray ?? false,
    click: ({ checked }) => actions.setKeepInTray(checked),
  };
  return [
    {
      label: 'Open at login',
      type: 'checkbox',
      checked: launchAtLogin,
      click: ({ checked }) => actions.setLaunchAtLogin(checked),
    },
    ...(keepInTray === null ? [] : [tray]),
  ];
}

function macMenu(state: MenuState, actions: MenuActions): Item {
  return {
    label: 'Tillwatch',
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
    label: '&File',
    submenu: [
      { label: 'New window', accelerator: 'CmdOrCtrl+N', click: () => actions.openWindow() },
      { role: 'close' },
      ...(mac ? [] : [line, ...settings(state, actions), line, { role: 'quit' } satisfies Item]),
    ],
  };
}

function viewMenu({ packaged }: MenuState, actions: MenuActions): Item {
  return {
    label: '&View',
    submenu: [
      { label: 'Desk', accelerator: 'CmdOrCtrl+1', click: () => actions.showView('desk') },
      { label: 'Health', accelerator: 'CmdOrCtrl+2', click: () => actions.showView('health') },
      line,
      { label: 'Try the connection now', accelerator: 'CmdOrCtrl+Shift+R', click: () => actions.retry() },
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
    { label: '&Help', role: 'help', submenu: [{ label: 'Show the logs', click: () => actions.showLogs() }] },
  ];
}

/** The tray's menu: its first line says how things stand. */
export function trayTemplate(words: string, actions: MenuActions): Item[] {
  return [
    { label: words, enabled: false },
    line,
    { label: 'Open Tillwatch', click: () => actions.present() },
    { label: 'Try the connection now', click: () => actions.retry() },
    line,
    { label: 'Quit', click: () => actions.quit() },
  ];
}
