import { EventEmitter } from 'node:events';
import type { ProxyConfig } from 'electron';

type Answer = (granted: boolean) => void;
type RequestHandler = (contents: object, permission: string, answer: Answer, details: Asker) => void;
type CheckHandler = (contents: object | null, permission: string, origin: string, details: Asker) => boolean;

/** Who asks for a permission, as Electron tells it. */
export interface Asker {
  readonly requestingUrl: string;
  readonly isMainFrame: boolean;
}

const ourPage: Asker = { requestingUrl: 'app://tillwatch/index.html', isMainFrame: true };

/** The default session: keeps the handlers, so that a test can ask them what a page would. */
export class StandInSession extends EventEmitter {
  #request: RequestHandler | null = null;
  #check: CheckHandler | null = null;
  #device: ((details: object) => boolean) | null = null;
  #display: ((request: object, answer: (streams: object | null) => void) => void) | null = null;
  /** What the system's proxy settings would give. */
  proxy = 'DIRECT';
  /** What the session was told last. */
  proxyConfig: ProxyConfig | null = null;

  setPermissionRequestHandler(handler: RequestHandler): void {
    this.#request = handler;
  }

  setPermissionCheckHandler(handler: CheckHandler): void {
    this.#check = handler;
  }

  setDevicePermissionHandler(handler: (details: object) => boolean): void {
    this.#device = handler;
  }

  setDisplayMediaRequestHandler(handler: (request: object, answer: (streams: object | null) => void) => void): void {
    this.#display = handler;
  }

  async setProxy(config: ProxyConfig): Promise<void> {
    this.proxyConfig = config;
  }

  /** As Chromium answers: one server for all addresses, or what the system has. */
  async resolveProxy(_url: string): Promise<string> {
    const { mode, proxyRules } = this.proxyConfig ?? { mode: 'system' };
    if (mode === 'system') return this.proxy;
    const url = mode === 'fixed_servers' ? URL.parse(proxyRules ?? '') : null;
    return url ? `${url.protocol === 'https:' ? 'HTTPS' : 'PROXY'} ${url.hostname}:${url.port}` : 'DIRECT';
  }

  /** What a page that asks for a permission would get, by each of the handlers; true where none was set. */
  async permission(permission: string, asker: Asker = ourPage): Promise<boolean[]> {
    const request = this.#request;
    const requested = request
      ? new Promise<boolean>((resolve) => request({}, permission, resolve, asker))
      : Promise.resolve(true);
    const display = this.#display;
    const shared = display
      ? new Promise<boolean>((resolve) => display({}, (streams) => resolve(streams !== null)))
      : Promise.resolve(true);
    return [
      await requested,
      this.#check?.(null, permission, new URL('/', asker.requestingUrl).href, asker) ?? true,
      this.#device?.({ deviceType: 'usb' }) ?? true,
      await shared,
    ];
  }

  /** True when a download with these addresses would go on. */
  download(chain: readonly string[]): boolean {
    let prevented = false;
    const item = { getURLChain: () => [...chain], getURL: () => chain.at(-1) ?? '' };
    this.emit('will-download', { preventDefault: () => (prevented = true) }, item, {});
    return !prevented;
  }
}
