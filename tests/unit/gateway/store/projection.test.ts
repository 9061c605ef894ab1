import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Order } from '../../../../contract/order.ts';
import { openStorage } from '../../../../gateway/store/open-store.ts';
import type { Storage } from '../../../../gateway/store/open-store.ts';
import { readOrder, saveOrder } from '../../../../gateway/store/projection.ts';

let dataDir: string;
let storage: Storage;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'tillwatch-projection-'));
  storage = await openStorage({ dataDir, clock: Date });
});
afterEach(async () => {
  await storage.close();
  await rm(dataDir, { recursive: true, force: true });
});

const order: Order = {
  ...{ id: 'ord_1', store: 'main', source: 'cdc', sourceRef: 'p-1', reference: 'A-1', live: true, status: 'awaiting' },
  price: { currency: 'USD', amount: '20' },
  pay: [{ chain: 'eip155:1', asset: 'native', symbol: 'ETH', decimals: 18, address: '0xAbC', amount: '5' }],
  ...{ createdAt: 1_000, expiresAt: 9_000, graceUntil: 9_500, updatedAt: 1_000, updatedSeq: 1, verdict: 'wait' },
  ...{ payments: [], received: [], refunds: [], flags: [], diagnosis: [], notes: [] },
};
const payment: Order['payments'][number] = {
  ...{ id: 'p1', chain: 'eip155:10', asset: 'native', symbol: 'ETH', decimals: 18, amount: '5', txHash: '0xF1' },
  ...{ required: null, witness: 'node', confirmations: null, state: 'seen', seenAt: 2_000 },
};

/** The first order of a new database. */
const stored = (before: Order | undefined) => before && { n: 1, order: before };
const save = (before: Order | undefined, after: Order) =>
  storage.writer.write((tx) => saveOrder(tx, stored(before), after));
const rows = (sql: string) =>
  storage.reader.raw
    .prepare(sql)
    .all()
    .map((row) => Object.values(row));
const columns = 'source, status, open, created_at, expires_at, grace_until, watch_until, updated_at, updated_seq';

test('whatever changes of an order, its row says all of it', async () => {
  await save(undefined, order);
  const seen: Order = { ...order, status: 'detected', payments: [payment], updatedAt: 2_000, updatedSeq: 2 };
  const paid: Order = { ...seen, status: 'paid', payments: [{ ...payment, state: 'settled' }], updatedSeq: 3 };
  const dated: Order = { ...paid, createdAt: 1_500, expiresAt: 8_000, graceUntil: 8_500, updatedSeq: 4 };
  const noted: Order = { ...dated, notes: [{ text: 'paid at the till', at: 3_000 }], updatedAt: 3_000, updatedSeq: 5 };
  const watched = 24 * 3_600_000;
  const course: [Order, Order, unknown[]][] = [
    [order, seen, ['cdc', 'detected', 1, 1_000, 9_000, 9_500, Number.MAX_SAFE_INTEGER, 2_000, 2]],
    [seen, paid, ['cdc', 'paid', 0, 1_000, 9_000, 9_500, 9_500 + watched, 2_000, 3]],
    [paid, dated, ['cdc', 'paid', 0, 1_500, 8_000, 8_500, 8_500 + watched, 2_000, 4]],
    [dated, noted, ['cdc', 'paid', 0, 1_500, 8_000, 8_500, 8_500 + watched, 3_000, 5]],
  ];
  for (const [before, after, row] of course) {
    await save(before, after);
    expect(rows(`select ${columns} from orders`)).toEqual([row]);
    expect(await readOrder(storage.reader, 'main', 'ord_1')).toEqual(after);
  }
});

test('times, payments, places and chains are there as soon as the order has them', async () => {
  await save(undefined, order);
  expect(rows('select at from order_times')).toEqual([[1_000]]);
  expect(rows('select chain, address from order_addresses')).toEqual([['eip155:1', '0xabc']]);
  const seen: Order = { ...order, payments: [payment], updatedSeq: 2 };
  await save(order, seen);
  expect(rows('select payment_id from order_payments')).toEqual([['p1']]);
  expect(rows('select chain from order_chains order by chain')).toEqual([['eip155:1'], ['eip155:10']]);
  const moved: Order = { ...seen, payments: [{ ...payment, chain: 'eip155:25', seenAt: 1_800 }], updatedSeq: 3 };
  await save(seen, moved);
  expect(rows('select at from order_times order by at')).toEqual([[1_000], [1_800], [2_000]]);
  expect(rows('select chain from order_chains order by chain')).toEqual([['eip155:1'], ['eip155:10'], ['eip155:25']]);
  await save(moved, { ...moved, createdAt: 900, updatedSeq: 4 });
  expect(rows('select at from order_times order by at')).toEqual([[900], [1_000], [1_800], [2_000]]);
});

test('an order whose row is gone is written whole', async () => {
  await save(order, { ...order, status: 'cancelled', updatedSeq: 2 });
  expect((await readOrder(storage.reader, 'main', 'ord_1'))?.status).toBe('cancelled');
});
