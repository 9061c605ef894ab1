import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { chromium } from '@playwright/test';
import type { Browser, Page } from '@playwright/test';
import type * as ElectronModule from './electron-module.ts';

const root = path.resolve(import.meta.dirname, '..', '..', '..');

interface Message {
  readonly id?: number;
  readonly value?: unknown;
  readonly fault?: string;
  readonly devTools?: string;
}

/** The built application on the stand-in, in a process of its own; used as Playwright's `_electron` is. */
export class StandInApplication {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, { resolve: (value: never) => void; reject: (error: Error) => void }>();
  readonly said: string[] = [];
  #browser: Browser | null = null;
  #last = 0;

  private constructor(entry: string, args: readonly string[]) {
    this.#child = spawn(process.execPath, [path.join(import.meta.dirname, 'start.ts'), '.', ...args], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: {
        ...process.env,
        STAND_IN_ENTRY: entry,
        STAND_IN_BROWSER: path.join(root, '.cache', 'browser.json'),
      },
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.on('data', (chunk: Buffer) => this.said.push(chunk.toString('utf8')));
    }
    this.#child.on('message', ({ id, value, fault }: Message) => {
      const asked = id === undefined ? undefined : this.#waiting.get(id);
      if (id === undefined || !asked) return;
      this.#waiting.delete(id);
      if (fault === undefined) asked.resolve(value as never);
      else asked.reject(new Error(fault));
    });
    this.#child.once('exit', (code) => {
      for (const { reject } of this.#waiting.values())
        reject(new Error(`ended with ${String(code)}\n${this.output()}`));
      this.#waiting.clear();
    });
  }

  /**
   * @param entry the built main entry
   * @returns null when it ended at once, as a second instance does @throws with its words when it fell
   */
  static async launch(entry: string, args: readonly string[]): Promise<StandInApplication | null> {
    const application = new StandInApplication(entry, args);
    const devTools = await new Promise<string | null>((resolve) => {
      application.#child.on('message', (message: Message) => message.devTools && resolve(message.devTools));
      application.#child.once('exit', () => resolve(null));
    });
    if (devTools === null && application.#child.exitCode !== 0) throw new Error(`it fell:\n${application.output()}`);
    if (devTools === null || application.#child.exitCode !== null) return null;
    application.#browser = await chromium.connectOverCDP(devTools).catch(() => null);
    return application.#browser ? application : null;
  }

  /** A start that is to end by itself, as a second instance does. @returns its exit code */
  static async runToEnd(entry: string, args: readonly string[]): Promise<number | null> {
    const application = new StandInApplication(entry, args);
    await once(application.#child, 'exit');
    return application.#child.exitCode;
  }

  output(): string {
    return this.said.join('').slice(-8_000);
  }

  get running(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** Runs a function in the main process; it sees nothing but its arguments. */
  evaluate<Arg, Value>(
    run: (electron: typeof ElectronModule, arg: Arg) => Value | Promise<Value>,
    arg: Arg,
  ): Promise<Value> {
    return new Promise((resolve, reject) => {
      if (!this.#child.connected) {
        reject(new Error(`the application has ended\n${this.output()}`));
        return;
      }
      this.#last += 1;
      this.#waiting.set(this.#last, { resolve, reject });
      this.#child.send({ id: this.#last, evaluate: run.toString(), arg });
    });
  }

  /** The pages of the windows that are open, oldest first. */
  windows(): readonly Page[] {
    const pages = this.#browser?.contexts()[0]?.pages() ?? [];
    return pages.filter((page) => page.url().startsWith('https://tillwatch.app-scheme.invalid/'));
  }

  /** Ends it as a person would quit it. @returns the exit code */
  async close(): Promise<number | null> {
    if (this.running) {
      const ended = once(this.#child, 'exit');
      this.#child.disconnect();
      await ended;
    }
    await this.#browser?.close().catch(() => undefined);
    return this.#child.exitCode;
  }
}
