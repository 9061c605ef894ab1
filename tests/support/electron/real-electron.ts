import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { _electron } from '@playwright/test';
import type { ElectronApplication as PlaywrightElectron, Page } from '@playwright/test';
import { electronChoice } from '../../../launch/electron-binary.ts';
import { root } from '../e2e/program.ts';
import type { ElectronApplication, ElectronLauncher, ElectronMain } from './electron-application.ts';

/** Path of Electron's binary; null where it is not installed. */
export function electronBinary(): string | null {
  const choice = electronChoice(root);
  return 'binary' in choice ? choice.binary : null;
}

/** Electron runs as root on Linux only without its sandbox; what the sandbox does is then not measured. */
export const sandboxed = process.platform !== 'linux' || process.getuid?.() !== 0;
const switches = sandboxed ? [] : ['--no-sandbox'];

/** The application on Electron itself, driven by Playwright. */
class RealElectron implements ElectronApplication {
  readonly #electron: PlaywrightElectron;
  readonly #said: string[] = [];

  constructor(electron: PlaywrightElectron) {
    this.#electron = electron;
    const { stdout, stderr } = electron.process();
    for (const stream of [stdout, stderr]) {
      stream?.on('data', (chunk: Buffer) => this.#said.push(chunk.toString('utf8')));
    }
  }

  evaluate<Arg, Value>(run: (electron: ElectronMain, arg: Arg) => Value | Promise<Value>, arg: Arg): Promise<Value> {
    return this.#electron.evaluate(run as never, arg);
  }

  windows(): readonly Page[] {
    return this.#electron.windows();
  }

  output(): string {
    return this.#said.join('').slice(-8_000);
  }

  async close(): Promise<number | null> {
    const child = this.#electron.process();
    if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
    const ended = once(child, 'exit');
    await this.#electron.evaluate(({ app }) => app.quit()).catch(() => undefined);
    await ended;
    return child.exitCode;
  }
}

/** Starts the built application on Electron. @param folder the application's folder, with its package.json */
export function realLauncher(binary: string, folder: string): ElectronLauncher {
  return {
    kind: 'electron',
    launch: async (args) =>
      new RealElectron(
        await _electron.launch({ executablePath: binary, args: [...switches, folder, ...args], cwd: root }),
      ),
    async runToEnd(args) {
      const child = spawn(binary, [...switches, folder, ...args], { cwd: root, stdio: 'ignore' });
      const [code] = (await once(child, 'exit')) as [number | null];
      return code;
    },
  };
}
