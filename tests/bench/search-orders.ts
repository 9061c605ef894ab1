/**
 * How long a search takes among many orders: `node tests/bench/search-orders.ts [--orders 100000] [--rounds 9]`. Fills a
 * gateway's store of its own, prints a line a search, and lets go of the store.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { searchQuery } from '../../contract/search-query.ts';
import type { EventDraft, Report } from '../../gateway/ledger.ts';
import { openStorage } from '../../gateway/store/open-store.ts';
import type { Storage } from '../../gateway/store/open-store.ts';
import { searchOrders } from '../../gateway/store/order-search.ts';
import { declareStores } from '../../gateway/store/stores.ts';

const START = Date.parse('2026-01-01T00:00:00Z');
const MINUTE = 60_000;
const AT_ONCE = 500;
const FOUND = 51;

/** `digits` hexadecimal digits that follow from `n` alone and look like nothing. */
function hex(n: number, digits: number): string {
  const mixed = (BigInt(n + 1) * 0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835n) % (1n << BigInt(digits * 4));
  return mixed.toString(16).padStart(digits, '0');
}

/** An order a minute, each paid once. */
function orderReport(n: number): Report {
  const order = `ord_${hex(n, 20)}`;
  const about = { order, source: 'direct', occurred: null, sent: null };
  const asset = { chain: 'eip155:1', asset: 'erc20:0xa0', symbol: 'USDC', decimals: 6 };
  const amount = String(1_000_000 + ((n * 7919) % 90_000_000));
  const address = `0x${hex(n * 3, 40)}`;
  const createdAt = START + n * MINUTE;
  const times = { createdAt, expiresAt: createdAt + 15 * MINUTE, graceUntil: createdAt + 75 * MINUTE };
  const named = { sourceRef: `src-${n}`, reference: `A-${n}`, live: true };
  const price = { currency: 'USD', amount: (Number(amount) / 1e6).toFixed(2) };
  const customer = { name: `Name${n % 5_000} Sur${n % 977}`, email: `user${n}@example.org` };
  const payment = {
    ...{ ...asset, id: `p${n}`, amount, txHash: `0x${hex(n * 5, 64)}`, from: `0x${hex(n % 9_000, 40)}` },
    ...{ to: address, required: 2, witness: 'node' as const },
  };
  const drafts: EventDraft[] = [
    {
      ...about,
      kind: 'order.created',
      data: { order: { ...named, ...times, price, customer, pay: [{ ...asset, address, amount }] } },
    },
    { ...about, kind: 'payment.detected', data: { payment } },
  ];
  return { order, decide: () => drafts };
}

async function fill(storage: Storage, orders: number): Promise<void> {
  await storage.writer.write((tx) =>
    declareStores(tx, [{ id: 'main', name: 'Main', currency: 'USD', timeZone: 'UTC' }]),
  );
  await storage.reload();
  for (let n = 0; n < orders; n += AT_ONCE) {
    const many = Math.min(AT_ONCE, orders - n);
    await storage.ledger.append(
      'main',
      Array.from({ length: many }, (_, k) => orderReport(n + k)),
    );
    if (n % 10_000 === 0) process.stderr.write(`\rfilling: ${n} of ${orders} orders`);
  }
  process.stderr.write('\n');
}

/** What a support agent holds in hand, and beginnings that nearly all orders have. */
function searches(orders: number): [what: string, q: string][] {
  const n = Math.floor(orders * 0.42);
  return [
    ['reference', `A-${n}`],
    ['transaction', `0x${hex(n * 5, 64)}`],
    ['address', `0x${hex(n * 3, 40)}`],
    ['amount', '$54.12'],
    ['e-mail', `user${n}@example.org`],
    ['time', new Date(START + n * MINUTE).toISOString()],
    ['nothing', 'no-such-thing'],
    ['first digit', 'a-7'],
    ['first letters of a name', 'name12'],
    ['0x', '0x'],
    ['all e-mails', 'user'],
  ];
}

async function measure(storage: Storage, q: string, rounds: number): Promise<{ found: number; times: number[] }> {
  const query = searchQuery(q, { timeZone: 'UTC', now: START });
  const times: number[] = [];
  let found = 0;
  for (let round = 0; round < rounds; round += 1) {
    const began = performance.now();
    const search = { store: 'main', query, statuses: [], customers: true, limit: FOUND };
    found = (await searchOrders(storage.reader, search)).length;
    times.push(performance.now() - began);
  }
  return { found, times };
}

async function main(): Promise<void> {
  const options = { orders: { type: 'string', default: '100000' }, rounds: { type: 'string', default: '9' } } as const;
  const { values } = parseArgs({ options });
  const [orders, rounds] = [Number(values.orders), Number(values.rounds)];
  if (!(orders >= 1 && rounds >= 1)) throw new RangeError('--orders and --rounds take numbers from 1 on');
  const dataDir = await mkdtemp(join(tmpdir(), 'tillwatch-search-bench-'));
  const storage = await openStorage({ dataDir, clock: Date });
  try {
    await fill(storage, orders);
    console.log(`search                     found   p50 ms   most ms   (${orders} orders, ${rounds} rounds)`);
    for (const [what, q] of searches(orders)) {
      const { found, times } = await measure(storage, q, rounds);
      const inOrder = times.toSorted((a, b) => a - b);
      const [p50 = 0, most = 0] = [inOrder[Math.floor(rounds / 2)], inOrder.at(-1)];
      const figures = [p50, most].map((ms) => ms.toFixed(2).padStart(8)).join(' ');
      console.log(`${what.padEnd(26)} ${String(found).padStart(5)} ${figures}`);
    }
  } finally {
    await storage.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}

await main();
