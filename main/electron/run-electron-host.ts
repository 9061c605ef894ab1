import { randomBytes } from 'node:crypto';
import path from 'node:path';
import type { DeskState } from '../../contract/ipc.ts';
import { languageOf } from '../../contract/language.ts';
import type { Desk, DeskOptions, NetworkPort } from '../desk/desk.ts';
import { watchDesk } from '../ipc/desk-watch.ts';
import type { DeskWatch } from '../ipc/desk-watch.ts';
import { hostRequests } from '../ipc/host-requests.ts';
import type { HostRequestOptions } from '../ipc/host-requests.ts';
import { pageNews } from '../ipc/page-news.ts';
import type { PageNews } from '../ipc/page-news.ts';
import type { RequestHandlers } from '../ipc/request-door.ts';
import { loadRendererFiles } from '../page/renderer-files.ts';
import { closeAll } from '../profile/close-all.ts';
import type { DemoChannel } from '../profile/demo-channel.ts';
import { createFileSecrets } from '../profile/file-secrets.ts';
import { pairAtStart } from '../profile/pair-at-start.ts';
import { createProfileDesk } from '../profile/gateways/profile-desk.ts';
import type { ProfileDesk } from '../profile/gateways/profile-desk.ts';
import type { LogLine } from '../profile/recent-log.ts';
import { openSettings } from '../profile/settings-file.ts';
import type { SettingsStore } from '../profile/settings-file.ts';
import { systemLockPort } from '../profile/system-lock-port.ts';
import { appScheme } from './app-address.ts';
import { createAppProtocol } from './app-protocol.ts';
import type { DeepLink } from './deep-links.ts';
import { DeskWindows } from './desk-windows.ts';
import type { ElectronArguments } from './electron-arguments.ts';
import { electronNetwork } from './electron-network.ts';
import type { ElectronParts } from './electron-parts.ts';
import { openIpcDoor } from './ipc-door.ts';
import { placeOf } from './page-place.ts';
import { processorMs } from './processor-time.ts';
import { holdProfile } from './hold-profile.ts';
import { createKeptFile } from '../profile/kept-file.ts';
import type { LoginStart } from './login-start.ts';
import { openShell } from './open-shell.ts';
import type { OpenShell } from './open-shell.ts';
import { followedByDemo, openOwnDemo, resumeDemo } from './own-demo.ts';
import { openSafeSecrets } from './safe-secrets.ts';
import { saveFile } from './save-file.ts';
import type { SavePorts } from './save-file.ts';
import { SessionProxy } from './session-proxy.ts';
import { createShellDialogs } from './shell-dialogs.ts';
import { shellWordsOf } from './shell-words.ts';
import type { ShellWords } from './english-shell-words.ts';
import { watchSystem } from './system-signals.ts';
import type { Timers } from './system-timers.ts';
import { guardContents, guardSession } from './window-guards.ts';
import { windowStateSchema } from './window-state.ts';

export interface ElectronHostOptions {
  readonly electron: ElectronParts;
  readonly args: ElectronArguments;
  /** The profile's folder. */
  readonly profile: string;
  /** The folder of dist. */
  readonly built: string;
  readonly version: string;
  readonly createDesk: (parts: DeskParts) => Desk;
  /** The demo of whoever started this host; null for the application's own, where it brings one. */
  readonly demo: DemoChannel | null;
  readonly login: LoginStart;
  /** The folder of the images of tray and windows. */
  readonly images: string;
  readonly timers: Timers;
  readonly log: DeskOptions['log'];
  /** The newest diagnostic lines, oldest first. */
  readonly recentLog: () => readonly LogLine[];
  readonly say: (line: string) => void;
}

/** What of a desk only the running host has. */
export type DeskParts = Pick<DeskOptions, 'dataDir' | 'secrets' | 'network' | 'retentionHours'>;

