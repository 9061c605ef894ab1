import { EventEmitter } from 'node:events';

type Answer = (granted: boolean) => void;
type RequestHandler = (contents: object, permission: string, answer: Answer, details: object) => void;
type CheckHandler = (contents: object | null, permission: string, origin: string, details: object) => boolean;

/** The default session: keeps the handlers, so that a test can ask them what a page would. */
export class StandInSession extends EventEmitter {
  #request: RequestHandler | null = null;
  #check: CheckHandler | null = null;
  #device: ((details: object) => boolean) | null = null;
  #display: ((request: object, answer: (streams: object | null) => void) => void) | null = null;
  /** What the system's proxy settings would give. */
  proxy = 'DIRECT';

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

  async resolveProxy(_url: string): Promise<string> {
    return this.proxy;
  }

  /** What a page that asks for a permission would get, by each of the handlers; true where none was set. */
  async permission(permission: string): Promise<boolean[]> {
    const request = this.#request;
    const requested = request
      ? new Promise<boolean>((resolve) => request({}, permission, resolve, {}))
      : Promise.resolve(true);
    const display = this.#display;
    const shared = display
      ? new Promise<boolean>((resolve) => display({}, (streams) => resolve(streams !== null)))
      : Promise.resolve(true);
    return [
      await requested,
      this.#check?.(null, permission, 'app://tillwatch', {}) ?? true,
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
