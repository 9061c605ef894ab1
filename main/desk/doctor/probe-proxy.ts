import http from 'node:http';
import https from 'node:https';
import type { Duplex } from 'node:stream';
import { codeOf } from '../connection/failure.ts';
import { blocked, found } from './found.ts';
import type { Checked, Found } from './found.ts';
import { patience } from './patient.ts';
import type { Instruments, Target } from './patient.ts';
import { LATE, within } from './within.ts';

/** How the gateway is reached: directly, or through a tunnel that a proxy has opened and that the caller destroys. */
export type Passage = { readonly by: 'itself' } | { readonly by: 'proxy'; readonly tunnel: Duplex };

type Asked =
  { readonly status: number; readonly tunnel: Duplex } | { readonly code: string; readonly nameUnknown: boolean };

/** Which proxy the gateway is reached by, and whether it lets this device through [CN12]. */
export async function probeProxy(target: Target, instruments: Instruments): Promise<Checked<Passage>> {
  const { network } = instruments;
  const proxy = target.loopback ? null : await within(instruments, () => network.resolveProxy(target.gateway));
  if (proxy === LATE) return blocked(found('proxy-silent', { proxy: 'settings', seconds: patience(instruments) }));
  const url = proxy === null ? null : URL.parse(proxy);
  if (!url) return { found: found('proxy-none'), value: { by: 'itself' } };
  const asked = await within(instruments, (signal) => askForTunnel(url, target, signal));
  if (asked === LATE) return blocked(found('proxy-silent', { proxy: url.host, seconds: patience(instruments) }));
  if ('code' in asked) {
    const finding = asked.nameUnknown ? 'proxy-name' : 'proxy-unreachable';
    return blocked(found(finding, { proxy: url.host, code: asked.code }));
  }
  const { status, tunnel } = asked;
  if (status === 200) return { found: found('proxy-answers', { proxy: url.host }), value: { by: 'proxy', tunnel } };
  tunnel.destroy();
  return blocked(refusal(status, url, target));
}

function refusal(status: number, { host: proxy }: URL, { host, port }: Target): Found {
  if (status === 407) return found('proxy-sign-in', { proxy });
  return found('proxy-refuses', { proxy, host: `${host}:${port}`, status });
}

function askForTunnel(proxy: URL, { host, port }: Target, signal: AbortSignal): Promise<Asked> {
  const place = `${host.includes(':') ? `[${host}]` : host}:${port}`;
  const { request: open } = proxy.protocol === 'https:' ? https : http;
  return new Promise((resolve) => {
    const headers = { host: place, ...account(proxy) };
    const request = open(proxy, { method: 'CONNECT', path: place, agent: false, headers, signal });
    request.on('connect', (response, tunnel) => {
      tunnel.on('error', () => tunnel.destroy());
      if (signal.aborted) tunnel.destroy();
      resolve({ status: response.statusCode ?? 0, tunnel });
    });
    request.on('error', (error) => {
      const code = codeOf(error) ?? 'UNKNOWN';
      resolve({ code, nameUnknown: 'syscall' in error && error.syscall === 'getaddrinfo' });
    });
    request.end();
  });
}

/** The name and password that the settings give to a proxy go to it, and nowhere else. */
function account({ username, password }: URL): { 'proxy-authorization'?: string } {
  if (username === '') return {};
  const plain = `${decoded(username)}:${decoded(password)}`;
  return { 'proxy-authorization': `Basic ${Buffer.from(plain).toString('base64')}` };
}

/** A lone % is no escape, and stands for itself. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
