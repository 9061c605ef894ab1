import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { foldAll } from '../../../../contract/fold.ts';
import type { Order, OrderFact, PaymentFact } from '../../../../contract/order.ts';
import type { EventDraft, Report } from '../../../../gateway/ledger.ts';
import { Retention } from '../../../../gateway/retention/retention.ts';
import { findCommand, saveCommand } from '../../../../gateway/store/command-answers.ts';
import { deliveredBefore, insertOnce, readDelivery } from '../../../../gateway/store/deliveries.ts';
import type { DeliveryState } from '../../../../gateway/store/deliveries.ts';
import { findUse, saveUse } from '../../../../gateway/store/idempotency.ts';
import { openStorage } from '../../../../gateway/store/open-store.ts';
import type { Storage } from '../../../../gateway/store/open-store.ts';
import { orderHistory } from '../../../../gateway/store/order-history.ts';
import { declareStores } from '../../../../gateway/store/stores.ts';
import { readUnmatched } from '../../../../gateway/store/unmatched-payments.ts';

const DAY = 86_400_000;
const START = 1_700_000_000_000;

let dataDir: string;
let storage: Storage;
let retention: Retention;
const clock = { at: START, now: () => clock.at };
const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

async function open(): Promise<void> {
  storage = await openStorage({ dataDir, clock });
  await storage.writer.write((tx) =>
    declareStores(tx, [{ id: 'main', name: 'Main', currency: 'USD', timeZone: 'UTC' }]),
  );
  await storage.reload();
  retention = new Retention({ storage, stores: ['main'], clock, log: silent, days: 90, everyMs: DAY });
}
beforeEach(async () => {
  clock.at = START;
  dataDir = await mkdtemp(join(tmpdir(), 'tillwatch-retention-'));
  await open();
});
afterEach(async () => {
  await retention.close();
  await storage.close();
  await rm(dataDir, { recursive: true, force: true });
});

const about = (order: string | null) => ({ order, source: 'shop', occurred: null, sent: null });
const fact = (sourceRef: string): OrderFact => ({
  ...{ sourceRef, reference: sourceRef, price: { currency: 'USD', amount: '1' }, pay: [], live: true },
  ...{ createdAt: clock.at, expiresAt: clock.at + 900_000, graceUntil: clock.at + 900_000 },
});
const say = (order: string, ...drafts: ((held: Order | undefined) => EventDraft)[]): Report => ({
  order,
  decide: (held) => drafts.map((draft) => draft(held)),
});
const created = (order: string) => (): EventDraft => ({
  ...{ ...about(order), kind: 'order.created', data: { order: fact(order) } },
});
const cancelled = (order: string) => (): EventDraft => ({ ...about(order), kind: 'order.cancelled', data: {} });
const noted = (order: string) => (): EventDraft => ({ ...about(order), kind: 'note.added', data: { text: 'seen' } });
const held = (order: string) => (): EventDraft => ({
  ...{ ...about(order), kind: 'verdict.changed', data: { verdict: 'hold', rule: 'test' } },
});

async function delivered(key: string, state: DeliveryState, reports: Report[]): Promise<string> {
  const id = randomUUID();
  const raw = { headers: {}, body: Buffer.from(`{"key":"${key}"}`), receivedAt: clock.at };
  await storage.writer.write(async (tx) => {
    await insertOnce(tx, { id, source: 'shop', store: 'main', raw, sentAt: null, dedupeKey: key, state });
    await storage.ledger.appendIn(tx, 'main', reports, id);
  });
  return id;
}

const historyOf = async (order: string) =>
  (await orderHistory(storage.reader, { store: 'main', order, after: 0 }, { events: 1_000, bytes: 1e9 })).events;

