/** `node ask-updater.ts DIR VERSION`: prints what an installed copy of that version is offered by the feed in DIR. */
import { registerHooks } from 'node:module';
import { openElectronUpdater } from '../../../main/electron/electron-updater-port.ts';

const stub = new URL('./updater-electron.ts', import.meta.url).href;
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron'
      ? { url: stub, format: 'module-typescript', shortCircuit: true }
      : next(specifier, context),
});
Object.defineProperty(process, 'resourcesPath', { value: process.argv[2] });

const [, , , version = ''] = process.argv;
const updater = await openElectronUpdater(version, (_level, message, fields) => {
  process.stderr.write(`${message} ${JSON.stringify(fields)}\n`);
});
process.stdout.write(`${JSON.stringify({ offered: await updater.check() })}\n`);
