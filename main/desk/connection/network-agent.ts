import http from 'node:http';
import https from 'node:https';
import tls from 'node:tls';
import type { NetworkPort } from '../desk.ts';
import { isLoopback } from '../../../contract/loopback.ts';

/**
 * The one agent that requests and sockets to the gateway go through, so that both take the same proxy and trust the
 * same authorities [CN12]. It has to be destroyed by whoever made it.
 */
export async function networkAgent(network: NetworkPort, gateway: string): Promise<http.Agent> {
  const url = new URL(gateway);
  if (isLoopback(url.hostname)) return url.protocol === 'https:' ? new https.Agent(trust(network)) : new http.Agent();
  const proxy = await network.resolveProxy(gateway);
  // Node's own proxy support: https through CONNECT. Source: Node 24, doc/api/http.md, "Built-in Proxy Support".
  const proxyEnv = proxy === null ? {} : { proxyEnv: { HTTPS_PROXY: proxy } };
  return new https.Agent({ ...trust(network), ...proxyEnv });
}

function trust(network: NetworkPort): https.AgentOptions {
  const secureContext = trustedContext(network);
  return secureContext ? { secureContext } : {};
}

interface Trusted {
  readonly further: readonly string[];
  readonly context: tls.SecureContext;
}

const trusted = new WeakMap<NetworkPort, Trusted>();

/** Reading a few hundred certificates takes tens of milliseconds: once, and not for each connection. */
function trustedContext(network: NetworkPort): tls.SecureContext | null {
  const further = network.certificates();
  if (further.length === 0) return null;
  const known = trusted.get(network);
  if (known && known.further.length === further.length && known.further.every((pem, n) => pem === further[n])) {
    return known.context;
  }
  // `ca` replaces Node's authorities rather than adding to them.
  const context = tls.createSecureContext({ ca: [...tls.getCACertificates('default'), ...further] });
  trusted.set(network, { further: [...further], context });
  return context;
}

/** All authorities that are trusted, in PEM; null for Node's own alone. */
export function trustedAuthorities(network: NetworkPort): string[] | null {
  const further = network.certificates();
  return further.length === 0 ? null : [...tls.getCACertificates('default'), ...further];
}
