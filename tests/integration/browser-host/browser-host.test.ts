import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import type { OutgoingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { settingsFrom } from '../../../contract/settings.ts';
import { inboundLimit, openBrowserHost, passLinkOf } from '../../../main/browser/browser-host.ts';
import type { BrowserHost } from '../../../main/browser/browser-host.ts';
import { environmentNetwork } from '../../../main/browser/environment-network.ts';
import { watchDesk } from '../../../main/ipc/desk-watch.ts';
import { hostRequests } from '../../../main/ipc/host-requests.ts';
import { pageNews } from '../../../main/ipc/page-news.ts';
import { openSettings } from '../../../main/profile/settings-file.ts';
import { FakeDesk } from '../../support/browser-host/fake-desk.ts';
import { PageClient, cookieOf, upgradeStatus } from '../../support/browser-host/page-client.ts';
import type { Frame } from '../../support/browser-host/page-client.ts';
import { writeRenderer } from '../../support/browser-host/renderer-dir.ts';
import { PATIENCE } from '../../support/patience.ts';

let dir: string;
let desk: FakeDesk;
let host: BrowserHost;
let clients: PageClient[];
const log = vi.fn();

beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'tillwatch-host-'));
  await writeFile(path.join(dir, 'secret.txt'), 'not for pages');
  desk = new FakeDesk();
  clients = [];
  const settings = openSettings(path.join(dir, 'settings.json'), log);
  host = await openBrowserHost({
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
});
afterEach(async () => {
  await Promise.all(clients.map((client) => client.close()));
  await host.close();
  await rm(dir, { recursive: true, force: true });
});

async function page(): Promise<PageClient> {
  const client = await PageClient.open(host.link);
  clients.push(client);
  return client;
}

interface Answer {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly body: string;
}

