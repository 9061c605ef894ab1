import type { ProxySettings } from '../../contract/proxy.ts';
import { DeskError } from '../desk/desk.ts';
import type { NetworkPort } from '../desk/desk.ts';
import { proxyAddress } from '../profile/proxy-address.ts';
import type { ProxyPort } from '../profile/proxy-port.ts';

/** The way to the network of a host that has no settings of its own. */
export type EnvironmentNetwork = NetworkPort & ProxyPort;

/**
 * The browser host goes through the proxy that its environment names, as command-line programs do, and trusts the
 * authorities Node trusts (NODE_EXTRA_CA_CERTS adds to them) [CN12]. Gateways that are not on this machine are reached
 * by https only, so HTTPS_PROXY is the one that counts.
 * @param onFault told once of a proxy that cannot be used; the way is then direct
 */
export function environmentNetwork(
  environment: Readonly<Record<string, string | undefined>>,
  onFault: (message: string) => void,
): EnvironmentNetwork {
  const { address, way } = proxyIn(environment, onFault);
  const exceptions = listed(environment['NO_PROXY'] ?? environment['no_proxy'] ?? '');
  return {
    editable: false,
    read: (): ProxySettings => (address === null ? { mode: 'direct' } : { mode: 'manual', url: address }),
    write: () =>
      Promise.reject(
        new DeskError('read-only', 'In a browser the proxy is what HTTPS_PROXY says where Tillwatch was started.'),
      ),
    resolveProxy: (url) => Promise.resolve(isException(url, exceptions) ? null : way),
    certificates: () => [],
  };
}

interface FoundProxy {
  /** Without the name and password that may stand beside it. */
  readonly address: string | null;
  readonly way: string | null;
}

const direct: FoundProxy = { address: null, way: null };

function proxyIn(
  environment: Readonly<Record<string, string | undefined>>,
  onFault: (message: string) => void,
): FoundProxy {
  const text = (environment['HTTPS_PROXY'] ?? environment['https_proxy'] ?? '').trim();
  if (text === '') return direct;
  const [, scheme = '', account = '', place = ''] = /^([a-z][a-z0-9+.-]*:\/\/)?(?:([^@/]*)@)?(.*)$/i.exec(text) ?? [];
  try {
    const address = proxyAddress(`${scheme}${place}`);
    return { address, way: account === '' ? address : address.replace('://', `://${account}@`) };
  } catch (error) {
    onFault(`HTTPS_PROXY is not used: ${error instanceof Error ? error.message : String(error)}`);
    return direct;
  }
}

function listed(text: string): string[] {
  return text
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((entry) => entry !== '');
}

/** A host by its name, `*.` or `.` before it for all below it too, `host:port` for one port, `*` for everything. */
function isException(address: string, exceptions: readonly string[]): boolean {
  const url = URL.parse(address);
  if (!url) return false;
  const port = url.port === '' ? '443' : url.port;
  return exceptions.some((entry) => {
    if (entry === '*') return true;
    const [, pattern = '', wanted] = /^(.*?)(?::(\d+))?$/.exec(entry) ?? [];
    const name = pattern.replace(/^\*?\./, '');
    const fits = url.hostname === name || url.hostname.endsWith(`.${name}`);
    return name !== '' && fits && (wanted === undefined || wanted === port);
  });
}
