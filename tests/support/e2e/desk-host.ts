import path from 'node:path';
import { Program } from './program.ts';

/** The browser host with one profile, which it keeps over restarts. */
export class DeskHost {
  readonly #dir: string;
  #program: Program | null = null;
  /** The link of the launch that runs. */
  link = '';

  constructor(dir: string) {
    this.#dir = dir;
  }

  async start(pairing?: { gateway: string; code: string }): Promise<string> {
    const pair = pairing ? ['--gateway', pairing.gateway, '--pair', pairing.code, '--name', 'Front counter'] : [];
    const args = ['--data', path.join(this.#dir, 'desk'), '--port', '0', '--no-open', ...pair];
    this.#program = new Program('main/browser.ts', args);
    this.link = (await this.#program.waitForLine(/^Tillwatch is open at (http:\/\/\S+)$/))[1] ?? '';
    return this.link;
  }

  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    const program = this.#program;
    this.#program = null;
    return program ? program.end(signal) : null;
  }
}