/** A request as it is written, unlike fetch, which tidies paths and keeps Host to itself. */
function ask(pathname: string, headers: OutgoingHttpHeaders = {}, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port: host.port, path: pathname, method, headers }, (response) => {
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

const origin = () => `http://127.0.0.1:${host.port}`;
const socketUrl = () => `ws://127.0.0.1:${host.port}/ipc`;

describe('letting a browser in', () => {
  it('exchanges the link for a strict cookie that scripts cannot read, and leads away from the link', async () => {
    const answer = await ask(`/open?key=${host.key}`);
    expect(answer.status).toBe(303);
    expect(answer.headers.location).toBe('/');
    expect(String(answer.headers['set-cookie'])).toMatch(
      new RegExp(`^tillwatch_${host.port}=[\\w-]{32}; Path=/; HttpOnly; SameSite=Strict$`),
    );
    expect(String(answer.headers['set-cookie'])).not.toContain(host.key);
    expect(answer.headers['referrer-policy']).toBe('no-referrer');
  });

  it('takes the pass that a browser is started with once, and no other', async () => {
    const { pathname, search } = new URL(passLinkOf(host.port, host.key, Date.now()));
    const first = await ask(pathname + search);
    expect([first.status, first.headers.location]).toEqual([303, '/']);
    expect((await ask(pathname + search)).status).toBe(403);
    const cookie = String(first.headers['set-cookie']).split(';')[0];
    expect((await ask(pathname + search, { cookie })).status).toBe(303);
    const [foreign, ended] = [passLinkOf(host.port, 'guess', Date.now()), passLinkOf(host.port, host.key, 0)];
    for (const link of [foreign, ended]) expect((await ask(`/open${new URL(link).search}`)).status).toBe(403);
    expect(search).not.toContain(host.key);
  });

  it('leads on by a page of its own when another site opened the link', async () => {
    const answer = await ask(`/open?key=${host.key}`, { 'sec-fetch-site': 'cross-site' });
    expect(answer.status).toBe(200);
    expect(answer.body).toContain('url=/');
    expect(answer.body).not.toContain(host.key);
    expect(answer.headers['set-cookie']).toBeDefined();
  });

  it.each(['/', '/assets/index-1a2b.js', '/open', '/open?key=guess', '/nothing-here'])(
    'shows %s only to a browser that was let in, and says how to get in',
    async (url) => {
      const answer = await ask(url);
      expect(answer.status).toBe(403);
      expect(answer.body).toContain('Use the link that was printed');
      expect(answer.body).not.toContain(host.key);
      expect(answer.headers['set-cookie']).toBeUndefined();
    },
  );

  it('answers a later launch that holds the key, and nobody else', async () => {
    expect((await ask('/alive', { authorization: `Bearer ${host.key}` })).status).toBe(204);
    expect((await ask('/alive')).status).toBe(403);
    expect((await ask('/alive', { authorization: `Bearer ${host.key}`, host: 'evil.example' })).status).toBe(403);
  });
});

describe('what a browser is given', () => {
  it('gets the page with a nonce of its own in policy and markup', async () => {
    const cookie = await cookieOf(host.link);
    const answers = await Promise.all([ask('/', { cookie }), ask('/index.html', { cookie })]);
    const nonces = answers.map(({ status, headers, body }) => {
      expect(status).toBe(200);
      const policy = String(headers['content-security-policy']);
      const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? 'none';
      expect(policy).toBe(
        `default-src 'none'; script-src 'self'; style-src 'self' 'nonce-${nonce}'; img-src 'self' data: blob:; ` +
          "font-src 'self'; media-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; " +
          "form-action 'none'; frame-ancestors 'none'",
      );
      expect(body.split(`nonce="${nonce}"`)).toHaveLength(3);
      expect(body).not.toContain('__TILLWATCH');
      return nonce;
    });
    expect(new Set(nonces).size).toBe(2);
  });

  it('sends every answer with the protecting headers, refusals too', async () => {
    const cookie = await cookieOf(host.link);
    for (const answer of [await ask('/', { cookie }), await ask('/'), await ask('/', { host: 'evil.example' })]) {
      expect(answer.headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
        'cache-control': 'no-store',
      });
      expect(answer.headers['access-control-allow-origin']).toBeUndefined();
      expect(answer.headers['x-powered-by']).toBeUndefined();
    }
  });

  it('gets files by type, hashed ones to keep', async () => {
    const cookie = await cookieOf(host.link);
    const script = await ask('/assets/index-1a2b.js?v=1', { cookie });
    expect(script).toMatchObject({ status: 200, body: 'export {};' });
    expect(script.headers['content-type']).toContain('text/javascript');
    expect(script.headers['cache-control']).toContain('immutable');
    expect((await ask('/favicon.svg', { cookie })).headers['content-type']).toBe('image/svg+xml');
    expect(await ask('/', { cookie }, 'HEAD')).toMatchObject({ status: 200, body: '' });
  });

  it.each([
    '/../secret.txt',
    '/assets/../../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/assets/%2e%2e%5c..%5csecret.txt',
    '/..\\secret.txt',
    '//secret.txt',
    '/assets/index-1a2b.js%00.html',
    '/%',
    'http://evil.example/secret.txt',
    '/__proto__',
  ])('finds nothing outside the page at %s', async (url) => {
    const cookie = await cookieOf(host.link);
    const answer = await ask(url, { cookie });
    expect([400, 404]).toContain(answer.status);
    expect(answer.body).not.toContain('not for pages');
  });

  it('takes GET and HEAD only', async () => {
    const cookie = await cookieOf(host.link);
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) {
      expect((await ask('/', { cookie, origin: origin() }, method)).status).toBe(405);
    }
  });
});

describe('strangers', () => {
  it('are refused by Host, so that a name pointed at this machine leads nowhere', async () => {
    const cookie = await cookieOf(host.link);
    for (const name of ['evil.example', `evil.example:${host.port}`, '127.0.0.1', `127.0.0.1:${host.port + 1}`]) {
      expect((await ask('/', { cookie, host: name })).status).toBe(403);
      expect((await ask(`/open?key=${host.key}`, { host: name })).headers['set-cookie']).toBeUndefined();
    }
    expect((await ask('/', { cookie, host: `localhost:${host.port}` })).status).toBe(200);
  });

  it.each([
    ['no cookie', (cookie: string) => ({ origin: origin(), unused: cookie })],
    ['a foreign origin', (cookie: string) => ({ origin: 'https://evil.example', cookie })],
    ['a sandboxed origin', (cookie: string) => ({ origin: 'null', cookie })],
    ['no origin at all', (cookie: string) => ({ cookie })],
    ['a rebound name', (cookie: string) => ({ origin: `http://evil.example`, host: 'evil.example', cookie })],
  ])('get no socket with %s', async (_name, headers) => {
    const cookie = await cookieOf(host.link);
    expect(await upgradeStatus(socketUrl(), headers(cookie))).toBe(403);
    expect(await upgradeStatus(socketUrl(), { origin: origin(), cookie })).toBe(101);
  });

  it('get no socket on another path', async () => {
    const cookie = await cookieOf(host.link);
    expect(await upgradeStatus(`${socketUrl()}/else`, { origin: origin(), cookie })).toBe(404);
  });

  it('cannot reach the host from the network', async () => {
    const outside = Object.values(networkInterfaces())
      .flat()
      .find((address) => address && !address.internal && address.family === 'IPv4')?.address;
    for (const address of [outside, process.platform === 'linux' ? '127.0.0.2' : undefined].filter(
      (value) => value !== undefined,
    )) {
      const socket = connect(host.port, address);
      const [error] = (await once(socket, 'error')) as [NodeJS.ErrnoException];
      expect(error.code).toBe('ECONNREFUSED');
    }
  });
});

