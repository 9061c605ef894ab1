/** The way of a desk that is not on the gateway's machine: TLS, and a proxy that alone knows the gateway's name [CN12]. */
import { connect } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { createServer } from 'node:tls';
import type { NetworkPort } from '../../../main/desk/desk.ts';
import { startConnectProxy } from '../connect-proxy/connect-proxy.ts';
import type { ConnectProxy } from '../connect-proxy/connect-proxy.ts';
import type { Resolution } from '../fault-proxy/names.ts';
import { createAuthority } from '../tls/certificates.ts';

export interface SecureWay {
  /** Where the network carries encrypted bytes to. */
  readonly port: number;
  readonly network: NetworkPort;
  /** The proxy of the system, as it is at the moment. */
  proxy(): ConnectProxy;
  /** How long the system takes from now on to say which proxy it is, milliseconds, asked each time. */
  delay(lookUpMs: () => number): void;
  /** The system's proxy is another one from now on; the one before is gone. */
  moveProxy(): Promise<void>;
  /** Whom this device trusts from now on. */
  trust(authorities: 'ours' | 'nobody'): void;
  /** For whom the gateway's certificate is from now on. */
  certify(whom: 'gateway' | 'somebody-else'): void;
  /** Tells the proxies where the name leads. */
  route(port: number): void;
  /** A name that fails is known to no proxy either. */
  name(resolution: Resolution | null): void;
  close(): Promise<void>;
}

/** @param host the gateway's name. @param port where the plain bytes go on, on 127.0.0.1 */
export async function openSecureWay(host: string, port: number): Promise<SecureWay> {
  const place = `${host}:443`;
  const authority = createAuthority('Bench authority');
  const open = new Set<Socket>();
  const certificates = { gateway: authority.issue([host]), 'somebody-else': authority.issue(['elsewhere.invalid']) };
  const server = createServer(certificates.gateway, (near) => pass(near, port, open));
  server.on('tlsClientError', (_error, socket) => socket.destroy());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  let trusted = [authority.cert];
  let proxy = await startConnectProxy();
  let way: number | null = null;
  let lookUpMs = (): number => 0;
  const route = (to: number | null): void => {
    if (to === null) proxy.routes.delete(place);
    else proxy.routes.set(place, to);
  };
  return {
    port: (server.address() as AddressInfo).port,
    network: {
      resolveProxy: async () => {
        const ms = lookUpMs();
        if (ms > 0) await new Promise((resolve) => setTimeout(resolve, ms));
        return proxy.url;
      },
      certificates: () => trusted,
    },
    delay: (ms) => void (lookUpMs = ms),
    proxy: () => proxy,
    moveProxy: async () => {
      const before = proxy;
      proxy = await startConnectProxy();
      route(way);
      await before.close();
    },
    trust: (authorities) => void (trusted = authorities === 'ours' ? [authority.cert] : []),
    certify: (whom) => server.setSecureContext(certificates[whom]),
    route: (to) => route((way = to)),
    name: (resolution) => route(resolution !== null && 'fails' in resolution ? null : way),
    close: async () => {
      await proxy.close();
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function pass(near: Socket, port: number, open: Set<Socket>): void {
  const far = connect({ port, host: '127.0.0.1', noDelay: true });
  for (const [socket, other] of [
    [near, far],
    [far, near],
  ] as const) {
    open.add(socket);
    // Which error it was matters to nobody here: the close that follows ends the other side too.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      open.delete(socket);
      other.destroySoon();
    });
    socket.pipe(other);
  }
}
