import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { writeRenderer } from '../browser-host/renderer-dir.ts';
import { root } from '../e2e/program.ts';

export type BuiltPart = 'main' | 'preload';

interface Origin {
  /** The folder to build main and preload from. */
  readonly sources?: string;
  /** Parts that the sources leave as they are, and the folder of an application that was built from them already. */
  readonly unchanged?: { readonly parts: readonly BuiltPart[]; readonly built: string };
}

/**
 * Builds the application into a folder of the test's own, laid out as the package is.
 * @param page the real page, which every run builds before its tests, or a bare one where only what is around it matters
 * @returns the path of the main entry
 */
export async function buildApplication(
  dir: string,
  page: 'real' | 'bare',
  { sources = root, unchanged }: Origin = {},
): Promise<string> {
  const dist = path.join(dir, 'dist');
  mkdirSync(dist, { recursive: true });
  const manifest = { name: 'tillwatch', version: '0.0.0', type: 'module', main: 'dist/main/index.js' };
  writeFileSync(path.join(dir, 'package.json'), JSON.stringify(manifest));
  for (const part of ['main', 'preload'] as const) {
    if (unchanged?.parts.includes(part)) {
      cpSync(path.join(unchanged.built, 'dist', part), path.join(dist, part), { recursive: true });
    } else buildPart(part, sources, dist);
  }
  if (page === 'bare') {
    await writeRenderer(path.join(dist, 'renderer'));
  } else {
    cpSync(path.join(root, 'dist', 'renderer'), path.join(dist, 'renderer'), { recursive: true });
  }
  return path.join(dist, 'main', 'index.js');
}

function buildPart(part: BuiltPart, sources: string, dist: string): void {
  const vite = path.join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  const args = [vite, 'build', '--config', `vite.${part}.config.ts`, '--outDir', path.join(dist, part)];
  const built = spawnSync(process.execPath, args, { cwd: sources, encoding: 'utf8' });
  if (built.status !== 0) throw new Error(`${part} could not be built:\n${built.stdout}\n${built.stderr}`);
}
