import path from 'node:path';
import { needsBuild } from './renderer-build.ts';
import { runToEnd } from './run-to-end.ts';
import { StartFailure } from './start-failure.ts';
import type { Workplace } from './workplace.ts';

/**
 * Builds the page where it is missing or older than its sources.
 * @throws StartFailure with the builder's own words
 */
export async function buildPage(place: Workplace, say: (line: string) => void, signal: AbortSignal): Promise<void> {
  if (!needsBuild(place.root)) return;
  const startedAt = performance.now();
  say('Building the page …');
  const vite = path.join(place.root, 'node_modules', 'vite', 'bin', 'vite.js');
  const { code, stdout, stderr } = await runToEnd(place.node, [vite, 'build'], place.root, signal);
  if (code !== 0) {
    const words = `${stdout}\n${stderr}`.trim().split('\n').slice(-15).join('\n');
    throw new StartFailure(`The page could not be built. Its builder said:\n${words}`);
  }
  say(`Page built in ${((performance.now() - startedAt) / 1000).toFixed(1)} s.`);
}
