import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';

export const root = path.resolve(import.meta.dirname, '..', '..', '..');

/** One of the product's programs in a process of its own. */
export class Program {
  readonly child: ChildProcess;
  readonly lines: string[] = [];
  readonly errors: string[] = [];
  readonly #waiting = new Set<() => void>();

  constructor(entry: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) {
    this.child = spawn(process.execPath, [path.join(root, entry), ...args], {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const read = (stream: NodeJS.ReadableStream | null, into: string[]) => {
      if (!stream) return;
      createInterface(stream).on('line', (line) => {
        into.push(line);
        for (const check of this.#waiting) check();
      });
    };
    read(this.child.stdout, this.lines);
    read(this.child.stderr, this.errors);
    this.child.once('exit', () => {
      for (const check of this.#waiting) check();
    });
  }

  get ended(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  /** The first standard output line that fits. @throws with what it said when it ended without */
  waitForLine(pattern: RegExp): Promise<RegExpExecArray> {
    return new Promise((resolve, reject) => {
      const check = () => {
        const found = this.lines.map((line) => pattern.exec(line)).find((match) => match !== null);
        if (!found && !this.ended) return;
        this.#waiting.delete(check);
        if (found) resolve(found);
        else
          reject(
            new Error(`ended without ${String(pattern)}:\n${[...this.lines, ...this.errors].slice(-20).join('\n')}`),
          );
      };
      this.#waiting.add(check);
      check();
    });
  }

  /** Ends it by a signal and waits for its end. @returns the exit code, null when the signal killed it */
  async end(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    if (!this.ended) {
      this.child.kill(signal);
      await once(this.child, 'exit');
    }
    return this.child.exitCode;
  }

  /** What it printed on standard output, once it has ended by itself. @throws unless it ended with 0 */
  async output(): Promise<string> {
    const [code] = (await once(this.child, 'close')) as [number | null];
    if (code !== 0) throw new Error(`ended with ${String(code)}: ${this.errors.join('\n')}`);
    return this.lines.join('\n');
  }
}