export interface ElectronHost {
  readonly desk: Desk;
  readonly windows: DeskWindows;
  readonly proxy: SessionProxy;
  readonly shell: OpenShell;
  /** What the shell says, in the language of the moment. */
  readonly words: () => ShellWords;
  /** The desk's newest state. */
  state(): DeskState | null;
  /** Shows what a link asks for; nothing is done by it. */
  show(link: DeepLink): void;
  /** Ends windows, pushes and the desk, in this order. Twice is harmless. */
  close(): Promise<void>;
}

type SpokenOptions = ElectronHostOptions & Pick<ElectronHost, 'words'>;
type Closers = (() => Promise<void> | void)[];

/**
 * Opens the desk of a profile and its first window. Electron has to be ready.
 * @returns null when the profile is open in the browser host; a person was told
 */
export async function runElectronHost(options: ElectronHostOptions): Promise<ElectronHost | null> {
  const closers: Closers = [];
  let onAsked = (): void => undefined;
  const lockFile = path.join(options.profile, 'desk.lock');
  const letGo = await holdProfile({ lockFile, lockPort: systemLockPort, onAsked: () => onAsked() });
  if (!letGo) {
    const words = () => shellWordsOf(languageOf('system', options.electron.app.getPreferredSystemLanguages()));
    options.say(words().taken.message);
    await createShellDialogs(options.electron.dialog, words).tellTaken();
    return null;
  }
  closers.push(letGo);
  try {
    const host = await openHost(options, closers);
    onAsked = () => void host.windows.present();
    return host;
  } catch (error) {
    await closeAll(closers);
    throw error;
  }
}

async function openHost(options: ElectronHostOptions, closers: Closers): Promise<ElectronHost> {
  const { electron, profile, version, args, log } = options;
  const warn = (message: string, fields: object) => log('warn', message, fields);
  const network = electronNetwork(electron.session, warn);
  const proxy = await openProxy(options, network);
  const settings = openSettings(path.join(profile, 'settings.json'), (error) =>
    warn('the settings could not be read', { error: String(error) }),
  );
  const words = () => shellWordsOf(languageOf(settings.read().language, electron.app.getPreferredSystemLanguages()));
  const desk = await openDesk(options, network, settings, closers);
  const watch = watchDesk(desk);
  closers.push(
    proxy.watch(() => desk.signal('route-changed')),
    () => watch.close(),
  );
  const own = options.demo ? null : openOwnDemo(options, closers);
  const demo = options.demo ?? own;
  const host = { host: 'electron', deskName: args.name, version } as const;
  const saving = savePorts(electron, () => windows);
  const requests: HostRequestOptions = {
    ...{ desk, watch, demo, settings, proxy, ...host },
    gateways: desk.gateways,
    saveFile: (file) => saveFile(file, saving),
    recentLog: options.recentLog,
  };
  const handlers = followedByDemo(hostRequests(requests), own, () => resumeDemo(own, requests, log));
  const windows = await openWindows({ ...options, words }, pageNews(desk, settings), handlers, closers);
  const shell = openShell({ ...options, desk, windows, settings, words, proxy, platform: process.platform });
  closers.push(() => shell.close());
  // The application's own demo waits until a person wants it.
  await pairAtStart(args, { ...requests, demo: options.demo }, options.say);
  void resumeDemo(own, requests, log);
  options.say('Tillwatch is open.');
  let closing: Promise<void> | null = null;
  return {
    ...{ desk, windows, proxy, shell, words },
    state: () => watch.state(),
    show: (link) => showLink(link, windows, watch, options, words),
    close: () => (closing ??= closeAll(closers)),
  };
}

async function openProxy({ electron, profile, log }: ElectronHostOptions, network: NetworkPort): Promise<SessionProxy> {
  const { session } = electron;
  const proxy = new SessionProxy({
    ...{ file: path.join(profile, 'proxy.json'), session, network },
    log: (message, fields) => log('warn', message, fields),
  });
  await proxy.open();
  return proxy;
}

