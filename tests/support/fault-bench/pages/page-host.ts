import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { openBrowserHost } from '../../../../main/browser/browser-host.ts';
import type { RequestHandlers } from '../../../../main/ipc/request-door.ts';
import { acquireProfileLock } from '../../../../main/profile/profile-lock.ts';
import { systemLockPort } from '../../../../main/profile/system-lock-port.ts';
import { writeRenderer } from '../../browser-host/renderer-dir.ts';
import type { DeskUnderFaults } from '../desk-under-faults.ts';
import { Page } from './page.ts';

const BROWSER_HOST = join(import.meta.dirname, '../../../../main/browser.ts');
/** Little, so that a page that takes nothing is soon taken off and later given a whole new picture. */
const FEED = { highBytes: 64 * 1024, lowBytes: 16 * 1024, stallMs: 30_000 };

export interface SecondInstance {
  readonly status: number | null;
  /** The link it gave to what runs already; null when it gave none. */
  readonly link: string | null;
}

/** The browser host over a desk that runs already, and the pages that are open at it. */
export interface PageHost {
  readonly link: string;
  /** Opens one more page. @param link by which it comes in; the host's own by default */
  page(link?: string): Page;
  /** Starts the application once more with the same profile, and waits until it has ended. */
  second(): Promise<SecondInstance>;
  /** Ends every page and the host; the desk stays. */
  close(): Promise<void>;
}

export async function openPageHost(desk: DeskUnderFaults, scale: number): Promise<PageHost> {
  const acquired = await acquireProfileLock(join(desk.dataDir, 'desk.lock'), systemLockPort);
  if (!('lock' in acquired)) throw new Error('the profile of this run is held by somebody else');
  const { lock } = acquired;
  const info = { version: '0.0.0-bench', host: 'browser', platform: process.platform, demo: 'unavailable' };
  const host = await openBrowserHost({
    news: { attach: (send) => desk.attach(send) },
    // A page of the bench asks for nothing else.
    handlers: { 'app.info': async () => info } as unknown as Omit<RequestHandlers, 'desk.attach'>,
    log: () => undefined,
    rendererDir: await writeRenderer(join(desk.dataDir, 'renderer')),
    port: 0,
    feedLimits: { ...FEED, stallMs: FEED.stallMs * scale },
  });
  await lock.publish({ port: host.port, key: host.key });
  const pages: Page[] = [];
  return {
    link: host.link,
    page: (link = host.link) => {
      const page = new Page(link);
      pages.push(page);
      return page;
    },
    second: () => startSecond(desk.dataDir),
    close: async () => {
      await Promise.all(pages.map((page) => page.crash()));
      await host.close();
      await lock.release();
    },
  };
}

async function startSecond(dataDir: string): Promise<SecondInstance> {
  const child = spawn(process.execPath, [BROWSER_HOST, '--data', dataDir, '--no-open'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  // One that does not end has opened a desk of its own.
  const late = setTimeout(() => child.kill('SIGKILL'), 10_000);
  const [status] = (await once(child, 'close')) as [number | null];
  clearTimeout(late);
  return { status, link: /http:\/\/127\.0\.0\.1:\d+\S*/.exec(said)?.[0] ?? null };
}
