import { existsSync, mkdirSync } from 'node:fs';
import { buildPage } from './build-page.ts';
import type { Child } from './child.ts';
import { electronChoice } from './electron-binary.ts';
import { startEmbedded } from './embedded.ts';
import type { Embedded } from './embedded.ts';
import { freePort } from './free-port.ts';
import { startHost } from './host-child.ts';
import type { HostOptions } from './host-child.ts';
import type { StartArguments } from './start-arguments.ts';
import { StartFailure } from './start-failure.ts';
import { isRunningStart, readStartState, writeStartState } from './start-state.ts';
import { describeEnd } from './supervisor.ts';
import type { Workplace } from './workplace.ts';

/** The port the page has unless it is taken: an address that can be remembered. */
export const usualPort = 8378;

/** Anything that runs until it is stopped. */
export interface Running {
  stop(): Promise<void>;
  kill(): void;
}

export interface LaunchOptions {
  readonly args: StartArguments;
  readonly place: Workplace;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
  readonly onStarted: (running: Running) => void;
}

/** Electron's path, or null and one line why it is the browser. */
function electronFor({ args, place, say }: LaunchOptions): string | null {
  if (args.browser) return null;
  const choice = electronChoice(place.root);
  if ('binary' in choice) return choice.binary;
  say(`${choice.missing}; opening the same application in the browser.`);
  return null;
}

async function pagePort(wanted: number | null): Promise<number> {
  return wanted ?? (await freePort(usualPort)) ?? 0;
}

/** Starts the demo and its gateway, unless a start that still runs has done so with the same data. */
async function embeddedFor(options: LaunchOptions): Promise<Embedded | 'running' | null> {
  const { args, place, say, signal, onStarted } = options;
  if (args.gateway) return null;
  const before = readStartState(place.demo.state);
  if (before && (await isRunningStart(before))) return 'running';
  say('Starting the demo shop and its gateway …');
  const embedded = await startEmbedded({ place, before, scenario: args.scenario, say, signal, onStarted });
  writeStartState(place.demo.state, { pid: process.pid, gatewayPort: embedded.port, shopKey: embedded.shopKey });
  say(`Gateway of the demo at ${embedded.url}`);
  return embedded;
}

function demoFor(embedded: Embedded | 'running' | null): HostOptions['demo'] {
  if (embedded === null || embedded === 'running') return null;
  return {
    replaces: embedded.replaces,
    offer: async () => ({ gateway: embedded.url, code: await embedded.pairingCode() }),
  };
}

/**
 * Starts all that a desk needs, then the desk, and waits for its end.
 * @returns the exit code @throws StartFailure when something could not be started
 */
export async function launch(options: LaunchOptions): Promise<number> {
  const { args, place, say, signal, onStarted } = options;
  requirePackages(place);
  requireDataFolder(place);
  const electron = electronFor(options);
  const [embedded] = await Promise.all([embeddedFor(options), buildPage(place, electron !== null, say, signal)]);
  signal.throwIfAborted();
  const host = startHost(place, {
    electron,
    profile: args.gateway ? place.desk : place.demo.desk,
    port: await pagePort(args.port),
    open: args.open,
    name: args.name,
    gateway: args.gateway,
    demo: demoFor(embedded),
    onLine: (line) => {
      say(line);
      if (line.startsWith('Tillwatch is open')) say(`Press Ctrl-C to stop. Logs: ${place.logs}`);
    },
  });
  onStarted({ stop: () => host.stop(), kill: () => host.kill() });
  return endOf(host, options);
}

function requirePackages({ root }: Workplace): void {
  if (!existsSync(`${root}/node_modules`)) throw new StartFailure('The packages are missing: run "npm ci" first.');
}

/** Makes the folder of data with the first folder in it; journal and keys lie there, so it is its owner's alone. */
export function requireDataFolder({ logs }: Pick<Workplace, 'logs'>): void {
  try {
    mkdirSync(logs, { recursive: true, mode: 0o700 });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartFailure(
      `The data cannot be kept there (${reason}): give --data DIR a folder that you may write to.`,
    );
  }
}

/** A desk that was closed ends the start; one that fell says why. */
async function endOf(host: Child, { say, signal }: LaunchOptions): Promise<number> {
  const ending = await host.ended;
  if (signal.aborted || ending.code === 0) return 0;
  for (const line of describeEnd(host, ending)) say(line);
  return ending.code ?? 1;
}
