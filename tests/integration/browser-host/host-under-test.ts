/** The browser host over a desk that only remembers what it was asked, and ways to knock at it. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import type { OutgoingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { vi } from 'vitest';
import { openBrowserHost } from '../../../main/browser/browser-host.ts';
import type { BrowserHost } from '../../../main/browser/browser-host.ts';
import { environmentNetwork } from '../../../main/browser/environment-network.ts';
import { watchDesk } from '../../../main/ipc/desk-watch.ts';
import { hostRequests } from '../../../main/ipc/host-requests.ts';
import { pageNews } from '../../../main/ipc/page-news.ts';
import { openSettings } from '../../../main/profile/settings-file.ts';
import { FakeDesk } from '../../support/browser-host/fake-desk.ts';
import { PageClient } from '../../support/browser-host/page-client.ts';
import { writeRenderer } from '../../support/browser-host/renderer-dir.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly body: string;
}

export interface HostUnderTest {
  /** Of the profile, with `secret.txt` beside the page's folder. */
  readonly dir: string;
  readonly desk: FakeDesk;
  readonly host: BrowserHost;
  readonly log: (...said: unknown[]) => void;
  readonly origin: string;
  readonly socketUrl: string;
  /** A page that was let in, with its socket. */
  page(): Promise<PageClient>;
  /** A request as it is written, unlike fetch, which tidies paths and keeps Host to itself. */
  ask(pathname: string, headers?: OutgoingHttpHeaders, method?: string): Promise<Answer>;
  close(): Promise<void>;
}

export async function openHostUnderTest(): Promise<HostUnderTest> {
  const dir = await mkdtemp(path.join(tmpdir(), 'tillwatch-host-'));
  await writeFile(path.join(dir, 'secret.txt'), 'not for pages');
  const desk = new FakeDesk();
  const log = vi.fn();
  const clients: PageClient[] = [];
  const host = await hostOver(desk, dir, log);
  return {
    ...{ dir, desk, host, log },
    origin: `http://127.0.0.1:${host.port}`,
    socketUrl: `ws://127.0.0.1:${host.port}/ipc`,
    async page() {
      const client = await PageClient.open(host.link);
      clients.push(client);
      return client;
    },
    ask: (pathname, headers = {}, method = 'GET') => ask(host.port, pathname, headers, method),
    async close() {
      await Promise.all(clients.map((client) => client.close()));
      await host.close();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

async function hostOver(desk: FakeDesk, dir: string, log: HostUnderTest['log']): Promise<BrowserHost> {
  const settings = openSettings(path.join(dir, 'settings.json'), log);
  return openBrowserHost({
    news: pageNews(desk, settings),
    handlers: hostRequests({
      desk,
      settings,
      proxy: environmentNetwork({ HTTPS_PROXY: 'http://u:s3cret@proxy.example:3128' }, log),
      watch: watchDesk(desk),
      version: '1.2.3',
      host: 'browser',
      deskName: 'Front',
      demo: null,
      gateways: desk.gateways,
      saveFile: async () => ({ outcome: 'cancelled' }),
      recentLog: () => [],
    }),
    log,
    rendererDir: await writeRenderer(path.join(dir, 'renderer')),
    port: 0,
  });
}

function ask(port: number, pathname: string, headers: OutgoingHttpHeaders, method: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, path: pathname, method, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks).toString('utf8'),
        }),
      );
    });
    asked.on('error', reject);
    asked.end();
  });
}
