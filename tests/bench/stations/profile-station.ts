/** Makes the profile of a desk that has watched many orders and is away from its gateway now. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { newDeviceKey } from '../../../main/desk/pairing/device-key.ts';
import { savePairing } from '../../../main/desk/pairing/pairing.ts';
import { SqliteJournal } from '../../../main/desk/journal/sqlite-journal.ts';
import { createFileSecrets } from '../../../main/profile/file-secrets.ts';
import { STORE } from '../../support/fault-bench/webhooks.ts';
import { manyOrders } from '../orders.ts';

export interface ProfileInput {
  /** Of the profile; created. */
  readonly dataDir: string;
  /** A gateway's data with some payments, after which the orders are made. */
  readonly log: string;
  readonly orders: number;
}

export type ProfileStation = {
  make(input: ProfileInput): Promise<void>;
};

/** Nobody listens there. */
const GATEWAY = 'http://127.0.0.1:9';
const DESK_ID = 'desk_bench';

export function createStation(): ProfileStation {
  return {
    make: async ({ dataDir, log, orders: count }) => {
      mkdirSync(dataDir);
      const stores = [{ id: STORE, name: 'Main street' }];
      const { privateKey } = newDeviceKey();
      const pairing = {
        version: 1,
        gateway: GATEWAY,
        deskId: DESK_ID,
        name: 'Bench',
        role: 'support',
        stores,
        privateKey,
      } as const;
      await savePairing(createFileSecrets(path.join(dataDir, 'desk-key')), pairing);
      const now = Date.now();
      const orders = manyOrders(log, count, now);
      const store = { id: STORE, name: 'Main street', currency: 'USD', timeZone: 'UTC' };
      const position = { epoch: 'bench', seq: count };
      const record = { store, position, asOf: now, sources: [], quarantined: 0, base: count };
      const journal = new SqliteJournal({
        dataDir,
        now: () => now,
        log: () => undefined,
        held: () => [],
        heldCommands: () => [],
      });
      journal.replace({ record, orders, incomplete: [], unmatched: [] }, false, now);
      journal.setNote('owner', DESK_ID);
      journal.close();
    },
  };
}
