/**
 * `node ask-updater.ts DIR VERSION [CHANNEL]`: prints what an installed copy of that version is offered by the feed in
 * DIR, and the proxy that it asks through.
 */
import { registerHooks } from 'node:module';
import { usualChannel } from '../../../main/electron/update-policy.ts';
import { openElectronUpdater } from '../../../main/electron/electron-updater-port.ts';

const stub = new URL('./updater-electron.ts', import.meta.url).href;
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron'
      ? { url: stub, format: 'module-typescript', shortCircuit: true }
      : next(specifier, context),
});
Object.defineProperty(process, 'resourcesPath', { value: process.argv[2] });

const [, , , version = '', chosen] = process.argv;
const channel = chosen === 'previews' || chosen === 'releases' ? chosen : usualChannel(version);
const updater = await openElectronUpdater(version, { mode: 'direct' }, (_level, message, fields) => {
  process.stderr.write(`${message} ${JSON.stringify(fields)}\n`);
});
process.stdout.write(`${JSON.stringify({ offered: await updater.check(channel), proxies: await askedProxies() })}\n`);

/** What the updater's own session was told. */
async function askedProxies(): Promise<unknown> {
  const { proxies } = (await import(stub)) as { proxies: unknown };
  return proxies;
}
