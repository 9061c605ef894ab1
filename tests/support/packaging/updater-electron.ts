/** As much of the module `electron` as electron-updater uses to look for a version, over Node's own network. */
import { EventEmitter } from 'node:events';
import { request } from 'node:http';
import type { RequestOptions } from 'node:http';
import path from 'node:path';

const [dir = '', version = ''] = process.argv.slice(2);

export const app = Object.assign(new EventEmitter(), {
  isPackaged: true,
  getVersion: () => version,
  getName: () => 'tillwatch',
  getPath: (name: string) => path.join(dir, name),
  getAppPath: () => path.join(dir, 'app.asar'),
  whenReady: async () => undefined,
  quit: () => undefined,
});
/** What the sessions were told about proxies. */
export const proxies: object[] = [];
export const session = { fromPartition: () => ({ setProxy: async (config: object) => void proxies.push(config) }) };
export const net = { request: (options: RequestOptions) => request(options) };
export const autoUpdater = new EventEmitter();
