/** A gateway process with data and configuration of its own, and what an operator does with it. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SECRET } from './crypto-com-pay.ts';
import { command, serve } from './gateway-process.ts';
import type { GatewayProcess } from './gateway-process.ts';

export const OTHER_SECRET = 'whsec-rotated';

/** Two stores, a processor with two secrets, and a chain whose node is not there. */
export const CONFIG = `
stores:
  - { id: main, name: Main street, currency: USD, timeZone: Europe/Lisbon }
  - { id: second, name: Second street, currency: EUR, timeZone: Europe/Lisbon }
sources:
  - { id: cdc, kind: crypto-com-pay, store: main, webhookSecrets: ["${SECRET}", "${OTHER_SECRET}"] }
chains:
  - id: "eip155:1"
    kind: evm
    rpc: ["http://127.0.0.1:9"]
    confirmations: 12
    tokens: [{ symbol: USDC, address: "0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48", decimals: 6 }]
`;

export interface Workbench {
  readonly folder: string;
  readonly data: string;
  readonly config: string;
  readonly url: string;
  gateway(): GatewayProcess;
  /** Starts the gateway again on the port it had; the process before must have ended. */
  restart(): Promise<void>;
  key(scope: string, store?: string): Promise<string>;
  pairingCode(role: string, ...stores: string[]): Promise<string>;
  close(): Promise<void>;
}

export async function openWorkbench(yaml = CONFIG): Promise<Workbench> {
  const folder = await mkdtemp(join(tmpdir(), 'tillwatch-black-box-'));
  const data = join(folder, 'data');
  const config = join(folder, 'gateway.yaml');
  await writeFile(config, yaml);
  let gateway = await serve(data, config);
  const { url } = gateway;
  return {
    folder,
    data,
    config,
    url,
    gateway: () => gateway,
    restart: async () => {
      gateway = await serve(data, config, Number(new URL(url).port));
    },
    key: async (scope, store = 'main') =>
      String((await command('key', '--data', data, 'create', '--store', store, '--scope', scope, '--name', 'T')).key),
    pairingCode: async (role, ...stores) => {
      const named = (stores.length > 0 ? stores : ['main']).flatMap((store) => ['--store', store]);
      return String((await command('pair', '--data', data, '--role', role, ...named)).code);
    },
    close: async () => {
      await gateway.kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