describe("a page's socket", () => {
  it('answers app.info, and passes requests to the desk', async () => {
    const client = await page();
    expect(await client.request('app.info')).toMatchObject({
      ok: true,
      output: { version: '1.2.3', host: 'browser', platform: process.platform, demo: 'unavailable' },
    });
    const input = { gateway: 'http://127.0.0.1:1', code: 'C', name: 'Front' };
    expect(await client.request('pairing.pair', input)).toMatchObject({ ok: true, output: { deskId: 'desk-1' } });
    expect(desk.asked).toEqual([{ name: 'pairing.pair', input }]);
    expect(await client.request('order.read', { store: 'main', order: 'x' })).toMatchObject({
      ok: false,
      error: { code: 'unknown-order' },
    });
    expect(await client.request('demo.start')).toMatchObject({ ok: false, error: { code: 'demo-unavailable' } });
  });

  it('survives whatever is thrown at it', async () => {
    const client = await page();
    client.socket.send('not json');
    client.socket.send(Buffer.from([1, 2, 3]));
    client.socket.send('{"id":5,"request":"__proto__","input":{}}');
    expect(await client.waitFor((frame) => frame.id === 5)).toMatchObject({ error: { code: 'unknown-request' } });
    expect(client.frames.filter((frame) => frame.id === -1)).toHaveLength(2);
    expect(await client.request('app.info')).toMatchObject({ ok: true });
  });

  it('closes on a message over the limit, and takes one just below it', async () => {
    const client = await page();
    const near = JSON.stringify({ id: 99, request: 'app.info', input: { pad: 'x'.repeat(inboundLimit - 60) } });
    client.socket.send(near);
    expect(await client.waitFor((frame) => frame.id === 99)).toMatchObject({ ok: true });
    client.socket.send('x'.repeat(inboundLimit + 1));
    const [code] = (await once(client.socket, 'close')) as [number];
    expect(code).toBe(1009);
    expect(await (await page()).request('app.info')).toMatchObject({ ok: true });
  });

  it('[CN1] shares one desk among pages, each attached for itself and let go with its socket', async () => {
    const before = desk.attached.size;
    const [one, two] = [await page(), await page()];
    expect(await one.request('desk.attach')).toMatchObject({ ok: true, output: {} });
    await one.waitFor((frame) => frame.push === 'desk.state');
    desk.push({ name: 'desk.notice', payload: { kind: 'journal' } });
    await one.waitFor((frame) => frame.push === 'desk.notice');
    expect(two.frames).toEqual([]);
    await two.request('desk.attach');
    await two.waitFor((frame) => frame.push === 'desk.state');
    expect(desk.attached.size).toBe(before + 2);
    await one.close();
    await vi.waitFor(() => expect(desk.attached.size).toBe(before + 1), PATIENCE);
    desk.push({ name: 'desk.notice', payload: { kind: 'caught-up', events: 2 } });
    await two.waitFor((frame) => frame.push === 'desk.notice');
    expect(desk.starts + desk.closes).toBe(0);
  });

  it('shows a change of the settings to every page, and refuses one it does not know', async () => {
    const [one, two] = [await page(), await page()];
    await one.request('desk.attach');
    await two.request('desk.attach');
    const changed = await one.request('settings.write', { changes: { appearance: 'dark' } });
    expect(changed).toMatchObject({ ok: true, output: { appearance: 'dark', density: 'comfortable' } });
    const heard = (frame: Frame) => frame.push === 'desk.settings' && settingsFrom(frame.payload).appearance === 'dark';
    await Promise.all([one.waitFor(heard), two.waitFor(heard)]);
    expect(await two.request('settings.read')).toMatchObject({ ok: true, output: { appearance: 'dark' } });
    for (const changes of [{ appearance: 'pink' }, { retentionHours: 71 }, 'dark']) {
      const refused = await two.request('settings.write', { changes });
      expect(refused).toMatchObject({ ok: false, error: { code: 'invalid-input' } });
    }
    expect(openSettings(path.join(dir, 'settings.json'), log).read().appearance).toBe('dark');
  });

  it.each([
    ['replay.range', {}],
    ['replay.range', { store: '../main' }],
    ['replay.orders', { store: 'main', at: -1 }],
    ['replay.orders', { store: 'main', at: '2026' }],
    ['replay.orders', { store: 'main', at: 1.5 }],
    ['replay.orders', { store: 'main', at: 1, cursor: 'x'.repeat(200) }],
    ['orders.page', { store: 'main' }],
    ['orders.page', { store: null, from: null, to: 'now' }],
    ['connection.history', { hours: 0 }],
    ['connection.history', { hours: 1_000_000 }],
    ['quarantine.list', { store: 7 }],
    ['case.export', { store: 'main', order: '' }],
    ['file.save', { suggestedName: '../../.bashrc', mediaType: 'text/plain', parts: ['x'] }],
    ['file.save', { suggestedName: 'a.csv', mediaType: 'text/html', parts: ['x'] }],
    ['file.save', { suggestedName: 'a.csv', mediaType: 'text/csv', parts: [7] }],
    ['gateways.add', { gateway: 'https://x', code: 'CODE', name: '  ' }],
    ['gateways.switch', { id: '../1' }],
    ['gateways.forget', { id: '' }],
  ])('takes no malformed %s %j', async (name, input) => {
    const client = await page();
    const before = desk.asked.length;
    expect(await client.request(name, input)).toMatchObject({ ok: false, error: { code: 'invalid-input' } });
    expect(desk.asked).toHaveLength(before);
  });

  it('carries gateways and diagnostics', async () => {
    const client = await page();
    const input = { gateway: 'https://station.example.com', code: 'CODE', name: 'Front' };
    expect(await client.request('gateways.add', input)).toMatchObject({ ok: true, output: { id: '2' } });
    expect(await client.request('gateways.switch', { id: '1' })).toMatchObject({ ok: true });
    expect(await client.request('gateways.forget', { id: '2' })).toMatchObject({ ok: true });
    expect(desk.asked.map(({ name }) => name).slice(-3)).toEqual([
      'gateways.add',
      'gateways.switch',
      'gateways.forget',
    ]);
    // The fake desk answers neither of its past: the bundle comes without it.
    const bundle = await client.request('diagnostics.bundle');
    expect(bundle).toMatchObject({ ok: true, output: { mediaType: 'application/json' } });
    const [text = ''] = (bundle.output as { parts: string[] }).parts;
    expect(JSON.parse(text)).toMatchObject({ application: { version: '1.2.3', host: 'browser' }, connection: [] });
    expect(text).not.toContain('s3cret');
  });

  it('says when settings cannot be kept', async () => {
    const client = await page();
    await mkdir(path.join(dir, 'settings.json'));
    const refused = await client.request('settings.write', { changes: { grouped: true } });
    expect(refused).toMatchObject({ ok: false, error: { code: 'not-kept' } });
    expect(await client.request('settings.read')).toMatchObject({ ok: true, output: { grouped: false } });
  });

  it('[CN12] shows the proxy of its environment without its password, and lets nobody change it', async () => {
    const client = await page();
    const settings = { mode: 'manual', url: 'http://proxy.example:3128' };
    const shown = await client.request('proxy.read');
    expect(shown).toMatchObject({ ok: true, output: { settings, editable: false } });
    expect(JSON.stringify(shown)).not.toContain('s3cret');
    const refused = await client.request('proxy.write', { settings: { mode: 'direct' } });
    expect(refused).toMatchObject({ ok: false, error: { code: 'read-only' } });
  });

  it('answers an attach before the first push', async () => {
    const client = await page();
    await client.request('desk.attach');
    await client.waitFor((frame) => frame.push === 'desk.state');
    expect(client.frames.map((frame) => frame.push ?? frame.id)).toEqual([1, 'desk.settings', 'desk.state']);
  });
});

describe('the end', () => {
  it('tells the pages and frees the port, twice without harm', async () => {
    const client = await page();
    await client.request('desk.attach');
    const ended = once(client.socket, 'close') as Promise<[number]>;
    await Promise.all([host.close(), host.close()]);
    expect((await ended)[0]).toBe(1001);
    await expect(fetch(host.link)).rejects.toThrow();
  });

  it('does not wait for a page that does not answer', async () => {
    const client = await page();
    client.socket.pause();
    await host.close();
    await expect(fetch(host.link)).rejects.toThrow();
    client.socket.resume();
  });

  it('says how to get a page where none was built', async () => {
    const { port } = host;
    const opening = openBrowserHost({
      news: desk,
      handlers: {} as never,
      log,
      rendererDir: path.join(dir, 'none'),
      port,
    });
    await expect(opening).rejects.toThrow('npm run build');
  });
});
