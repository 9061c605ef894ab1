import { spawnSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import path from 'node:path';
import { writeRenderer } from '../browser-host/renderer-dir.ts';
import { buildPage } from '../e2e/built-page.ts';
import { root } from '../e2e/program.ts';

/**
 * Builds the application into a folder of the test's own.
 * @param page the real page, or a bare one where only what is around it matters
 * @returns the path of the main entry
 */
export async function buildApplication(dir: string, page: 'real' | 'bare'): Promise<string> {
  const vite = path.join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  for (const part of ['main', 'preload']) {
    const args = [vite, 'build', '--config', `vite.${part}.config.ts`, '--outDir', path.join(dir, part)];
    const built = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
    if (built.status !== 0) throw new Error(`${part} could not be built:\n${built.stdout}\n${built.stderr}`);
  }
  if (page === 'bare') {
    await writeRenderer(path.join(dir, 'renderer'));
  } else {
    buildPage();
    cpSync(path.join(root, 'dist', 'renderer'), path.join(dir, 'renderer'), { recursive: true });
  }
  return path.join(dir, 'main', 'index.js');
}
