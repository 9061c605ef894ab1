import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { needsBuild } from '../../../launch/renderer-build.ts';
import { root } from './program.ts';

/** Builds the page when it is older than its sources, so that no test looks at yesterday's. */
export function buildPage(): void {
  if (!needsBuild(root)) return;
  const vite = path.join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  const built = spawnSync(process.execPath, [vite, 'build'], { cwd: root, encoding: 'utf8' });
  if (built.status !== 0) throw new Error(`the page could not be built:\n${built.stdout}\n${built.stderr}`);
}
