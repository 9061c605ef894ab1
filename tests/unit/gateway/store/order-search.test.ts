import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Order, OrderFact } from '../../../../contract/order.ts';
import { searchQuery } from '../../../../contract/search-query.ts';
import { orderMatches } from '../../../../contract/search-terms.ts';
import type { Report } from '../../../../gateway/ledger.ts';
import { eraseCustomer, withCustomers } from '../../../../gateway/store/customers.ts';
import { openStorage } from '../../../../gateway/store/open-store.ts';
import type { Storage } from '../../../../gateway/store/open-store.ts';
import { narrowQuery, searchOrders } from '../../../../gateway/store/order-search.ts';
import type { Breadths, OrderSearch } from '../../../../gateway/store/order-search.ts';
import { declareStores } from '../../../../gateway/store/stores.ts';

let dataDir: string;
let storage: Storage;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'tillwatch-search-'));
  storage = await openStorage({ dataDir, clock: { now: () => 5_000 } });
  const stores = ['main', 'other'].map((id) => ({ id, name: id, currency: 'USD', timeZone: 'UTC' }));
  await storage.writer.write((tx) => declareStores(tx, stores));
  await storage.reload();
});
afterEach(async () => {
  await storage.close();
  await rm(dataDir, { recursive: true, force: true });
});

const START = Date.parse('2026-11-21T12:00:00Z');
const about = (order: string) => ({ order, source: 'shop', occurred: null, sent: null });
function fact(n: number): OrderFact {
  const createdAt = START + Math.floor(n / 3) * 60_000;
  return {
    ...{ sourceRef: `src-${n}`, reference: `A-${n}`, live: true },
    price: { currency: n % 2 ? 'USD' : 'EUR', amount: `${n % 7}.50` },
    pay: [{ chain: 'eip155:1', asset: 'native', symbol: 'ETH', decimals: 18, address: `0xAA${n}`, amount: '5' }],
    ...{ createdAt, expiresAt: createdAt + 900_000, graceUntil: createdAt + 900_000 },
    customer: { name: `Ada${n % 5} King`, email: `ada${n}@example.org` },
  };
}
const placed = (n: number): Report => ({
  order: `ord_${n}`,
  decide: () => [{ ...about(`ord_${n}`), kind: 'order.created', data: { order: fact(n) } }],
});
const paid = (n: number, at: number): Report => ({
  order: `ord_${n}`,
  decide: () => [
    {
      ...{ ...about(`ord_${n}`), occurred: at },
      kind: 'payment.detected',
      data: {
        payment: {
          ...{ id: `p${n}`, chain: 'eip155:1', asset: 'native', symbol: 'ETH', decimals: 18, amount: '5' },
          ...{ txHash: `0xFF${n}`, required: null, witness: 'node' },
        },
      },
    },
  ],
});
const fill = (many: number) =>
  storage.ledger.append(
    'main',
    Array.from({ length: many }, (_, n) => placed(n)),
  );
const search = (q: string, more: Partial<OrderSearch> = {}): OrderSearch => ({
  ...{ store: 'main', statuses: [], customers: true, limit: 1_000 },
  query: searchQuery(q, { timeZone: 'UTC', now: START }),
  ...more,
});
const refs = async (q: string, more: Partial<OrderSearch> = {}, breadths?: Breadths): Promise<string[]> =>
  (await searchOrders(storage.reader, search(q, more), breadths)).map(({ reference }) => reference);

