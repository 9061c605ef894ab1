import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { startChild } from './child.ts';
import type { Child } from './child.ts';
import type { DemoFacts } from './demo-child.ts';
import { StartFailure } from './start-failure.ts';
import { leashed } from './workplace.ts';
import type { Workplace } from './workplace.ts';

const ready = /^Tillwatch gateway listening on (http:\/\/\S+)$/;

export interface GatewayChild {
  readonly child: Child;
  /** Its address, once it listens. */
  readonly listening: Promise<string>;
}

/**
 * Starts the demo's gateway on a port chosen beforehand.
 * @returns `listening` rejects with StartFailure when it ends before it listens
 */
export function startGateway(place: Workplace, facts: DemoFacts, port: number): GatewayChild {
  mkdirSync(place.demo.gateway, { recursive: true, mode: 0o700 });
  const config = path.join(place.demo.gateway, 'gateway.yaml');
  writeFileSync(config, facts.config, { mode: 0o600 });
  const { promise: listening, resolve, reject } = Promise.withResolvers<string>();
  const args = ['serve', '--data', place.demo.gateway, '--port', String(port), '--config', config];
  const child = startChild({
    name: 'gateway',
    command: place.node,
    args: leashed(place, 'gateway/index.ts', args),
    env: facts.env,
    logDir: place.logs,
    onLine: (line) => {
      const url = ready.exec(line)?.[1];
      if (url !== undefined) resolve(url);
    },
  });
  void child.ended.then(({ how, lastLines }) => {
    reject(new StartFailure(`The gateway could not start (${how}).\n${lastLines.join('\n')}`));
  });
  listening.catch(() => undefined);
  return { child, listening };
}
