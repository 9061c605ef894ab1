import type {
  App,
  BrowserWindow,
  BrowserWindowConstructorOptions,
  Clipboard,
  Dialog,
  ForkOptions,
  IpcMain,
  Menu,
  MenuItemConstructorOptions,
  NativeImage,
  Net,
  Notification,
  NotificationConstructorOptions,
  PowerMonitor,
  Protocol,
  SafeStorage,
  Screen,
  Session,
  Shell,
  Tray,
  UtilityProcess,
} from 'electron';

/** What the host uses of Electron. Handed in by main/index.ts, so that nothing else imports it at run time. */
export interface ElectronParts {
  readonly app: App;
  readonly createWindow: (options: BrowserWindowConstructorOptions) => BrowserWindow;
  /** Null where the system shows none. */
  readonly createNotification: ((options: NotificationConstructorOptions) => Notification) | null;
  /** Null where the system has no tray. */
  readonly createTray: ((image: NativeImage) => Tray) | null;
  readonly clipboard: Pick<Clipboard, 'readText'>;
  readonly dialog: Pick<Dialog, 'showMessageBox' | 'showSaveDialog'>;
  readonly ipcMain: Pick<IpcMain, 'handle' | 'removeHandler'>;
  readonly menu: {
    buildFromTemplate(template: MenuItemConstructorOptions[]): Menu;
    setApplicationMenu(menu: Menu | null): void;
  };
  readonly nativeImage: { createFromPath(file: string): NativeImage };
  readonly net: Pick<Net, 'isOnline'>;
  readonly powerMonitor: Pick<PowerMonitor, 'on' | 'off'>;
  readonly protocol: Pick<Protocol, 'handle' | 'unhandle'>;
  readonly safeStorage: Pick<
    SafeStorage,
    'isAsyncEncryptionAvailable' | 'encryptStringAsync' | 'decryptStringAsync' | 'getSelectedStorageBackend'
  >;
  readonly screen: Pick<Screen, 'getAllDisplays' | 'getPrimaryDisplay'>;
  readonly session: Session;
  readonly shell: Pick<Shell, 'openExternal' | 'openPath'>;
  readonly utilityProcess: { fork(entry: string, args?: string[], options?: ForkOptions): UtilityProcess };
}
