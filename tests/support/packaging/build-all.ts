import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { buildApplication } from '../electron-stand-in/built-application.ts';
import { root } from '../e2e/program.ts';

/** Builds one of the programs into a folder of the test's own. */
export function buildProgram(part: 'gateway' | 'demo', outDir: string): void {
  const vite = path.join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  const args = [vite, 'build', '--config', `vite.${part}.config.ts`, '--outDir', outDir];
  const built = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
  if (built.status !== 0) throw new Error(`${part} could not be built:\n${built.stdout}\n${built.stderr}`);
}

/** Builds the gateway and the demo, one file each, into a folder of the test's own. */
export function buildPrograms(dir: string): void {
  for (const part of ['gateway', 'demo'] as const) buildProgram(part, path.join(dir, part));
}

/**
 * Builds all that is packed, as `npm run build` does, laid out as the package is.
 * @returns the path of the main entry
 */
export async function buildAll(dir: string, page: 'real' | 'bare'): Promise<string> {
  const entry = await buildApplication(dir, page);
  buildPrograms(path.join(dir, 'dist'));
  return entry;
}
