import type { Desk, DeskOptions } from '../desk/desk.ts';
import type { SettingsStore } from '../profile/settings-file.ts';
import type { DeskWindows } from './desk-windows.ts';
import type { ElectronParts } from './electron-parts.ts';
import type { LoginStart } from './login-start.ts';
import type { ShellWords } from './english-shell-words.ts';
import type { SessionProxy } from './session-proxy.ts';

/** What the shell around the windows is made of. */
export interface ShellOptions {
  readonly electron: ElectronParts;
  readonly desk: Desk;
  readonly windows: DeskWindows;
  readonly login: LoginStart;
  /** What the person has set for every window. */
  readonly settings: SettingsStore;
  /** What the shell says, in the language of the moment. */
  readonly words: () => ShellWords;
  readonly proxy: SessionProxy;
  readonly platform: NodeJS.Platform;
  /** The folder of the images of tray and windows. */
  readonly images: string;
  readonly profile: string;
  readonly log: DeskOptions['log'];
}

/** What a person can do about new versions of the application. */
export interface UpdateOffer {
  /** The version that waits for a restart. */
  readonly ready: () => string | null;
  /** Whether previews are wanted too. */
  readonly previews: () => boolean;
  restart(): void;
  check(): void;
  setPreviews(on: boolean): void;
}
