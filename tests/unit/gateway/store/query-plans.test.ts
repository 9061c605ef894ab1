import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openStorage } from '../../../../gateway/store/open-store.ts';
import type { Storage } from '../../../../gateway/store/open-store.ts';
import { orderHistory } from '../../../../gateway/store/order-history.ts';
import { countOrders, overdueOrders, snapshotOrderIds } from '../../../../gateway/store/order-queries.ts';
import { ordersOnLine, ordersWithTransaction } from '../../../../gateway/store/orders-to-reconsider.ts';

let dataDir: string;
let storage: Storage;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'tillwatch-plans-'));
  storage = await openStorage({ dataDir, clock: Date });
});
afterEach(async () => {
  await storage.close();
  await rm(dataDir, { recursive: true, force: true });
});

/** A table read from end to end, or all that it holds of a store. */
const ALL_OF_A_STORE = /SCAN (orders|events|search_terms|order_)|\(store=\?\)/;
const NOW = Date.parse('2026-11-01T12:00:00Z');

// What runs again and again, while a gateway holds the orders of years.
test.each<[string, (opened: Storage) => Promise<unknown>]>([
  ['what a processor is asked for', ({ ledger }) => ledger.openOrders('main', 'crypto-com')],
  ['what a chain is watched for', ({ ledger }) => ledger.watchedOrders('eip155:1')],
  ['orders with a transaction', ({ reader }) => ordersWithTransaction(reader, '0xabc')],
  ['orders that hang on a line', ({ reader }) => ordersOnLine(reader, 'crypto-com', NOW)],
  ['what a snapshot shows', ({ reader }) => snapshotOrderIds(reader, 'main', NOW)],
  ['overdue orders', ({ reader }) => overdueOrders(reader, NOW, 200)],
  [
    'the events of an order',
    ({ reader }) => orderHistory(reader, { store: 'main', order: 'a', after: 0 }, { events: 100, bytes: 1_000_000 }),
  ],
])('%s are found without reading every order or event there ever was', async (_, ask) => {
  for (const plan of await plansOf(ask)) expect(plan).not.toMatch(ALL_OF_A_STORE);
});

test('orders are counted without reading them', async () => {
  expect(await plansOf(({ reader }) => countOrders(reader))).toEqual([expect.stringContaining('COVERING INDEX')]);
});

/** How SQLite goes about each statement that is prepared while something is asked for. */
async function plansOf(ask: (opened: Storage) => Promise<unknown>): Promise<string[]> {
  const { raw } = storage.reader;
  const prepare = vi.spyOn(raw, 'prepare');
  await ask(storage);
  const statements = prepare.mock.calls.map(([sql]) => sql);
  prepare.mockRestore();
  expect(statements).not.toEqual([]);
  return statements.map((sql) => {
    const unknown = Array.from(sql.matchAll(/\?/g), () => null);
    const steps = raw.prepare(`explain query plan ${sql}`).all(...unknown);
    return steps.map(({ detail }) => String(detail)).join('\n');
  });
}
