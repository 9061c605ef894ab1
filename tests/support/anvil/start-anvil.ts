import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { createInterface } from 'node:readline';

/** A real node in a process of its own; blocks come only when they are asked for. */
export interface Anvil {
  readonly http: string;
  readonly ws: string;
  readonly port: number;
  /** Freezes it: connections stay, answers do not come. */
  pause(): void;
  resume(): void;
  stop(): Promise<void>;
}

/** Where anvil is: the optional dependency, else the PATH; null where there is none. */
export function anvilBinary(): string | null {
  try {
    const manifest = createRequire(import.meta.url).resolve('@foundry-rs/anvil-linux-amd64/package.json');
    const binary = path.join(path.dirname(manifest), 'bin', 'anvil');
    if (existsSync(binary)) return binary;
  } catch {
    // Another platform: the optional dependency is not there.
  }
  return spawnSync('anvil', ['--version']).status === 0 ? 'anvil' : null;
}

/** @param args such as `--chain-id 5`; port 0 takes a free one */
export async function startAnvil(args: readonly string[] = [], port = 0): Promise<Anvil> {
  const binary = anvilBinary();
  if (binary === null) throw new Error('there is no anvil: npm ci installs it on Linux, elsewhere put it on the PATH');
  const child = spawn(binary, ['--no-mining', '--port', String(port), ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const listening = await portOf(child);
  return {
    http: `http://127.0.0.1:${listening}`,
    ws: `ws://127.0.0.1:${listening}`,
    port: listening,
    pause: () => void child.kill('SIGSTOP'),
    resume: () => void child.kill('SIGCONT'),
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}

async function portOf(child: ChildProcess): Promise<number> {
  const said: string[] = [];
  const { stdout, stderr } = child;
  if (!stdout || !stderr) throw new Error('anvil was started without pipes');
  stderr.on('data', (data: Buffer) => said.push(data.toString()));
  for await (const line of createInterface(stdout)) {
    said.push(line);
    const port = Number(/Listening on .*:(\d+)/.exec(line)?.[1]);
    if (!port) continue;
    // Reading on, because a full pipe would stop it.
    stdout.resume();
    return port;
  }
  throw new Error(`anvil ended: ${said.join('\n').slice(-500)}`);
}
