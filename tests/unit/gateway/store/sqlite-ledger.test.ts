import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Event } from '../../../../contract/events.ts';
import { foldAll } from '../../../../contract/fold.ts';
import type { Order, OrderFact } from '../../../../contract/order.ts';
import type { EventDraft, Report } from '../../../../gateway/ledger.ts';
import { openStorage } from '../../../../gateway/store/open-store.ts';
import type { Storage } from '../../../../gateway/store/open-store.ts';
import { declareStores } from '../../../../gateway/store/stores.ts';

let dataDir: string;
let storage: Storage;
const marked = (order: Order): EventDraft[] =>
  order.payments.length > 1 && order.verdict !== 'hold'
    ? [{ ...about(order.id), kind: 'verdict.changed', data: { verdict: 'hold', rule: 'twice' } }]
    : [];
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'tillwatch-ledger-'));
  storage = await openStorage({ dataDir, clock: { now: () => 5_000 }, diagnose: marked });
  await storage.writer.write((tx) =>
    declareStores(tx, [{ id: 'main', name: 'Main', currency: 'USD', timeZone: 'UTC' }]),
  );
  await storage.reload();
});
afterEach(async () => {
  await storage.close();
  await rm(dataDir, { recursive: true, force: true });
});

const about = (order: string) => ({ order, source: 'test', occurred: null, sent: null });
const fact = (sourceRef: string): OrderFact => ({
  sourceRef,
  reference: sourceRef,
  price: { currency: 'USD', amount: '1' },
  pay: [],
  createdAt: 1_000,
  expiresAt: 9_000,
  graceUntil: 9_000,
  live: true,
});
const creation = (order: string): Report => ({
  order,
  decide: (held) => (held ? [] : [{ ...about(order), kind: 'order.created', data: { order: fact(order) } }]),
});
const payment = (order: string, id: string): Report => ({
  order,
  decide: () => [
    {
      ...about(order),
      kind: 'payment.detected',
      data: {
        payment: {
          id,
          chain: null,
          asset: 'eth',
          symbol: 'ETH',
          decimals: 18,
          amount: '1',
          txHash: null,
          required: null,
          witness: 'node',
        },
      },
    },
  ],
});
const log = async (): Promise<Event[]> => (await storage.log.read('main', 0, 10_000, 1e9)).map(({ event }) => event);

test("reports of one call see each other's effect, and diagnosis follows in the same commit", async () => {
  const published: string[][] = [];
  storage.ledger.onAppended((_store, events) => published.push(events.map(({ kind }) => kind)));
  const events = await storage.ledger.append(
    'main',
    [creation('o'), creation('o'), payment('o', 'a'), payment('o', 'b')],
    'raw-1',
  );
  const kinds = ['order.created', 'payment.detected', 'payment.detected', 'verdict.changed'];
  expect(events.map(({ kind }) => kind)).toEqual(kinds);
  expect(published).toEqual([kinds]);
  expect(new Set(events.map(({ raw }) => raw))).toEqual(new Set(['raw-1']));
  expect(await storage.ledger.order('main', 'o')).toMatchObject({
    verdict: 'hold',
    verdictRule: 'twice',
    updatedSeq: 4,
  });
});

test('a decision that throws fails its call alone, and leaves no gap', async () => {
  const failing: Report = {
    order: 'bad',
    decide: () => {
      throw new Error('undecided');
    },
  };
  const results = await Promise.allSettled([
    storage.ledger.append('main', [creation('a')]),
    storage.ledger.append('main', [creation('b'), failing]),
    storage.ledger.append('main', [creation('c')]),
  ]);
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect((await log()).map(({ seq, order }) => [seq, order])).toEqual([
    [1, 'a'],
    [2, 'c'],
  ]);
  expect(await storage.ledger.order('main', 'b')).toBeUndefined();
});

test('a later failure in the same transaction takes events, projection and memory back', async () => {
  await storage.ledger.append('main', [creation('o')]);
  const failing = storage.writer.write(async (tx) => {
    await storage.ledger.appendIn(tx, 'main', [payment('o', 'lost')]);
    throw new Error('afterwards');
  });
  await expect(failing).rejects.toThrow('afterwards');
  expect(storage.log.head('main').seq).toBe(1);
  await storage.ledger.append('main', [payment('o', 'kept')]);
  expect((await log()).map(({ seq }) => seq)).toEqual([1, 2]);
  expect((await storage.ledger.order('main', 'o'))?.payments.map(({ id }) => id)).toEqual(['kept']);
});

test('an event of an order that was never created is refused', async () => {
  await expect(storage.ledger.append('main', [payment('none', 'p')])).rejects.toThrow(/never created/);
  expect(await log()).toEqual([]);
});

test('[AU4] customer data is kept beside the log, and an update of nothing else makes no event', async () => {
  const customer = { name: 'Ada Lovelace', email: 'ada@example.org' };
  const withCustomer: Report = {
    order: 'o',
    decide: () => [{ ...about('o'), kind: 'order.created', data: { order: { ...fact('o'), customer } } }],
  };
  const renamed: Report = {
    order: 'o',
    decide: () => [{ ...about('o'), kind: 'order.updated', data: { changes: { customer: { name: 'Ada King' } } } }],
  };
  await storage.ledger.append('main', [withCustomer]);
  expect(await storage.ledger.append('main', [renamed])).toEqual([]);
  expect(JSON.stringify([await log(), await storage.ledger.order('main', 'o')])).not.toMatch(/ada|lovelace|king/i);
  const { withCustomers, eraseCustomer } = await import('../../../../gateway/store/customers.ts');
  const order = await storage.ledger.order('main', 'o');
  expect((await withCustomers(storage.reader, 'main', [order!]))[0]?.customer).toEqual({ name: 'Ada King' });
  await storage.writer.write((tx) => eraseCustomer(tx, 'main', 'o'));
  expect((await withCustomers(storage.reader, 'main', [order!]))[0]).not.toHaveProperty('customer');
});

