import type { ProxySettings, ProxyView } from '../../contract/proxy.ts';
import { isLoopback } from '../../contract/loopback.ts';

/** The way to the network that a host has, and how much of it a person may set [CN12]. */
export interface ProxyPort {
  /** False where the environment of the host decides. */
  readonly editable: boolean;
  read(): ProxySettings;
  /** @throws DeskError `bad-proxy`, `read-only`, `not-kept`; the way then stays as it was */
  write(settings: ProxySettings): Promise<void>;
  /** @returns the proxy of this address as `http://host:port`; null for a direct way */
  resolveProxy(url: string): Promise<string | null>;
}

/** @param gateway the paired gateway's address; null where there is none */
export async function proxyView(proxy: ProxyPort, gateway: string | null): Promise<ProxyView> {
  const host = gateway === null ? null : (URL.parse(gateway)?.hostname ?? null);
  const goesOut = gateway !== null && host !== null && !isLoopback(host);
  const inUse = goesOut ? await proxy.resolveProxy(gateway) : null;
  return { settings: proxy.read(), editable: proxy.editable, inUse: inUse === null ? null : withoutPassword(inUse) };
}

/** An environment may name a password beside its proxy, which is nobody's to see. */
function withoutPassword(proxy: string): string {
  const url = URL.parse(proxy);
  return url ? `${url.protocol}//${url.host}` : 'unreadable';
}
