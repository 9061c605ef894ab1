import { mkdirSync, existsSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { App } from 'electron';

export interface LoginStart {
  isOn(): boolean;
  /** @throws when the system refuses */
  set(on: boolean): void;
}

export interface LoginPlace {
  readonly platform: NodeJS.Platform;
  /** The user's folder of settings on Linux: $XDG_CONFIG_HOME or ~/.config. */
  readonly configHome: string;
  /** What starts the application; under AppImage the image itself, not the folder it is mounted at. */
  readonly executable: string;
}

/** A value as desktop entries quote it. Source: Desktop Entry Specification, "The Exec key". */
function quoted(word: string): string {
  const inner = word.replace(/[\\"`$]/g, '\\$&').replaceAll('%', '%%');
  return `"${inner}"`;
}

/** Linux has no call for it: sessions start what lies in the autostart folder. */
function desktopEntry(executable: string): string {
  return `[Desktop Entry]\nType=Application\nName=Tillwatch\nExec=${quoted(executable)}\nTerminal=false\n`;
}

/** Whether the application is opened when its user logs in. */
export function loginStart(
  app: Pick<App, 'getLoginItemSettings' | 'setLoginItemSettings'>,
  place: LoginPlace,
): LoginStart {
  if (place.platform !== 'linux') {
    return {
      isOn: () => app.getLoginItemSettings().openAtLogin,
      set: (on) => app.setLoginItemSettings({ openAtLogin: on }),
    };
  }
  const file = path.join(place.configHome, 'autostart', 'tillwatch.desktop');
  return {
    isOn: () => existsSync(file),
    set(on) {
      if (!on) {
        rmSync(file, { force: true });
        return;
      }
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, desktopEntry(place.executable));
    },
  };
}