/** A paired desk is not paired anew by a link: whoever opened it is told why nothing happens. */
function showLink(
  link: DeepLink,
  windows: DeskWindows,
  watch: DeskWatch,
  { electron, log }: Pick<ElectronHostOptions, 'electron' | 'log'>,
  words: () => ShellWords,
): void {
  const gateway = watch.state()?.gateway ?? null;
  if (link.kind !== 'pair' || !gateway) {
    windows.show(placeOf(link));
    return;
  }
  const host = URL.parse(gateway.url)?.host ?? gateway.url;
  createShellDialogs(electron.dialog, words)
    .tellPaired(windows.present(), host)
    .catch((error: unknown) => log('warn', 'dialog not shown', { error: String(error) }));
}

/** The window a person looks at is asked; where none is open, one comes. */
function savePorts({ app, dialog }: ElectronParts, windows: () => DeskWindows): SavePorts {
  return {
    dialog,
    window: () =>
      windows()
        .windows()
        .find((window) => window.isFocused()) ?? windows().present(),
    folder: () => app.getPath('downloads'),
  };
}

async function openDesk(
  options: ElectronHostOptions,
  network: NetworkPort,
  settings: SettingsStore,
  closers: Closers,
): Promise<ProfileDesk> {
  const { electron, profile, timers, log } = options;
  const retentionHours = () => settings.read().retentionHours;
  const desk = createProfileDesk({
    profile,
    secretsIn: (file) => openSafeSecrets(createFileSecrets(file), electron.safeStorage, process.platform),
    createDesk: (place) => options.createDesk({ ...place, network, retentionHours }),
    ...{ now: () => Date.now(), log },
  });
  closers.push(() => desk.close());
  await desk.start();
  const { powerMonitor, net } = electron;
  closers.push(watchSystem(desk, { powerMonitor, isOnline: () => net.isOnline(), every: timers.every }));
  return desk;
}

async function openWindows(
  options: SpokenOptions,
  news: PageNews,
  handlers: Omit<RequestHandlers, 'desk.attach'>,
  closers: Closers,
): Promise<DeskWindows> {
  const { electron, built, log } = options;
  const files = await loadRendererFiles(path.join(built, 'renderer'));
  const windows = deskWindows(options, news);
  closers.push(() => windows.close());
  electron.protocol.handle(
    appScheme,
    createAppProtocol(files, () => randomBytes(16).toString('base64')),
  );
  closers.push(() => electron.protocol.unhandle(appScheme));
  guard(electron, log);
  closers.push(
    openIpcDoor({
      ipcMain: electron.ipcMain,
      handlers,
      isOurs: (id) => windows.isOurs(id),
      attach: (id) => windows.attach(id),
      log,
    }),
  );
  windows.open();
  return windows;
}

/** Guards stay as long as the process: whatever opens contents last is guarded too. */
function guard({ app, session, shell }: ElectronParts, log: DeskOptions['log']): void {
  const warn = (message: string, fields: object) => log('warn', message, fields);
  guardSession(session, warn);
  app.on('web-contents-created', (_event, contents) => {
    guardContents(contents, { openOutside: (address) => shell.openExternal(address), log: warn });
  });
}

function deskWindows(options: SpokenOptions, news: PageNews): DeskWindows {
  const { electron, built, images, profile, timers, log, words } = options;
  const { app, createWindow, screen, dialog } = electron;
  const warn = (message: string, fields: object = {}) => log('warn', message, fields);
  return new DeskWindows({
    news,
    createWindow,
    displays: () => {
      const primary = screen.getPrimaryDisplay();
      const others = screen.getAllDisplays().filter(({ id }) => id !== primary.id);
      return [primary, ...others].map(({ workArea }) => workArea);
    },
    state: createKeptFile(path.join(profile, 'window.json'), windowStateSchema, (error) =>
      warn('window state not kept', { error: String(error) }),
    ),
    preload: path.join(built, 'preload', 'index.cjs'),
    icon: process.platform === 'linux' ? path.join(images, 'window.png') : null,
    devTools: !app.isPackaged,
    recovery: { ...timers, worked: (processId) => processorMs(app, processId), log: warn },
    askAgain: (window) => createShellDialogs(dialog, words).askAgain(window),
  });
}
