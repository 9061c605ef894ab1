/** Plays the programme: waits for the gateway, opens, and goes on until it is stopped. */
import { Stopped } from '../clock/timers.ts';
import { earlierSales } from '../scenarios/crypto-com-pay.ts';
import type { ScenarioName } from '../scenarios/names.ts';
import type { GatewayAccess } from '../shop/till.ts';
import type { Stage } from '../stage/stage.ts';
import { interludes, nextScenario, opening, pauseMs, scenarios } from './programme.ts';

export interface PlayOptions {
  /** New orders per minute once the opening is over; 0 for the opening alone. */
  readonly rate: number;
  /** Plays this scenario only. */
  readonly scenario: ScenarioName | null;
  /** Ends after this many orders have been played to their end; null: goes on until it is closed. */
  readonly once: number | null;
}

export interface PlayParts {
  readonly options: PlayOptions;
  readonly stage: Stage;
  readonly gateway: () => GatewayAccess | null;
  readonly fetch: typeof fetch;
  readonly say: (line: string) => void;
  /** True where nothing was played before: the desk is empty. */
  readonly fresh: boolean;
}

const READY_POLL_MS = 300;
const READY_TIMEOUT_MS = 5_000;

/** @throws Stopped when the demo is closed */
export async function playProgramme(parts: PlayParts): Promise<void> {
  await gatewayReady(parts);
  const playing = new Set<Promise<void>>();
  const play = (run: Promise<unknown>) => {
    const ended = endedQuietly(run, parts.say).finally(() => playing.delete(ended));
    playing.add(ended);
    return ended;
  };
  if (parts.options.scenario === null && parts.options.once === null) await open(parts, play);
  if (parts.options.rate > 0) await flow(parts, play);
  await Promise.all(playing);
}

/** Resolves when the gateway says that it is ready. */
async function gatewayReady({ stage, gateway, fetch: ask, say }: PlayParts): Promise<void> {
  for (let looks = 0; ; looks += 1) {
    const url = gateway()?.url;
    if (url !== undefined && (await isReady(ask, url))) return;
    if (url !== undefined && looks === 10) say(`waiting for ${url} to be ready`);
    await stage.wait(READY_POLL_MS);
  }
}

async function isReady(ask: typeof fetch, url: string): Promise<boolean> {
  try {
    const response = await ask(`${url}/readyz`, { signal: AbortSignal.timeout(READY_TIMEOUT_MS) });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}

/** How long a line is well between two failures. */
const MENDED_MS = 60_000;

function isInterlude(name: ScenarioName): boolean {
  return interludes.some(([, each]) => each === name);
}

/** @returns when it has ended, whatever way */
type Play = (run: Promise<unknown>) => Promise<void>;

async function open({ stage, fresh }: PlayParts, play: Play): Promise<void> {
  if (fresh) void play(earlierSales(stage));
  for (const [afterMs, name] of interludes) void play(stage.wait(afterMs).then(() => scenarios[name](stage)));
  let elapsed = 0;
  for (const [afterMs, name] of opening) {
    await stage.wait(afterMs - elapsed);
    elapsed = afterMs;
    void play(scenarios[name](stage));
  }
}

async function flow({ options, stage }: PlayParts, play: Play): Promise<void> {
  for (let played = 0; options.once === null || played < options.once; played += 1) {
    const name: ScenarioName = options.scenario ?? nextScenario(stage.random);
    const ended = play(scenarios[name](stage));
    // A line is mended before it fails once more.
    if (isInterlude(name)) await ended.then(() => stage.wait(MENDED_MS));
    else await stage.wait(pauseMs(options.rate, stage.random));
  }
}

/** One order that goes wrong is said and is not the end of the show. */
async function endedQuietly(run: Promise<unknown>, say: (line: string) => void): Promise<void> {
  try {
    await run;
  } catch (error) {
    if (!(error instanceof Stopped)) say(`went wrong: ${error instanceof Error ? error.message : String(error)}`);
  }
}
