/**
 * All that the shell around the page says to people: menus, tray, notifications, dialogs. One entry a message, by key;
 * another language is another object of this type. `&` marks the letter that opens a menu.
 */
import type { MenuItemConstructorOptions } from 'electron';
import type { ConnectionState } from '../../contract/connection-state.ts';
import { englishUpdateWords } from './update-words.ts';

/** Items whose words the system or Electron has in English: another language names them itself. */
export type RoleLabels = Readonly<Partial<Record<NonNullable<MenuItemConstructorOptions['role']>, string>>>;

export const englishShellWords = {
  menu: {
    file: '&File',
    view: '&View',
    help: '&Help',
    newWindow: 'New window',
    openAtLogin: 'Open at login',
    proxy: 'Proxy',
    proxySystem: 'As the system has it',
    proxyNone: 'None: connect directly',
    proxyManual: 'One of my own',
    proxyClipboard: 'Take an address from the clipboard…',
    keepWatching: 'Keep watching when the window is closed',
    desk: 'Desk',
    health: 'Health',
    retry: 'Try the connection now',
    restart: (version: string) => `Restart to install Tillwatch ${version}…`,
    checkForUpdate: 'Look for a new version…',
    previews: 'Take previews of the next version too',
    showLogs: 'Show the logs',
    open: 'Open Tillwatch',
    quit: 'Quit',
    roles: {} as RoleLabels,
  },
  state: {
    opening: 'Opening',
    unpaired: 'Not paired with a gateway',
    connecting: 'Not live: connecting',
    'catching-up': 'Not live yet: catching up',
    live: 'Live',
    fallback: 'Live, slower path',
    waiting: 'Not live: waiting for the next try',
    offline: 'Not live: this device is offline',
    suspended: 'Not live: the device slept',
    refused: 'Refused by the gateway',
    closed: 'Closed',
  } satisfies Record<ConnectionState['state'] | 'opening', string>,
  needEyes: (state: string, count: number) =>
    `${state} · ${count === 1 ? '1 order needs' : `${count} orders need`} eyes`,
  toolTip: (words: string) => `Tillwatch: ${words}`,
  alert: {
    needsEyes: 'An order needs eyes',
    manyNeedEyes: (count: number) => `${count} orders need eyes`,
    money: 'New money',
    muchMoney: (count: number) => `${count} new payments`,
    openToSee: 'Open Tillwatch to see them.',
  },
  fallen: {
    message: 'Tillwatch could not keep this window open.',
    detail: 'It fell several times in a row. Your data is safe.',
    again: 'Try again',
    close: 'Close the window',
  },
  taken: {
    message: 'Tillwatch is open in a browser with this profile.',
    detail: 'One profile is watched from one place at a time. Close Tillwatch there, then open it here.',
    ok: 'OK',
  },
  pairedAlready: {
    message: (host: string) => `This desk is paired with ${host} already.`,
    detail: 'A pairing link works on a desk that is not paired yet. Nothing was changed.',
    ok: 'OK',
  },
  proxy: {
    message: (url: string) => `Reach the gateway through ${url}?`,
    detail: 'Tillwatch connects anew, and shows it when the gateway cannot be reached this way.',
    use: 'Use this proxy',
    cancel: 'Cancel',
    refused: 'The proxy was not changed.',
    ok: 'OK',
  },
  notOpened: {
    title: 'Tillwatch could not be opened',
    message: (reason: string) => `${reason}\n\nThe logs in the profile's folder say more.`,
  },
  updates: englishUpdateWords,
};

export type ShellWords = typeof englishShellWords;
