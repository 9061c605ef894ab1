import { once } from 'node:events';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { passLinkOf } from '../../../main/browser/browser-host.ts';
import type { BrowserHost } from '../../../main/browser/browser-host.ts';
import { cookieOf, upgradeStatus } from '../../support/browser-host/page-client.ts';
import { openHostUnderTest } from './host-under-test.ts';
import type { HostUnderTest } from './host-under-test.ts';

let under: HostUnderTest;
let host: BrowserHost;

beforeEach(async () => {
  under = await openHostUnderTest();
  ({ host } = under);
});

afterEach(() => under.close());

describe('letting a browser in', () => {
  it('exchanges the link for a strict cookie that scripts cannot read, and leads away from the link', async () => {
    const answer = await under.ask(`/open?key=${host.key}`);
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
    const first = await under.ask(pathname + search);
    expect([first.status, first.headers.location]).toEqual([303, '/']);
    expect((await under.ask(pathname + search)).status).toBe(403);
    const cookie = String(first.headers['set-cookie']).split(';')[0];
    expect((await under.ask(pathname + search, { cookie })).status).toBe(303);
    const [foreign, ended] = [passLinkOf(host.port, 'guess', Date.now()), passLinkOf(host.port, host.key, 0)];
    for (const link of [foreign, ended]) expect((await under.ask(`/open${new URL(link).search}`)).status).toBe(403);
    expect(search).not.toContain(host.key);
  });

  it('leads on by a page of its own when another site opened the link', async () => {
    const answer = await under.ask(`/open?key=${host.key}`, { 'sec-fetch-site': 'cross-site' });
    expect(answer.status).toBe(200);
    expect(answer.body).toContain('url=/');
    expect(answer.body).not.toContain(host.key);
    expect(answer.headers['set-cookie']).toBeDefined();
  });

  it.each(['/', '/assets/index-1a2b.js', '/open', '/open?key=guess', '/nothing-here'])(
    'shows %s only to a browser that was let in, and says how to get in',
    async (url) => {
      const answer = await under.ask(url);
      expect(answer.status).toBe(403);
      expect(answer.body).toContain('Use the link that was printed');
      expect(answer.body).not.toContain(host.key);
      expect(answer.headers['set-cookie']).toBeUndefined();
    },
  );

  it('answers a later launch that holds the key, and nobody else', async () => {
    expect((await under.ask('/alive', { authorization: `Bearer ${host.key}` })).status).toBe(204);
    expect((await under.ask('/alive')).status).toBe(403);
    expect((await under.ask('/alive', { authorization: `Bearer ${host.key}`, host: 'evil.example' })).status).toBe(403);
  });
});

describe('what a browser is given', () => {
  it('gets the page with a nonce of its own in policy and markup', async () => {
    const cookie = await cookieOf(host.link);
    const answers = await Promise.all([under.ask('/', { cookie }), under.ask('/index.html', { cookie })]);
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
    for (const answer of [
      await under.ask('/', { cookie }),
      await under.ask('/'),
      await under.ask('/', { host: 'evil.example' }),
    ]) {
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
    const script = await under.ask('/assets/index-1a2b.js?v=1', { cookie });
    expect(script).toMatchObject({ status: 200, body: 'export {};' });
    expect(script.headers['content-type']).toContain('text/javascript');
    expect(script.headers['cache-control']).toContain('immutable');
    expect((await under.ask('/favicon.svg', { cookie })).headers['content-type']).toBe('image/svg+xml');
    expect(await under.ask('/', { cookie }, 'HEAD')).toMatchObject({ status: 200, body: '' });
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
    const answer = await under.ask(url, { cookie });
    expect([400, 404]).toContain(answer.status);
    expect(answer.body).not.toContain('not for pages');
  });

  it('takes GET and HEAD only', async () => {
    const cookie = await cookieOf(host.link);
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) {
      expect((await under.ask('/', { cookie, origin: under.origin }, method)).status).toBe(405);
    }
  });
});

describe('strangers', () => {
  it('are refused by Host, so that a name pointed at this machine leads nowhere', async () => {
    const cookie = await cookieOf(host.link);
    for (const name of ['evil.example', `evil.example:${host.port}`, '127.0.0.1', `127.0.0.1:${host.port + 1}`]) {
      expect((await under.ask('/', { cookie, host: name })).status).toBe(403);
      expect((await under.ask(`/open?key=${host.key}`, { host: name })).headers['set-cookie']).toBeUndefined();
    }
    expect((await under.ask('/', { cookie, host: `localhost:${host.port}` })).status).toBe(200);
  });

  it.each([
    ['no cookie', (cookie: string) => ({ origin: under.origin, unused: cookie })],
    ['a foreign origin', (cookie: string) => ({ origin: 'https://evil.example', cookie })],
    ['a sandboxed origin', (cookie: string) => ({ origin: 'null', cookie })],
    ['no origin at all', (cookie: string) => ({ cookie })],
    ['a rebound name', (cookie: string) => ({ origin: `http://evil.example`, host: 'evil.example', cookie })],
  ])('get no socket with %s', async (_name, headers) => {
    const cookie = await cookieOf(host.link);
    expect(await upgradeStatus(under.socketUrl, headers(cookie))).toBe(403);
    expect(await upgradeStatus(under.socketUrl, { origin: under.origin, cookie })).toBe(101);
  });

  it('get no socket on another path', async () => {
    const cookie = await cookieOf(host.link);
    expect(await upgradeStatus(`${under.socketUrl}/else`, { origin: under.origin, cookie })).toBe(404);
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
