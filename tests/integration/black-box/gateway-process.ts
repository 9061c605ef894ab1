/** The gateway as an operator runs it: its command line in processes of its own, on a port it keeps over restarts. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const entry = join(import.meta.dirname, '../../../gateway/index.ts');
/** Node keeps what it compiled: every command starts in half the time. */
const environment = { ...process.env, NODE_COMPILE_CACHE: join(tmpdir(), 'tillwatch-compile-cache') };

export interface GatewayProcess {
  readonly url: string;
  readonly child: ChildProcess;
  /** Everything it wrote to stderr so far. */
  log(): string;
  /** SIGKILL: no drain, no flush, as a power cut would do it. */
  kill(): Promise<void>;
}

/** Runs `serve` and resolves when it says that it listens. */
export async function serve(data: string, config: string, port = 0): Promise<GatewayProcess> {
  const args = [entry, 'serve', '--data', data, '--config', config, '--port', String(port)];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'], env: environment });
  const errors: string[] = [];
  child.stderr.on('data', (chunk: Buffer) => errors.push(chunk.toString()));
  const url = await new Promise<string>((resolve, reject) => {
    createInterface(child.stdout).on('line', (line) => {
      const url = /^Tillwatch gateway listening on (http:\/\/\S+)$/.exec(line)?.[1];
      if (url) resolve(url);
    });
    child.once('exit', (status) => {
      reject(new Error(`the gateway ended with ${status}: ${errors.join('').slice(-2000)}`));
    });
  });
  const kill = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  };
  return { url, child, log: () => errors.join(''), kill };
}

export interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs one command to its end, whatever the end is. `env` is added to this process's environment. */
export async function run(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ran> {
  const child = spawn(process.execPath, [entry, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...environment, ...env },
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const [status] = (await once(child, 'close')) as [number | null];
  return { status, stdout, stderr };
}

/** Runs one command with `--json` and answers what it printed. */
export async function command(...args: string[]): Promise<Record<string, unknown>> {
  const { status, stdout, stderr } = await run([...args, '--json']);
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}: ${stdout}${stderr}`);
  return JSON.parse(stdout) as Record<string, unknown>;
}
