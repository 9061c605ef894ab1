/** Many real desks in one process, each with its own key and journal. */
import path from 'node:path';
import { systemTime } from '../../../main/desk/clock/system-time.ts';
import { createDesk } from '../../../main/desk/create-desk.ts';
import type { Desk, NetworkPort, SecretStore } from '../../../main/desk/desk.ts';

/** Pairings under way at once. */
const AT_ONCE = 20;

export interface DesksInput {
  readonly folder: string;
  readonly gateway: string;
  /** One a desk. */
  readonly codes: readonly string[];
  /** The proxy that knows where the gateway is. */
  readonly proxy: string;
  /** PEM of the authority behind the gateway's certificate. */
  readonly authority: string;
}

/** What one desk did since it was asked last, epoch milliseconds. */
export interface DeskTrail {
  readonly tries: readonly number[];
  /** When it was live again for good; null while it is not. */
  readonly liveAt: number | null;
}

export type DesksStation = {
  open(input: DesksInput): Promise<void>;
  forget(input: null): Promise<void>;
  trails(input: null): Promise<DeskTrail[]>;
  close(input: null): Promise<void>;
};

class WatchedDesk {
  readonly desk: Desk;
  tries: number[] = [];
  liveAt: number | null = null;

  constructor(dataDir: string, network: NetworkPort) {
    this.desk = createDesk({
      ...{ dataDir, network, version: '0.0.0-bench', secrets: memorySecrets(), time: systemTime },
      log: (_level, message, fields) => this.#logged(message, fields),
    });
  }

  /** A ticket that is renewed at once is another try, without another state. */
  #logged(message: string, fields: { state?: string; next?: string } = {}): void {
    const renewed = message === 'connection attempt ended' && fields.next === 'renew';
    if ((message === 'connection' && fields.state === 'connecting') || renewed) this.tries.push(Date.now());
    if (message === 'connection') this.liveAt = fields.state === 'live' ? Date.now() : null;
  }
}

export function createStation(): DesksStation {
  let desks: WatchedDesk[] = [];
  return {
    open: async ({ folder, gateway, codes, proxy, authority }) => {
      const network = { resolveProxy: async () => proxy, certificates: () => [authority] };
      desks = codes.map((_, n) => new WatchedDesk(path.join(folder, `desk-${n}`), network));
      for (let n = 0; n < desks.length; n += AT_ONCE) {
        const pairing = desks.slice(n, n + AT_ONCE).map(({ desk }, m) => pair(desk, gateway, codes[n + m] ?? ''));
        await Promise.all(pairing);
      }
    },
    forget: async () => {
      for (const desk of desks) desk.tries = [];
    },
    trails: async () => desks.map(({ tries, liveAt }) => ({ tries, liveAt })),
    close: async () => {
      await Promise.all(desks.map(({ desk }) => desk.close()));
    },
  };
}

async function pair(desk: Desk, gateway: string, code: string): Promise<void> {
  await desk.start();
  await desk.handle('pairing.pair', { gateway, code, name: 'Bench' });
}

function memorySecrets(): SecretStore {
  let held: string | null = null;
  return {
    kind: 'file',
    load: async () => held,
    save: async (secret) => void (held = secret),
    clear: async () => void (held = null),
  };
}
