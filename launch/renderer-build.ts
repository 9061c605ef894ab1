import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';

/** What the built page is made of, beside the packages that package-lock.json names. */
const sources = ['renderer', 'contract', 'vite.config.ts', 'package-lock.json'];

function newest(file: string): number {
  if (!existsSync(file)) return 0;
  const { mtimeMs } = statSync(file);
  if (!statSync(file).isDirectory()) return mtimeMs;
  // A folder's own time tells of files that were removed.
  return readdirSync(file).reduce((latest, name) => Math.max(latest, newest(path.join(file, name))), mtimeMs);
}

/** True when the page was never built, or something it is made of is newer than it. */
export function needsBuild(root: string): boolean {
  const built = path.join(root, 'dist', 'renderer', 'index.html');
  if (!existsSync(built)) return true;
  const { mtimeMs } = statSync(built);
  return sources.some((source) => newest(path.join(root, source)) > mtimeMs);
}
