import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { EventEmitter } from 'node:events';
import type { ForkOptions } from 'electron';
import { strict } from './strict.ts';

const bootstrap = new URL('./utility-bootstrap.ts', import.meta.url).href;

/** Electron's UtilityProcess as a process of Node, with its messages to and from `process.parentPort`. */
export class StandInUtility extends EventEmitter {
  static readonly all: StandInUtility[] = [];
  readonly #child: ChildProcess;
  readonly serviceName: string;
  readonly args: readonly string[];

  constructor(entry: string, args: readonly string[], { env, stdio, serviceName = '' }: ForkOptions) {
    super();
    this.serviceName = serviceName;
    this.args = args;
    const pipe = stdio === 'pipe' ? 'pipe' : 'ignore';
    this.#child = fork(entry, [...args], {
      execArgv: ['--import', bootstrap],
      serialization: 'advanced',
      stdio: ['ignore', pipe, pipe, 'ipc'],
      ...(env && { env: env as NodeJS.ProcessEnv }),
    });
    this.#child.once('spawn', () => this.emit('spawn'));
    this.#child.on('message', (message) => this.emit('message', message));
    // As Electron tells it: the code alone, also for one that was killed.
    this.#child.once('exit', (code) => this.emit('exit', code ?? 1));
    StandInUtility.all.push(this);
  }

  /** Undefined once it has ended. */
  get pid(): number | undefined {
    const { exitCode, signalCode, pid } = this.#child;
    return exitCode === null && signalCode === null ? pid : undefined;
  }

  get stdout(): NodeJS.ReadableStream | null {
    return this.#child.stdout;
  }

  get stderr(): NodeJS.ReadableStream | null {
    return this.#child.stderr;
  }

  postMessage(message: object): void {
    if (this.#child.connected) this.#child.send(message);
  }

  kill(): boolean {
    return this.#child.kill();
  }
}

/** Electron's `utilityProcess`. @param isReady whether the application is: no utility process starts before */
export function standInUtilityProcess(isReady: () => boolean) {
  return {
    fork(entry: string, args: string[] = [], options: ForkOptions = {}): StandInUtility {
      if (!isReady()) throw new Error('utilityProcess.fork comes after ready');
      return strict('UtilityProcess', new StandInUtility(entry, args, options));
    },
  };
}
