import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openStatuses, orderStatuses } from '../../../../contract/order.ts';
import { openStorage } from '../../../../gateway/store/open-store.ts';
import type { Storage } from '../../../../gateway/store/open-store.ts';
import { snapshotOrderIds } from '../../../../gateway/store/order-queries.ts';
import { ordersOnLine } from '../../../../gateway/store/orders-to-reconsider.ts';
import { declareStores } from '../../../../gateway/store/stores.ts';

const NOW = 5;

let dataDir: string;
let storage: Storage;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'tillwatch-queries-'));
  storage = await openStorage({ dataDir, clock: { now: () => NOW } });
  const stores = ['main', 'other'].map((id) => ({ id, name: id, currency: 'USD', timeZone: 'UTC' }));
  await storage.writer.write((tx) => declareStores(tx, stores));
});
afterEach(async () => {
  await storage.close();
  await rm(dataDir, { recursive: true, force: true });
});

const time = fc.integer({ min: 0, max: 9 });
const order = fc.record({
  store: fc.constantFrom('main', 'other'),
  source: fc.constantFrom('cdc', 'direct'),
  status: fc.constantFrom(...orderStatuses),
  created_at: time,
  grace_until: time,
  watch_until: time,
  updated_at: time,
});

test('what an index finds is what reading every order would find, in the same order', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(order, { maxLength: 40 }), async (drawn) => {
      const rows = drawn.map((each, n) => ({
        ...each,
        id: `o${String(n).padStart(2, '0')}`,
        open: openStatuses.has(each.status) ? 1 : 0,
      }));
      await storage.writer.write(async (tx) => {
        await tx.db.deleteFrom('orders').execute();
        for (const row of rows) {
          const json = JSON.stringify({ id: row.id });
          await tx.db
            .insertInto('orders')
            .values({ ...row, expires_at: 0, updated_seq: 1, json })
            .execute();
        }
      });
      const { reader, ledger } = storage;
      const shown = rows.filter(({ store, open, updated_at }) => store === 'main' && (open === 1 || updated_at >= NOW));
      shown.sort((a, b) => b.open - a.open || b.created_at - a.created_at || (a.id < b.id ? -1 : 1));
      expect(await snapshotOrderIds(reader, 'main', NOW)).toEqual(shown.map(({ id }) => id));

      const ofSource = rows.filter(({ source }) => source === 'cdc');
      const asked = ofSource.filter(
        ({ store, open, status, grace_until }) =>
          store === 'main' && (open === 1 || (status === 'expired' && grace_until > NOW)),
      );
      asked.sort((a, b) => a.created_at - b.created_at || (a.id < b.id ? -1 : 1));
      expect((await ledger.openOrders('main', 'cdc')).map(({ id }) => id)).toEqual(asked.map(({ id }) => id));

      const standing = ofSource.filter(({ open, watch_until }) => open === 1 || watch_until > NOW);
      const onLine = (await ordersOnLine(reader, 'cdc', NOW)).map((each) => `${each.store} ${each.order}`);
      expect(onLine.sort()).toEqual(standing.map(({ store, id }) => `${store} ${id}`).sort());
    }),
    { numRuns: 60, seed: 20_261_121 },
  );
});
