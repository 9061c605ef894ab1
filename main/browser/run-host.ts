import { DeskError } from '../desk/desk.ts';
import type { ProfileDesk } from '../profile/gateways/profile-desk.ts';
import type { LogLine } from '../profile/recent-log.ts';
import { linkOf, openBrowserHost, passLinkOf } from './browser-host.ts';
import type { BrowserHost } from './browser-host.ts';
import type { DemoChannel } from '../profile/demo-channel.ts';
import { watchDesk } from '../ipc/desk-watch.ts';
import { pairAtStart } from '../profile/pair-at-start.ts';
import type { HostArguments } from './host-arguments.ts';
import { hostRequests } from '../ipc/host-requests.ts';
import type { HostRequestOptions } from '../ipc/host-requests.ts';
import type { FeedLimits } from '../ipc/page-feed.ts';
import { pageNews } from '../ipc/page-news.ts';
import type { ProxyPort } from '../profile/proxy-port.ts';
import type { SettingsStore } from '../profile/settings-file.ts';
import { closeAll } from '../profile/close-all.ts';
import { acquireProfileLock } from '../profile/profile-lock.ts';
import type { LockPort, ProfileLock } from '../profile/profile-lock.ts';
import type { DoorLog } from '../ipc/request-door.ts';

export interface HostPorts {
  readonly createDesk: () => ProfileDesk;
  readonly demo: DemoChannel | null;
  readonly settings: SettingsStore;
  readonly proxy: ProxyPort;
  readonly lockFile: string;
  readonly lockPort: LockPort;
  readonly rendererDir: string;
  readonly version: string;
  readonly log: DoorLog;
  /** The newest diagnostic lines, oldest first. */
  readonly recentLog: () => readonly LogLine[];
  /** A line for whoever started the host. */
  readonly say: (line: string) => void;
  readonly openLink: (link: string) => Promise<boolean>;
  readonly feedLimits?: FeedLimits;
}

export interface RunningHost {
  readonly link: string;
  readonly close: () => Promise<void>;
}

/**
 * Opens the desk of a profile and its pages. Where one is open already for the same profile, opens that instead of a
 * second connection [CN1]; the desktop application comes to the front by itself when it is asked.
 * @returns null when one was running already
 */
export async function runHost(args: HostArguments, ports: HostPorts): Promise<RunningHost | null> {
  const acquired = await acquireProfileLock(ports.lockFile, ports.lockPort);
  if ('running' in acquired) {
    const at = acquired.running;
    ports.say(`Tillwatch is running already with this profile${'port' in at ? '' : ', as the desktop application'}.`);
    if ('port' in at) await present(at, args, ports);
    return null;
  }
  const { lock } = acquired;
  const desk = ports.createDesk();
  const closers: (() => Promise<void> | void)[] = [() => lock.release(), () => desk.close()];
  try {
    await desk.start();
    const watch = watchDesk(desk);
    closers.push(() => watch.close());
    const requests: HostRequestOptions = {
      desk,
      watch,
      version: ports.version,
      host: 'browser',
      deskName: args.name,
      demo: ports.demo,
      settings: ports.settings,
      proxy: ports.proxy,
      gateways: desk.gateways,
      saveFile: leftToPage,
      recentLog: ports.recentLog,
    };
    const host = await openPages(args, ports, requests, lock);
    closers.push(() => host.close());
    await pairAtStart(args, requests, ports.say);
    await present(host, args, ports);
    let closing: Promise<void> | null = null;
    return { link: host.link, close: () => (closing ??= closeAll(closers)) };
  } catch (error) {
    await closeAll(closers);
    throw error;
  }
}

/** A page served to a browser hands its files to that, and asks nobody. */
async function leftToPage(): Promise<never> {
  throw new DeskError('page-saves', 'In a browser, files are saved by the browser itself.');
}

async function openPages(
  args: HostArguments,
  ports: HostPorts,
  requests: HostRequestOptions,
  lock: ProfileLock,
): Promise<BrowserHost> {
  const host = await openBrowserHost({
    news: pageNews(requests.desk, requests.settings),
    handlers: hostRequests(requests),
    log: ports.log,
    rendererDir: ports.rendererDir,
    port: args.port,
    ...(ports.feedLimits && { feedLimits: ports.feedLimits }),
  });
  await lock.publish({ port: host.port, key: host.key });
  return host;
}

async function present(at: { port: number; key: string }, args: HostArguments, ports: HostPorts): Promise<void> {
  ports.say(`Tillwatch is open at ${linkOf(at.port, at.key)}`);
  if (args.open && !(await ports.openLink(passLinkOf(at.port, at.key, Date.now()))))
    ports.say('No browser could be opened from here: open the link yourself.');
}
