import { startChild } from './child.ts';
import type { Child } from './child.ts';
import { StartFailure } from './start-failure.ts';
import { leashed } from './workplace.ts';
import type { Workplace } from './workplace.ts';

/** What the demo says of itself first, one line of JSON. */
export interface DemoFacts {
  readonly processor: string;
  readonly chain: string;
  /** The whole gateway.yaml the gateway needs for it. */
  readonly config: string;
  /** Environment of the gateway: the secrets its configuration names. */
  readonly env: Readonly<Record<string, string>>;
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

/** @returns null when the line is not what the demo says first */
export function demoFactsIn(line: string): DemoFacts | null {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null) return null;
  const { processor, chain, config, env } = value as Record<string, unknown>;
  if (!isText(processor) || !isText(chain) || !isText(config) || typeof env !== 'object' || env === null) return null;
  const texts = Object.entries(env).filter((entry): entry is [string, string] => isText(entry[1]));
  return { processor, chain, config, env: Object.fromEntries(texts) };
}

export interface DemoChild {
  readonly child: Child;
  readonly facts: Promise<DemoFacts>;
}

/** The ports and secrets of an earlier start, so that the gateway's configuration stays true. */
function continued(before: DemoFacts | null): { args: string[]; env: Readonly<Record<string, string>> } {
  const port = (url: string | undefined) => (url === undefined ? '0' : new URL(url).port);
  const args = ['--port-processor', port(before?.processor), '--port-chain', port(before?.chain)];
  return { args, env: before?.env ?? {} };
}

/**
 * Starts the pretend shop, processor and chain.
 * @param before what an earlier start of this launch said; the new one takes its place
 * @param scenario what alone is played; null plays the programme
 * @returns `facts` rejects with StartFailure when it ends before it has said what it is
 */
export function startDemo(place: Workplace, before: DemoFacts | null, scenario: string | null): DemoChild {
  const { args, env } = continued(before);
  const played = scenario === null ? [] : ['--scenario', scenario];
  const { promise: facts, resolve, reject } = Promise.withResolvers<DemoFacts>();
  const child = startChild({
    name: 'demo',
    command: place.node,
    args: leashed(place, 'demo/index.ts', ['--launched', '--quiet', '--data', place.demo.shop, ...args, ...played]),
    env,
    logDir: place.logs,
    stdin: true,
    onLine: (line) => {
      const said = demoFactsIn(line);
      if (said) resolve(said);
    },
  });
  void child.ended.then(({ how, lastLines }) => {
    reject(new StartFailure(`The demo could not start (${how}).\n${lastLines.join('\n')}`));
  });
  // Whoever started it again does not wait for what it says.
  facts.catch(() => undefined);
  return { child, facts };
}
