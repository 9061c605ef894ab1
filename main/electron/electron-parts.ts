import type {
  App,
  BrowserWindow,
  BrowserWindowConstructorOptions,
  Dialog,
  IpcMain,
  Net,
  PowerMonitor,
  Protocol,
  SafeStorage,
  Screen,
  Session,
  Shell,
} from 'electron';

/** What the host uses of Electron. Handed in by main/index.ts, so that nothing else imports it at run time. */
export interface ElectronParts {
  readonly app: App;
  readonly createWindow: (options: BrowserWindowConstructorOptions) => BrowserWindow;
  readonly dialog: Pick<Dialog, 'showMessageBox'>;
  readonly ipcMain: Pick<IpcMain, 'handle' | 'removeHandler'>;
  readonly net: Pick<Net, 'isOnline'>;
  readonly powerMonitor: Pick<PowerMonitor, 'on' | 'off'>;
  readonly protocol: Pick<Protocol, 'handle' | 'unhandle'>;
  readonly safeStorage: Pick<
    SafeStorage,
    'isAsyncEncryptionAvailable' | 'encryptStringAsync' | 'decryptStringAsync' | 'getSelectedStorageBackend'
  >;
  readonly screen: Pick<Screen, 'getAllDisplays' | 'getPrimaryDisplay'>;
  readonly session: Session;
  readonly shell: Pick<Shell, 'openExternal'>;
}
