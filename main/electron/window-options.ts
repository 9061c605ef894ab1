import type { BrowserWindowConstructorOptions } from 'electron';
import { PRODUCT } from './shell-words.ts';
import { leastSize } from './window-state.ts';
import type { Placement } from './window-state.ts';

export interface WindowOptions {
  readonly placement: Placement;
  readonly preload: string;
  /** Linux shows it where a window is not matched with a desktop entry; Windows and macOS take the application's. */
  readonly icon: string | null;
  /** Developer tools are for developers: a packaged application has none. */
  readonly devTools: boolean;
}

/** Every protection is named, also where it is the default today: a default may change, this may not. */
export function windowOptions({ placement, preload, icon, devTools }: WindowOptions): BrowserWindowConstructorOptions {
  const { maximized: _, ...bounds } = placement;
  return {
    ...bounds,
    minWidth: leastSize.width,
    minHeight: leastSize.height,
    title: PRODUCT,
    ...(icon === null ? {} : { icon }),
    show: false,
    autoHideMenuBar: true,
    webPreferences: {
      preload,
      devTools,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      safeDialogs: true,
      spellcheck: false,
      // A desk behind another window still counts down, and its chime still has to sound in time.
      backgroundThrottling: false,
      // A chime needs no click before it.
      autoplayPolicy: 'no-user-gesture-required',
    },
  };
}