test('[DL1] [DL10] any mixture of reports: seq is gapless, and the log folds to the projection', async () => {
  const step = fc.record({ order: fc.constantFrom('a', 'b', 'c'), payment: fc.option(fc.constantFrom('p', 'q', 'r')) });
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(step, { maxLength: 4 }), { maxLength: 8 }), async (calls) => {
      await Promise.all(
        calls.map((steps) =>
          storage.ledger.append(
            'main',
            steps.flatMap((each) => [
              creation(each.order),
              ...(each.payment === null ? [] : [payment(each.order, each.payment)]),
            ]),
          ),
        ),
      );
      const events = await log();
      expect(events.map(({ seq }) => seq)).toEqual(events.map((_, n) => n + 1));
      const orders = await storage.reader.db.selectFrom('orders').select(['id', 'json']).execute();
      const projection = new Map(orders.map(({ id, json }) => [id, JSON.parse(json) as Order]));
      expect(JSON.parse(JSON.stringify([...foldAll(new Map(), events)].sort()))).toEqual([...projection].sort());
    }),
    { numRuns: 25, seed: 20_261_121 },
  );
});

test('[DL1] [DL10] whichever calls fail beside others, memory holds what a fresh reading of the database gives', async () => {
  const refused = (order: string): Report => ({
    order,
    decide: () => {
      throw new Error('undecided');
    },
  });
  const step = fc.record({
    order: fc.constantFrom('a', 'b', 'c', 'd'),
    payment: fc.option(fc.constantFrom('p', 'q', 'r', 's')),
    fails: fc.constantFrom('not', 'not', 'not', 'deciding', 'afterwards', 'unknown'),
  });
  const published: Event[] = [];
  storage.ledger.onAppended((_store, events) => published.push(...events));
  const call = (steps: readonly { order: string; payment: string | null; fails: string }[]) =>
    storage.writer.write(async (tx) => {
      for (const { order, payment: id, fails } of steps) {
        const reports = [creation(order), ...(id === null ? [] : [payment(order, id)])];
        const last = fails === 'deciding' ? [refused(order)] : fails === 'unknown' ? [payment('none', 'p')] : [];
        await storage.ledger.appendIn(tx, 'main', [...reports, ...last]);
        if (fails === 'afterwards') throw new Error('afterwards');
      }
    });
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(step, { maxLength: 3 }), { minLength: 1, maxLength: 8 }), async (calls) => {
      const results = await Promise.allSettled(calls.map(call));
      const good = calls.map((steps) => steps.every(({ fails }) => fails === 'not'));
      expect(results.map(({ status }) => status === 'fulfilled')).toEqual(good);
      const events = await log();
      expect(published).toEqual(events);
      expect(storage.log.head('main').seq).toBe(events.length);
      const rows = await storage.reader.db.selectFrom('orders').select(['id', 'json']).execute();
      const stored = new Map(rows.map(({ id, json }) => [id, JSON.parse(json) as Order]));
      const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
      expect(plain([...foldAll(new Map(), events)].sort())).toEqual([...stored].sort());
      const held = new Map<string, Order>();
      const looking = ['a', 'b', 'c', 'd'].map((order): Report => ({
        order,
        decide: (known) => {
          if (known) held.set(order, known);
          return [];
        },
      }));
      await storage.ledger.append('main', looking);
      expect(plain([...held].sort())).toEqual([...stored].sort());
    }),
    { numRuns: 40, seed: 20_261_121 },
  );
});

test('an order is found by whatever a later event adds to it', async () => {
  const completed = (changes: object): Report => ({
    order: 'o1',
    decide: (held) => {
      const known = held?.payments[0];
      if (!known) return [];
      const { confirmations: _confirmations, state: _state, seenAt: _seenAt, ...fact } = known;
      return [{ ...about('o1'), kind: 'payment.detected', data: { payment: { ...fact, ...changes } } }];
    },
  });
  const updated = (changes: Partial<OrderFact>): Report => ({
    order: 'o1',
    decide: () => [{ ...about('o1'), kind: 'order.updated', data: { changes } }],
  });
  const steps: [Report, string[]][] = [
    [creation('o1'), ['o1', '1 usd']],
    [payment('o1', 'p1'), ['0.000000000000000001 eth', '1']],
    [completed({ txHash: '0xFACE' }), ['0xface']],
    [completed({ from: '0xpayer', to: '0xshop' }), ['0xpayer', '0xshop']],
    [completed({ amount: '2000', memo: 'invoice 7' }), ['2000', 'invoice 7']],
    [updated({ reference: 'A-1041' }), ['a-1041']],
    [updated({ price: { currency: 'EUR', amount: '2.50' } }), ['2.5 eur']],
  ];
  const expected: string[] = [];
  for (const [report, terms] of steps) {
    await storage.ledger.append('main', [report]);
    expected.push(...terms);
    const held = storage.reader.raw.prepare('select term from search_terms').all();
    expect(held.map(({ term }) => term)).toEqual(expect.arrayContaining(expected));
  }
});