describe('[MA5] finding orders', () => {
  test('by what is typed, the newest first', async () => {
    await fill(30);
    expect(await refs('a-1')).toEqual([
      'A-18',
      'A-19',
      'A-15',
      'A-16',
      'A-17',
      'A-12',
      'A-13',
      'A-14',
      'A-10',
      'A-11',
      'A-1',
    ]);
    expect(await refs('$3.50')).toEqual(['A-17', 'A-3']);
    expect(await refs('0XAA29')).toEqual(['A-29']);
    expect(await refs('ADA7@example.org')).toEqual(['A-7']);
    expect(await refs('A-7', { store: 'other' })).toEqual([]);
    expect(await refs('ada7@', { customers: false })).toEqual([]);
  });

  test('by a time near which it was made, or its money was seen', async () => {
    await fill(3);
    await storage.ledger.append('main', [paid(1, START + 5 * 3_600_000)]);
    expect(await refs('2026-11-21T12:05')).toEqual(['A-0', 'A-1', 'A-2']);
    expect(await refs('2026-11-21 17:00')).toEqual(['A-1']);
    expect(await refs('2026-11-22')).toEqual([]);
  });

  test('[AU4] not by a customer who was erased', async () => {
    await fill(3);
    await storage.writer.write((tx) => eraseCustomer(tx, 'main', 'ord_1'));
    expect(await refs('ada1@')).toEqual([]);
  });

  const ways: [string, Breadths][] = [
    ['few', { narrow: 1e6, wide: 1e6 }],
    ['many', { narrow: 0, wide: 1e6 }],
    ['very many', { narrow: 0, wide: 0 }],
  ];
  test.each(ways)('the way for %s answers gives what the terms say, page by page', async (_way, breadths) => {
    await fill(320);
    await storage.ledger.append(
      'main',
      Array.from({ length: 40 }, (_, n) => paid(n * 5, START)),
    );
    const all = await withCustomers(
      storage.reader,
      'main',
      await searchOrders(storage.reader, search('', { query: null })),
    );
    const asked = fc.constantFrom(
      'a-1',
      'A-12',
      '0',
      '0xf',
      '$',
      '3.50',
      '€2.5',
      'ada',
      'ada3',
      'ord_2',
      '2026-11-21',
      '12:00',
      'x',
    );
    const status = fc.constantFrom<OrderSearch['statuses']>([], ['awaiting'], ['detected', 'paid']);
    await fc.assert(
      fc.asyncProperty(
        asked,
        status,
        fc.boolean(),
        fc.integer({ min: 7, max: 120 }),
        async (q, statuses, customers, limit) => {
          const { query } = search(q);
          const wanted = all.filter((order) => {
            const { customer: _, ...rest } = order;
            const fits = statuses.length === 0 || statuses.includes(order.status);
            return fits && orderMatches(customers ? order : rest, query!).length > 0;
          });
          const found: Order[] = [];
          for (;;) {
            const last = found.at(-1);
            const page = await searchOrders(
              storage.reader,
              search(q, { statuses, customers, limit, ...(last && { after: last }) }),
              breadths,
            );
            found.push(...page);
            if (page.length < limit) break;
          }
          expect(found.map(({ id }) => id)).toEqual(wanted.map(({ id }) => id));
        },
      ),
      { numRuns: 40 },
    );
  });

  test('orders that come and change while somebody pages are neither lost nor doubled', async () => {
    await fill(60);
    const before = new Set(await refs('a-'));
    const seen: string[] = [];
    let after: Order | undefined;
    for (let n = 0; ; n += 1) {
      const page = await searchOrders(storage.reader, search('a-', { limit: 7, ...(after && { after }) }));
      seen.push(...page.map(({ reference }) => reference));
      after = page.at(-1);
      if (page.length < 7) break;
      await storage.ledger.append('main', [placed(100 + n), paid(n, START)]);
    }
    expect(new Set(seen).size).toBe(seen.length);
    for (const reference of before) expect(seen).toContain(reference);
  });
});

describe('what few answers cost', () => {
  test('is a look into indexes, never a reading of all orders', async () => {
    await fill(50);
    const { sql, parameters } = narrowQuery(storage.reader, search('a-1'), search('a-1').query!).compile();
    const rows = storage.reader.raw.prepare(`explain query plan ${sql}`).all(...(parameters as string[]));
    const plan = rows.map(({ detail }) => String(detail));
    expect(plan).toContain('SEARCH search_terms USING PRIMARY KEY (store=? AND term>? AND term<?)');
    expect(plan).toContain('SEARCH customer_terms USING PRIMARY KEY (store=? AND term>? AND term<?)');
    expect(plan).toContain('SEARCH orders USING INTEGER PRIMARY KEY (rowid=?)');
    expect(plan.filter((step) => /SCAN (?:orders|search_terms|customer_terms)/.test(step))).toEqual([]);
  });
});