test('[DL8] what is older than is kept goes, and what is not stays', async () => {
  const old = await delivered('old', 'done', [say('old', created('old'), cancelled('old'))]);
  const unread = await delivered('unread', 'pending', []);
  const command = { id: randomUUID(), deskId: 'd', hash: 'h', answer: { ok: true, state: 'done' } } as const;
  await storage.writer.write((tx) => saveCommand(tx, command, clock.at));
  await storage.writer.write((tx) => saveUse(tx, 'main', 'key', { hash: 'h', order: 'old' }, clock.at));
  clock.at += 89 * DAY;
  const young = await delivered('young', 'done', [say('young', created('young'), cancelled('young'))]);
  await retention.sweep();
  expect(storage.log.head('main')).toMatchObject({ floor: 0, seq: 4 });
  expect(await findCommand(storage.reader, command.id)).toBeDefined();
  clock.at += 2 * DAY;
  await retention.sweep();
  expect(storage.log.head('main')).toMatchObject({ floor: 2, seq: 4 });
  expect(await historyOf('old')).toEqual([]);
  expect((await historyOf('young')).map(({ seq }) => seq)).toEqual([3, 4]);
  const left = await Promise.all([old, unread, young].map((id) => readDelivery(storage.reader, 'main', id)));
  expect(left.map((each) => each !== undefined)).toEqual([false, true, true]);
  expect(await findCommand(storage.reader, command.id)).toBeUndefined();
  expect(await storage.writer.write((tx) => deliveredBefore(tx, 'shop', 'old'))).toBe(false);
  expect(await storage.writer.write((tx) => deliveredBefore(tx, 'shop', 'young'))).toBe(true);
  expect(await storage.ledger.order('main', 'old')).toMatchObject({ status: 'cancelled' });
});

test('[DL8] a key of the shop is known for 30 days even where less is asked for', async () => {
  await storage.writer.write((tx) => saveUse(tx, 'main', 'key', { hash: 'h', order: 'o' }, clock.at));
  const shortest = new Retention({ storage, stores: ['main'], clock, log: silent, days: 30, everyMs: DAY });
  clock.at += 30 * DAY - 1;
  await shortest.sweep();
  expect(await storage.writer.write((tx) => findUse(tx, 'main', 'key', clock.at))).toMatchObject({ order: 'o' });
  await shortest.close();
});

test('[DL8] open and unsettled orders stay whole, with their deliveries, until they are settled', async () => {
  const evidence = await delivered('a', 'done', [say('open', created('open'))]);
  await delivered('b', 'done', [say('held', created('held'), cancelled('held'), held('held'))]);
  const gone = await delivered('c', 'done', [say('done', created('done'), cancelled('done'))]);
  clock.at += 91 * DAY;
  await retention.sweep();
  expect(storage.log.head('main').floor).toBe(6);
  expect((await historyOf('open')).map(({ seq }) => seq)).toEqual([1]);
  expect((await historyOf('held')).map(({ seq }) => seq)).toEqual([2, 3, 4]);
  expect(await historyOf('done')).toEqual([]);
  expect(await readDelivery(storage.reader, 'main', evidence)).toBeDefined();
  expect(await readDelivery(storage.reader, 'main', gone)).toBeUndefined();

  await storage.ledger.append('main', [say('open', cancelled('open'))]);
  await retention.sweep();
  expect((await historyOf('open')).map(({ seq }) => seq)).toEqual([1, 7]);
  clock.at += 91 * DAY;
  await retention.sweep();
  expect(await historyOf('open')).toEqual([]);
  expect(await readDelivery(storage.reader, 'main', evidence)).toBeUndefined();
});

test('[DL8] open unmatched money survives the events that told of it', async () => {
  const payment: PaymentFact = {
    ...{ id: 'pay-1', chain: 'eip155:1', asset: 'native', symbol: 'ETH', decimals: 18, amount: '5' },
    ...{ txHash: '0xabc', required: null, witness: 'node' },
  };
  await storage.ledger.appendFacts('main', [
    { ...about(null), kind: 'payment.unmatched', data: { payment, seenAt: START, confirmations: 0, candidates: [] } },
  ]);
  clock.at += 200 * DAY;
  await retention.sweep();
  expect(storage.log.head('main')).toMatchObject({ seq: 1, floor: 1 });
  expect(await readUnmatched(storage.reader, 'main', 'pay-1')).toMatchObject({ state: 'open' });
});

