/** The proxy through which many desks reach a gateway that has a name and TLS, and so is not on their own machine. */
import { startConnectProxy } from '../../support/connect-proxy/connect-proxy.ts';

export type ProxyStation = {
  /** @returns the proxy's URL */
  open(input: { readonly host: string; readonly port: number }): Promise<string>;
};

export function createStation(): ProxyStation {
  return {
    open: async ({ host, port }) => {
      const proxy = await startConnectProxy();
      proxy.routes.set(host, port);
      return proxy.url;
    },
  };
}
