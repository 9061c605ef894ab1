/** The doctor on ways that are broken below HTTP: names, ports, certificates, proxies [CN10, CN12]. */
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { startConnectProxy } from '../../support/connect-proxy/connect-proxy.ts';
import { startFaultProxy } from '../../support/fault-proxy/fault-proxy.ts';
import { resolveName } from '../../support/fault-proxy/names.ts';
import { startScriptedGateway } from '../../support/scripted-gateway/scripted-gateway.ts';
import { startDeafPort } from '../../support/deaf-port/deaf-port.ts';
import { createAuthority } from '../../support/tls/certificates.ts';
import { direct, examined, nobodyAt, pair, pairedAt, trusting } from './examined.ts';

const DAY_MS = 86_400_000;
const authority = createAuthority('Shop authority');
const closers: (() => Promise<void> | void)[] = [];

function closing<T extends { close(): Promise<void> | void }>(thing: T): T {
  closers.push(() => thing.close());
  return thing;
}

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

function named(name: string, resolution: Parameters<typeof resolveName>[1]): string {
  const change = resolveName(name, resolution);
  closers.push(() => change(null));
  return name;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function secureGateway(certificate: { cert: string; key: string }): Promise<{ port: string; code: string }> {
  const gateway = closing(await startScriptedGateway(certificate));
  return { port: new URL(gateway.url).port, code: gateway.code };
}

describe('a name', () => {
  test.each([
    ['ENOTFOUND', 'name-unknown'],
    ['EAI_AGAIN', 'name-silent'],
  ])('that ends in %s is told as %s, and nothing after it is tried', async (fails, finding) => {
    const host = named('shop.localhost', { fails });
    const { findings, step } = await examined(nobodyAt(`http://${host}:8377`));
    expect(findings).toMatchObject({ proxy: 'proxy-none', name: finding, tcp: 'not-reached', http: 'not-reached' });
    expect(step('name').params).toEqual({ host, code: fails });
  });

  test('with addresses of both kinds is told with both, and one that does not work is a warning', async () => {
    const gateway = closing(await startScriptedGateway());
    const { port } = new URL(gateway.url);
    const host = named('both.localhost', ['127.0.0.1', '::1']);
    const { findings, step } = await examined(nobodyAt(`http://${host}:${port}`));
    expect(step('name').params['addresses']).toBe('127.0.0.1, ::1');
    expect(findings).toMatchObject({ name: 'name-found', tcp: 'tcp-partly', polling: 'polling-open' });
    expect(step('tcp')).toMatchObject({ result: 'warning', params: { addresses: '127.0.0.1', silent: '::1' } });
  });
});

describe('a port', () => {
  test('that nothing listens on is refused', async () => {
    const port = await freePort();
    const { findings, step } = await examined(nobodyAt(`http://127.0.0.1:${port}`));
    expect(findings).toMatchObject({ tcp: 'tcp-refused', tls: 'not-reached' });
    expect(step('tcp').params).toEqual({ port: String(port), addresses: '127.0.0.1' });
  });

  test('that swallows connections is silent, and is given up in time', async () => {
    const deaf = closing(await startDeafPort());
    const from = performance.now();
    const { findings, step } = await examined(nobodyAt(`http://127.0.0.1:${deaf.port}`));
    expect(findings).toMatchObject({ tcp: 'tcp-silent', http: 'not-reached' });
    expect(step('tcp').ms).toBeGreaterThanOrEqual(790);
    expect(performance.now() - from).toBeLessThan(5_000);
  });

  test('behind which everything vanishes is found at the first step that needs an answer', async () => {
    const gateway = closing(await startScriptedGateway(authority.issue(['localhost'])));
    const proxy = closing(await startFaultProxy(Number(new URL(gateway.url).port), 'hole'));
    proxy.weather.blackHole = true;
    const { findings } = await examined(nobodyAt(`https://localhost:${proxy.port}`), trusting(authority.cert));
    expect(findings).toMatchObject({ tls: 'tls-silent', http: 'not-reached' });
    const plain = await examined(nobodyAt(`http://localhost:${proxy.port}`));
    expect(plain.findings).toMatchObject({ tls: 'tls-none', http: 'way-silent', polling: 'not-reached' });
  });
});

describe('[CN12] a certificate', () => {
  test('that is in order lets everything else be tried', async () => {
    const validity = { from: Date.now() - DAY_MS, to: Date.now() + 90 * DAY_MS };
    const { port, code } = await secureGateway(authority.issue(['localhost'], validity));
    const network = trusting(authority.cert);
    const pairing = await pair(`https://localhost:${port}`, code, network);
    const { findings, step } = await examined(pairedAt(pairing), network);
    expect(step('tls')).toMatchObject({ finding: 'tls-trusted', result: 'ok' });
    expect(step('tls').params).toMatchObject({ names: 'localhost', issuer: 'Shop authority' });
    expect(findings).toMatchObject({ http: 'http-gateway', ticket: 'ticket-given', join: 'join-let-in' });
  });

  test('that ends within days is a warning', async () => {
    const validity = { from: Date.now() - DAY_MS, to: Date.now() + 3.5 * DAY_MS };
    const { port } = await secureGateway(authority.issue(['localhost'], validity));
    const { step } = await examined(nobodyAt(`https://localhost:${port}`), trusting(authority.cert));
    expect(step('tls')).toMatchObject({ finding: 'tls-ends-soon', result: 'warning', params: { days: 3 } });
  });

  const past = { from: Date.now() - 90 * DAY_MS, to: Date.now() - DAY_MS };
  const future = { from: Date.now() + DAY_MS, to: Date.now() + 90 * DAY_MS };
  test.each([
    ['signed by itself', 'tls-self-signed', () => createAuthority('localhost'), direct],
    ['of an authority nobody trusts', 'tls-authority', () => authority.issue(['localhost']), direct],
    ['that expired', 'tls-expired', () => authority.issue(['localhost'], past), trusting(authority.cert)],
    ['of tomorrow', 'tls-not-yet', () => authority.issue(['localhost'], future), trusting(authority.cert)],
    ['for another name', 'tls-other-name', () => authority.issue(['other.example']), trusting(authority.cert)],
  ] as const)('%s ends the way: %s', async (_what, finding, issue, network) => {
    const gateway = closing(await startScriptedGateway(issue()));
    const { port } = new URL(gateway.url);
    const { findings, step } = await examined(nobodyAt(`https://localhost:${port}`), network);
    expect(findings).toMatchObject({ tcp: 'tcp-open', tls: finding, http: 'not-reached' });
    expect(step('tls').result).toBe('failed');
    expect(gateway.seen).toEqual([]);
  });

  test('where there is no TLS at all is told so', async () => {
    const gateway = closing(await startScriptedGateway());
    const { port } = new URL(gateway.url);
    const { findings } = await examined(nobodyAt(`https://localhost:${port}`));
    expect(findings.tls).toBe('tls-not-spoken');
  });
});

describe('[CN12] a proxy', () => {
  const host = 'gateway.shop.invalid';
  const place = `${host}:8443`;
  const through = (proxy: string) => ({ ...trusting(authority.cert), resolveProxy: async () => proxy });

  test('that leads to the gateway is named; it looks the name up and connects', async () => {
    const proxy = closing(await startConnectProxy());
    const { port } = await secureGateway(authority.issue([host], { from: 0, to: Date.now() + 90 * DAY_MS }));
    proxy.routes.set(place, Number(port));
    const { findings, step } = await examined(nobodyAt(`https://${place}`), through(proxy.url));
    expect(findings).toMatchObject({
      ...{ proxy: 'proxy-answers', name: 'name-by-proxy', tcp: 'tcp-by-proxy', tls: 'tls-trusted' },
      ...{ http: 'http-gateway', polling: 'polling-open', websocket: 'websocket-open' },
    });
    expect(step('proxy').params['proxy']).toBe(new URL(proxy.url).host);
    expect(new Set(proxy.asked)).toEqual(new Set([place]));
  });

  test('that wants a password first is told so, and none of its own is shown', async () => {
    const proxy = closing(await startConnectProxy());
    proxy.wantsName = true;
    const { port } = new URL(proxy.url);
    const { findings, report } = await examined(
      nobodyAt(`https://${place}`),
      through(`http://me:secret@127.0.0.1:${port}`),
    );
    expect(findings).toMatchObject({ proxy: 'proxy-sign-in', name: 'not-reached', http: 'not-reached' });
    expect(JSON.stringify(report)).not.toContain('secret');
    expect(proxy.accounts).toEqual([`Basic ${Buffer.from('me:secret').toString('base64')}`]);
  });

  test('that does not know the way refuses', async () => {
    const proxy = closing(await startConnectProxy());
    const { step } = await examined(nobodyAt(`https://${place}`), through(proxy.url));
    expect(step('proxy')).toMatchObject({ finding: 'proxy-refuses', params: { status: 502, host: place } });
  });

  test('that is not there, has no name, or says nothing is told apart', async () => {
    const gone = await examined(nobodyAt(`https://${place}`), through(`http://127.0.0.1:${await freePort()}`));
    expect(gone.step('proxy')).toMatchObject({ finding: 'proxy-unreachable', params: { code: 'ECONNREFUSED' } });
    const name = named('proxy.localhost', { fails: 'ENOTFOUND' });
    const nameless = await examined(nobodyAt(`https://${place}`), through(`http://${name}:3128`));
    expect(nameless.findings.proxy).toBe('proxy-name');
    const deaf = closing(await startDeafPort());
    const silent = await examined(nobodyAt(`https://${place}`), through(`http://127.0.0.1:${deaf.port}`));
    expect(silent.findings.proxy).toBe('proxy-silent');
  });

  test('is not asked on this very machine', async () => {
    const proxy = closing(await startConnectProxy());
    const gateway = closing(await startScriptedGateway());
    const { findings } = await examined(nobodyAt(gateway.url), through(proxy.url));
    expect(findings).toMatchObject({ proxy: 'proxy-none', tcp: 'tcp-open' });
    expect(proxy.asked).toEqual([]);
  });
});
