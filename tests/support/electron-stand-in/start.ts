/**
 * Runs the built main entry on the stand-in: `node start.ts ENTRY -- arguments`. Answers `{evaluate, id, arg}` over the
 * process channel, as Playwright's ElectronApplication.evaluate does.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { runInThisContext } from 'node:vm';
import * as electron from './electron-module.ts';

const moduleUrl = new URL('./electron-module.ts', import.meta.url).href;
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron'
      ? { url: moduleUrl, format: 'module-typescript', shortCircuit: true }
      : next(specifier, context),
});

interface Question {
  readonly id: number;
  readonly evaluate: string;
  readonly arg: unknown;
}

const entry = path.resolve(process.env['STAND_IN_ENTRY'] ?? '');
const note = JSON.parse(readFileSync(process.env['STAND_IN_BROWSER'] ?? '', 'utf8')) as { executablePath: string };
const userData = mkdtempSync(path.join(tmpdir(), 'tillwatch-chromium-'));
process.once('exit', () => rmSync(userData, { recursive: true, force: true }));

process.on('message', ({ id, evaluate, arg }: Question) => {
  const run = runInThisContext(`(${evaluate})`) as (module: object, arg: unknown) => unknown;
  void (async () => {
    try {
      process.send?.({ id, value: await run(electron, arg) });
    } catch (error) {
      process.send?.({ id, fault: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    }
  })();
});
process.once('disconnect', () => electron.app.quit());

await electron.standIn.start(note.executablePath, userData);
// Under Electron, ready comes only once the entry was evaluated: an entry that waits for it would wait for ever.
electron.standIn.trace.note('entry begins');
await import(pathToFileURL(entry).href);
electron.standIn.trace.note('entry evaluated');
if (!electron.standIn.app.ending) {
  electron.standIn.trace.note('ready');
  electron.standIn.app.emitReady();
  const port = readFileSync(path.join(userData, 'DevToolsActivePort'), 'utf8').split('\n')[0];
  process.send?.({ devTools: `http://127.0.0.1:${port}` });
}
