import type { NetworkPort } from '../desk/desk.ts';

/** The browser host connects directly and trusts the authorities Node trusts (NODE_EXTRA_CA_CERTS adds to them) [CN12]. */
export const directNetwork: NetworkPort = {
  resolveProxy: () => Promise.resolve(null),
  certificates: () => [],
};
