import type { MenuItemConstructorOptions } from 'electron';
import type { ProxySettings } from '../../contract/proxy.ts';
import { PRODUCT } from './shell-words.ts';
import type { ShellWords } from './english-shell-words.ts';

/** What the menus can do; each is also reachable by the keyboard. */
export interface MenuActions {
  openWindow(): void;
  present(): void;
  showView(view: 'desk' | 'health'): void;
  retry(): void;
  setLaunchAtLogin(on: boolean): void;
  setKeepInTray(on: boolean): void;
  setProxy(settings: ProxySettings): void;
  proxyFromClipboard(): void;
  restartToUpdate(): void;
  checkForUpdate(): void;
  setPreviews(on: boolean): void;
  showLogs(): void;
  quit(): void;
}

export interface MenuState {
  readonly words: ShellWords['menu'];
  readonly platform: NodeJS.Platform;
  readonly packaged: boolean;
  /** Null where it would start something else: outside a package a bare Electron. */
  readonly launchAtLogin: boolean | null;
  /** Null where a tray cannot be relied upon to bring the window back. */
  readonly keepInTray: boolean | null;
  readonly proxy: ProxySettings;
  /** Null where this copy cannot look for new versions. */
  readonly updates: UpdateState | null;
}

export interface UpdateState {
  /** The version that waits for a restart. */
  readonly ready: string | null;
  readonly previews: boolean;
}

type Item = MenuItemConstructorOptions;
const line: Item = { type: 'separator' };

type Role = NonNullable<Item['role']>;

/** An item that Electron fills, in English where the language has no words of its own for it. */
function roleItem({ roles }: ShellWords['menu']): (role: Role) => Item {
  return (role) => ({ role, ...(roles[role] !== undefined && { label: roles[role] }) });
}

/** Electron's own menu says its items in English: in another language each is named. */
function editMenu(words: ShellWords['menu']): Item {
  const { editMenu: label } = words.roles;
  if (label === undefined) return { role: 'editMenu' };
  const role = roleItem(words);
  return {
    label,
    submenu: [role('undo'), role('redo'), line, role('cut'), role('copy'), role('paste'), role('selectAll')],
  };
}

function windowMenu({ words, platform }: MenuState): Item {
  const { windowMenu: label } = words.roles;
  if (label === undefined) return { role: 'windowMenu' };
  const role = roleItem(words);
  const mac = platform === 'darwin' ? [role('zoom'), line, role('front')] : [role('close')];
  return { label, role: 'window', submenu: [role('minimize'), ...mac] };
}

/** A manual address comes from the clipboard: a native menu has no field to type into. */
function proxyMenu({ proxy, words }: MenuState, actions: MenuActions): Item {
  const choice = (label: string, mode: ProxySettings['mode'], click: () => void): Item => ({
    ...{ label, type: 'radio', checked: proxy.mode === mode, click },
  });
  const own = proxy.mode === 'manual' ? `${words.proxyManual}: ${proxy.url}` : words.proxyManual;
  return {
    label: words.proxy,
    submenu: [
      choice(words.proxySystem, 'system', () => actions.setProxy({ mode: 'system' })),
      choice(words.proxyNone, 'direct', () => actions.setProxy({ mode: 'direct' })),
      { ...choice(own, 'manual', () => undefined), enabled: proxy.mode === 'manual' },
      line,
      { label: words.proxyClipboard, click: () => actions.proxyFromClipboard() },
    ],
  };
}

function settings(state: MenuState, actions: MenuActions): Item[] {
  const { launchAtLogin, keepInTray, words } = state;
  const tray: Item = {
    label: words.keepWatching,
    type: 'checkbox',
    checked: keepInTray ?? false,
    click: ({ checked }) => actions.setKeepInTray(checked),
  };
  const login: Item = {
    label: words.openAtLogin,
    type: 'checkbox',
    checked: launchAtLogin ?? false,
    click: ({ checked }) => actions.setLaunchAtLogin(checked),
  };
  return [
    ...(launchAtLogin === null ? [] : [login]),
    ...(keepInTray === null ? [] : [tray]),
    proxyMenu(state, actions),
  ];
}

function macMenu(state: MenuState, actions: MenuActions): Item {
  const role = roleItem(state.words);
  return {
    label: PRODUCT,
    submenu: [
      role('about'),
      line,
      ...settings(state, actions),
      line,
      role('services'),
      line,
      role('hide'),
      role('hideOthers'),
      role('unhide'),
      line,
      role('quit'),
    ],
  };
}

function fileMenu(state: MenuState, actions: MenuActions): Item {
  const { words } = state;
  const role = roleItem(words);
  const mac = state.platform === 'darwin';
  return {
    label: words.file,
    submenu: [
      { label: words.newWindow, accelerator: 'CmdOrCtrl+N', click: () => actions.openWindow() },
      role('close'),
      ...(mac ? [] : [line, ...settings(state, actions), line, role('quit')]),
    ],
  };
}

function viewMenu({ packaged, words }: MenuState, actions: MenuActions): Item {
  const role = roleItem(words);
  return {
    label: words.view,
    submenu: [
      { label: words.desk, accelerator: 'CmdOrCtrl+1', click: () => actions.showView('desk') },
      { label: words.health, accelerator: 'CmdOrCtrl+2', click: () => actions.showView('health') },
      line,
      { label: words.retry, accelerator: 'CmdOrCtrl+Shift+R', click: () => actions.retry() },
      line,
      role('resetZoom'),
      role('zoomIn'),
      role('zoomOut'),
      role('togglefullscreen'),
      ...(packaged ? [] : [line, role('toggleDevTools')]),
    ],
  };
}

function restartItem(ready: string | null, actions: MenuActions, words: ShellWords['menu']): Item[] {
  return ready === null ? [] : [{ label: words.restart(ready), click: () => actions.restartToUpdate() }];
}

function helpMenu({ updates, words }: MenuState, actions: MenuActions): Item {
  const logs: Item = { label: words.showLogs, click: () => actions.showLogs() };
  if (!updates) return { label: words.help, role: 'help', submenu: [logs] };
  const previews: Item = {
    ...{ label: words.previews, type: 'checkbox', checked: updates.previews },
    click: ({ checked }) => actions.setPreviews(checked),
  };
  const check: Item = { label: words.checkForUpdate, click: () => actions.checkForUpdate() };
  const submenu = [...restartItem(updates.ready, actions, words), check, previews, line, logs];
  return { label: words.help, role: 'help', submenu };
}

/** The application's menu. The edit menu is what makes copy and paste work on macOS. */
export function menuTemplate(state: MenuState, actions: MenuActions): Item[] {
  return [
    ...(state.platform === 'darwin' ? [macMenu(state, actions)] : []),
    fileMenu(state, actions),
    editMenu(state.words),
    viewMenu(state, actions),
    windowMenu(state),
    helpMenu(state, actions),
  ];
}

export interface TrayState {
  readonly words: ShellWords['menu'];
  /** How things stand, in words. */
  readonly standing: string;
  /** The version that waits for a restart. */
  readonly ready: string | null;
}

/** The tray's menu: its first line says how things stand. */
export function trayTemplate({ words, standing, ready }: TrayState, actions: MenuActions): Item[] {
  return [
    { label: standing, enabled: false },
    line,
    { label: words.open, click: () => actions.present() },
    { label: words.retry, click: () => actions.retry() },
    ...restartItem(ready, actions, words),
    line,
    { label: words.quit, click: () => actions.quit() },
  ];
}
