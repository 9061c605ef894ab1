import path from 'node:path';
import { needsBuild } from './renderer-build.ts';
import { runToEnd } from './run-to-end.ts';
import { StartFailure } from './start-failure.ts';
import type { Workplace } from './workplace.ts';

/**
 * Builds the page where it is missing or older than its sources, and for Electron its own parts, which take no second.
 * @throws StartFailure with the builder's own words
 */
export async function buildPage(
  place: Workplace,
  forElectron: boolean,
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  if (needsBuild(place.root)) {
    const startedAt = performance.now();
    say('Building the page …');
    await build(place, 'vite.config.ts', signal);
    say(`Page built in ${((performance.now() - startedAt) / 1000).toFixed(1)} s.`);
  }
  if (!forElectron) return;
  await build(place, 'vite.main.config.ts', signal);
  await build(place, 'vite.preload.config.ts', signal);
}

async function build(place: Workplace, config: string, signal: AbortSignal): Promise<void> {
  const vite = path.join(place.root, 'node_modules', 'vite', 'bin', 'vite.js');
  const { code, stdout, stderr } = await runToEnd(place.node, [vite, 'build', '--config', config], place.root, signal);
  if (code === 0) return;
  const words = `${stdout}\n${stderr}`.trim().split('\n').slice(-15).join('\n');
  throw new StartFailure(`The application could not be built. Its builder said:\n${words}`);
}
