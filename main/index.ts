/** Composition root of the Electron host: the desktop application. */
import { mkdirSync } from 'node:fs';
import { homedir, hostname } from 'node:os';
import path from 'node:path';
import {
  BrowserWindow,
  Menu,
  Notification,
  Tray,
  app,
  clipboard,
  crashReporter,
  dialog,
  ipcMain,
  nativeImage,
  net,
  powerMonitor,
  protocol,
  safeStorage,
  screen,
  session,
  shell,
  utilityProcess,
} from 'electron';
import { languageOf } from '../contract/language.ts';
import { systemTime } from './desk/clock/system-time.ts';
import { createDesk } from './desk/create-desk.ts';
import { schemePrivileges } from './electron/app-address.ts';
import { keepNewestDumps } from './electron/crash-dumps.ts';
import { linkScheme } from './electron/deep-links.ts';
import { openDiagnostics } from './electron/diagnostics.ts';
import { parseElectronArguments } from './electron/electron-arguments.ts';
import type { ElectronParts } from './electron/electron-parts.ts';
import { openElectronUpdater } from './electron/electron-updater-port.ts';
import { loginStart } from './electron/login-start.ts';
import { runApplication } from './electron/run-application.ts';
import { runElectronHost } from './electron/run-electron-host.ts';
import type { ElectronHost } from './electron/run-electron-host.ts';
import { proxyConfig } from './electron/session-proxy.ts';
import { shellWordsOf } from './electron/shell-words.ts';
import { systemTimers } from './electron/system-timers.ts';
import { withUpdates } from './electron/with-updates.ts';
import { openDemoChannel } from './profile/demo-channel.ts';
import { processParent } from './profile/process-parent.ts';

const version = __TILLWATCH_VERSION__;
const built = path.resolve(import.meta.dirname, '..');
const args = parseElectronArguments(process.argv.slice(app.isPackaged ? 1 : 2), `Desk on ${hostname()}`);

// All of this has to be said before Electron is ready.
protocol.registerSchemesAsPrivileged([schemePrivileges]);
app.enableSandbox();
if (args.data !== null && !keepIn('userData', path.resolve(args.data))) process.exit(1);
const profile = app.getPath('userData');
// What Chromium keeps stays apart from the journal and the key.
keepIn('sessionData', path.join(profile, 'page'));
// Where dumps go is read when the reporter starts, so it starts once the profile is known. They never leave this device.
const crashes = path.join(profile, 'crashes');
keepIn('crashDumps', crashes);
crashReporter.start({ uploadToServer: false });
if (process.platform === 'win32') {
  // Windows shows notifications only of an application that it knows by this name, and brings one back to a click that
  // comes later only when its activator stays the same from start to start.
  app.setAppUserModelId('com.tillwatch.desk');
  app.setToastActivatorCLSID('{6E2B5C0A-3F74-4D1B-9C55-8A1D7E40B2F3}');
}
// Outside a package this would hand the links to a bare Electron.
if (app.isPackaged) app.setAsDefaultProtocolClient(linkScheme);

const diagnostics = openDiagnostics(path.join(profile, 'logs'), (line) => process.stderr.write(line), Date.now);
process.once('exit', () => diagnostics.close());
keepNewestDumps(crashes, (message, fields) => diagnostics.log('warn', message, fields));

/** Electron takes a folder only where it is there already. @returns false where it cannot be made; a person was told */
function keepIn(name: 'userData' | 'sessionData' | 'crashDumps', folder: string): boolean {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    app.setPath(name, folder);
    return true;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    if (name === 'userData') dialog.showErrorBox(systemWords().notOpened.title, reason);
    else process.stderr.write(`${name} stays where it is: ${reason}\n`);
    return false;
  }
}

/** Before there are settings, the system's language is the person's. */
function systemWords() {
  return shellWordsOf(languageOf('system', app.getPreferredSystemLanguages()));
}

/** Electron as the host uses it; only what works after it is ready. */
function electronParts(): ElectronParts {
  return {
    app,
    createWindow: (options) => new BrowserWindow(options),
    createNotification: Notification.isSupported() ? (options) => new Notification(options) : null,
    createTray: (image) => new Tray(image),
    clipboard,
    dialog,
    ipcMain,
    menu: Menu,
    nativeImage,
    net,
    powerMonitor,
    protocol,
    safeStorage,
    screen,
    session: session.defaultSession,
    shell,
    utilityProcess,
  };
}

async function openHost(): Promise<ElectronHost | null> {
  const { log } = diagnostics;
  const parent = processParent();
  const configHome = process.env['XDG_CONFIG_HOME'] ?? path.join(homedir(), '.config');
  const executable = process.env['APPIMAGE'] ?? app.getPath('exe');
  const electron = electronParts();
  const host = await runElectronHost({
    electron,
    args,
    profile,
    built,
    version,
    createDesk: (parts) => createDesk({ ...parts, version, time: systemTime, log }),
    demo: args.demo && parent ? openDemoChannel(parent) : null,
    login: loginStart(app, { platform: process.platform, configHome, executable }),
    images: path.join(import.meta.dirname, 'images'),
    timers: systemTimers,
    log,
    recentLog: diagnostics.recent,
    say: (line) => console.log(line),
  });
  return (
    host &&
    withUpdates(host, {
      electron,
      profile,
      resources: process.resourcesPath,
      platform: process.platform,
      version,
      openUpdater: ({ proxy }) => openElectronUpdater(version, proxyConfig(proxy.read()), log),
      timers: systemTimers,
      log,
    })
  );
}

runApplication({
  app,
  process,
  argv: process.argv,
  openHost,
  onSystemEnds: (run) => void powerMonitor.on('shutdown', run),
  words: systemWords,
  showFault: (title, message) => dialog.showErrorBox(title, message),
  log: diagnostics.log,
  after: systemTimers.after,
});
