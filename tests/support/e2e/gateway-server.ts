import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { middayZone } from '../midday-zone.ts';
import { Program } from './program.ts';

export const webhookSecret = 'whsec-end-to-end';
export const storeName = 'Main street';

const configIn = (timeZone: string) => `
stores:
  - { id: main, name: ${storeName}, currency: USD, timeZone: ${timeZone}, lateGraceMinutes: 60 }
sources:
  - { id: cdc, kind: crypto-com-pay, store: main, webhookSecrets: ["${webhookSecret}"] }
`;

/** A real gateway with one store and one processor, as an operator runs it; it keeps its port over restarts. */
export class GatewayServer {
  readonly #dir: string;
  readonly #config = configIn(middayZone(Date.now()));
  #program: Program | null = null;
  url = '';

  constructor(dir: string) {
    this.#dir = dir;
  }

  get #data(): string {
    return path.join(this.#dir, 'gateway');
  }

  async start(): Promise<void> {
    const file = path.join(this.#dir, 'gateway.yaml');
    await writeFile(file, this.#config);
    const port = this.url === '' ? '0' : new URL(this.url).port;
    this.#program = new Program('gateway/index.ts', ['serve', '--data', this.#data, '--config', file, '--port', port]);
    this.url = (await this.#program.waitForLine(/^Tillwatch gateway listening on (http:\/\/\S+)$/))[1] ?? '';
  }

  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    await this.#program?.end(signal);
    this.#program = null;
  }

  async pairingCode(role: 'staff' | 'support' | 'admin' = 'support'): Promise<string> {
    const args = ['pair', '--data', this.#data, '--store', 'main', '--role', role, '--json'];
    const { code } = JSON.parse(await new Program('gateway/index.ts', args).output()) as { code: string };
    return code;
  }
}
