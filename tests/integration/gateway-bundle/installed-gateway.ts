/** The gateway as a merchant installs it: one built file, copied alone into an empty folder. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { buildProgram } from '../../support/packaging/build-all.ts';

export const FILE = 'tillwatch-gateway.mjs';
/** All that the gateway is given, so that nothing of this repository or its tools can help it. */
const environment = { PATH: '/usr/bin:/bin' };

export interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export class InstalledGateway {
  readonly dir = mkdtempSync(path.join(tmpdir(), 'tillwatch-installed-'));
  readonly home = path.join(this.dir, 'home');
  /** Whose work the file brings along, as the build wrote it beside. */
  readonly licenses: string;
  readonly #children = new Set<ChildProcess>();

  constructor() {
    buildProgram('gateway', path.join(this.dir, 'built'));
    mkdirSync(this.home);
    copyFileSync(path.join(this.dir, 'built', FILE), path.join(this.home, FILE));
    this.licenses = readFileSync(path.join(this.dir, 'built', 'tillwatch-gateway.licenses.md'), 'utf8');
    rmSync(path.join(this.dir, 'built'), { recursive: true });
  }

  configure(yaml: string): void {
    writeFileSync(path.join(this.home, 'gateway.yaml'), yaml);
  }

  /** Runs `serve` and resolves with where it listens. @param port 0 takes a free one */
  async serve(port = 0): Promise<{ url: string; child: ChildProcess }> {
    const child = this.#spawn([FILE, ...['serve', '--data', 'data', '--config', 'gateway.yaml', '--port', `${port}`]]);
    let errors = '';
    child.stderr?.on('data', (chunk: Buffer) => (errors += chunk.toString()));
    const url = await new Promise<string>((resolve, reject) => {
      createInterface(child.stdout!).on('line', (line) => {
        const found = /^Tillwatch gateway listening on (http:\/\/\S+)$/.exec(line)?.[1];
        if (found) resolve(found);
      });
      child.once('exit', (code) => reject(new Error(`the gateway ended with ${code}: ${errors}`)));
    });
    return { url, child };
  }

  /** Runs a command to its end. @param node arguments for Node itself */
  async run(args: readonly string[], node: readonly string[] = []): Promise<Ran> {
    const child = this.#spawn([...node, FILE, ...args]);
    let stdout = '';
    let stderr = '';
    child.stdout?.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    const [status] = (await once(child, 'close')) as [number | null];
    return { status, stdout, stderr };
  }

  /** Runs a command with `--json`. @returns what it printed @throws with its words unless it ended with 0 */
  async command(...args: string[]): Promise<Record<string, unknown>> {
    const { status, stdout, stderr } = await this.run([...args, '--json']);
    if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}: ${stdout}${stderr}`);
    return JSON.parse(stdout) as Record<string, unknown>;
  }

  async close(): Promise<void> {
    for (const child of this.#children) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    rmSync(this.dir, { recursive: true, force: true });
  }

  #spawn(args: readonly string[]): ChildProcess {
    const child = spawn(process.execPath, args, {
      cwd: this.home,
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#children.add(child);
    return child;
  }
}