test('[DL4] a desk behind the floor takes a snapshot, one at it goes on, also after a restart', async () => {
  for (let n = 0; n < 250; n += 1)
    await storage.ledger.append('main', [say(`o${n}`, created(`o${n}`), cancelled(`o${n}`))]);
  clock.at += 91 * DAY;
  await storage.ledger.append('main', [say('new', created('new'))]);
  await retention.sweep();
  const { epoch } = storage.log.head('main');
  expect(storage.log.head('main')).toMatchObject({ floor: 500, seq: 501 });
  await storage.close();
  await open();
  expect(storage.log.head('main')).toEqual({ epoch, floor: 500, seq: 501 });
  expect(await storage.log.obstacle('main', { epoch, seq: 499 })).toBe('too-old');
  expect(await storage.log.obstacle('main', null)).toBe('too-old');
  expect(await storage.log.obstacle('main', { epoch, seq: 500, id: 'x' })).toBeNull();
  expect((await storage.log.read('main', 500, 10, 1e9)).map(({ event }) => event.seq)).toEqual([501]);
});

test('[DL8] a gateway of which everything is trimmed goes on numbering where it was', async () => {
  await storage.ledger.append('main', [say('o', created('o'), cancelled('o'))]);
  clock.at += 91 * DAY;
  await retention.sweep();
  await storage.close();
  await open();
  const [event] = await storage.ledger.append('main', [say('o', noted('o'))]);
  expect(event?.seq).toBe(3);
});

test('[DL8] writers go on beside a long trim, and closing ends it', async () => {
  for (let n = 0; n < 20; n += 1) {
    const reports = Array.from({ length: 50 }, (_, m) =>
      say(`o${n}-${m}`, created(`o${n}-${m}`), cancelled(`o${n}-${m}`)),
    );
    await storage.ledger.append('main', reports);
  }
  clock.at += 91 * DAY;
  const sweeping = retention.sweep();
  const [event] = await storage.ledger.append('main', [say('new', created('new'))]);
  expect(event?.seq).toBe(2_001);
  expect(storage.log.head('main').floor).toBeLessThan(2_000);
  await retention.close();
  await sweeping;
  const { floor } = storage.log.head('main');
  expect(floor).toBeLessThan(2_000);
  const again = new Retention({ storage, stores: ['main'], clock, log: silent, days: 90, everyMs: DAY });
  await again.sweep();
  expect(storage.log.head('main').floor).toBe(2_000);
});

test('[DL10] whatever is trimmed when, the base and what follows it fold to the projection', async () => {
  const step = fc.record({
    order: fc.constantFrom('a', 'b', 'c', 'd'),
    what: fc.constantFrom('create', 'cancel', 'note', 'hold', 'sweep'),
    days: fc.integer({ min: 0, max: 120 }),
  });
  let run = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), async (steps) => {
      // The store is one for all histories: each has orders of its own, also while a counterexample shrinks.
      run += 1;
      let base = new Map<string, Order>();
      let from = storage.log.head('main').seq;
      const all = async () => {
        const rows = await storage.reader.db.selectFrom('orders').select('json').where('store', '=', 'main').execute();
        return new Map(rows.map(({ json }) => JSON.parse(json) as Order).map((order) => [order.id, order]));
      };
      base = await all();
      for (const { order, what, days } of steps) {
        clock.at += days * DAY;
        const id = `${order}-${run}`;
        const drafts = { create: created(id), cancel: cancelled(id), note: noted(id), hold: held(id) };
        if (what === 'sweep') {
          await retention.sweep();
          if (storage.log.head('main').floor > from) [base, from] = [await all(), storage.log.head('main').seq];
          continue;
        }
        // Nobody makes an order twice: its history would begin with the second making once the first is trimmed.
        const known = (await storage.ledger.order('main', id)) !== undefined;
        if (known === (what === 'create')) continue;
        await storage.ledger.append('main', [say(id, drafts[what])]);
      }
      const later = (await storage.log.read('main', from, 10_000, 1e9)).map(({ event }) => event);
      expect(later.map(({ seq }) => seq)).toEqual(later.map((_, n) => from + 1 + n));
      expect(foldAll(base, later)).toEqual(await all());
      for (const whole of (await all()).values()) {
        const events = await historyOf(whole.id);
        if (events[0]?.kind === 'order.created') expect(foldAll(new Map(), events).get(whole.id)).toEqual(whole);
        else expect(whole.status).not.toBe('awaiting');
      }
    }),
    { numRuns: 40 },
  );
});
