/** Composition root of the Electron host: the desktop application. */
import { hostname } from 'node:os';
import path from 'node:path';
import {
  BrowserWindow,
  app,
  dialog,
  ipcMain,
  net,
  powerMonitor,
  protocol,
  safeStorage,
  screen,
  session,
  shell,
} from 'electron';
import { systemTime } from './desk/clock/system-time.ts';
import { createDesk } from './desk/create-desk.ts';
import { schemePrivileges } from './electron/app-address.ts';
import { parseElectronArguments } from './electron/electron-arguments.ts';
import { runApplication } from './electron/run-application.ts';
import { runElectronHost } from './electron/run-electron-host.ts';
import type { ElectronHost } from './electron/run-electron-host.ts';
import { systemTimers } from './electron/system-timers.ts';
import { openDemoChannel } from './profile/demo-channel.ts';
import { createJsonLog } from './profile/json-log.ts';
import { processParent } from './profile/process-parent.ts';

const version = __TILLWATCH_VERSION__;
const args = parseElectronArguments(process.argv.slice(app.isPackaged ? 1 : 2), `Desk on ${hostname()}`);
const log = createJsonLog((line) => process.stderr.write(line), Date.now);

protocol.registerSchemesAsPrivileged([schemePrivileges]);
app.enableSandbox();
if (args.data !== null) app.setPath('userData', path.resolve(args.data));
const profile = app.getPath('userData');
// What Chromium keeps stays apart from the journal and the key.
app.setPath('sessionData', path.join(profile, 'page'));

function openHost(): Promise<ElectronHost> {
  const parent = processParent();
  return runElectronHost({
    electron: {
      app,
      createWindow: (options) => new BrowserWindow(options),
      dialog,
      ipcMain,
      net,
      powerMonitor,
      protocol,
      safeStorage,
      screen,
      session: session.defaultSession,
      shell,
    },
    args,
    profile,
    built: path.resolve(import.meta.dirname, '..'),
    version,
    createDesk: ({ secrets, network }) =>
      createDesk({ dataDir: profile, version, secrets, network, time: systemTime, log }),
    demo: args.demo && parent ? openDemoChannel(parent) : null,
    timers: systemTimers,
    log,
    say: (line) => console.log(line),
  });
}

runApplication({ app, process, argv: process.argv, openHost, log, after: systemTimers.after });
