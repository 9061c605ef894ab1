import { isDeepStrictEqual } from 'node:util';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { formatUnits } from '../../../../../contract/money.ts';
import type { Order } from '../../../../../contract/order.ts';
import { PART_MOST, savedFileSchema } from '../../../../../contract/saved-file.ts';
import { unguarded } from '../../../../../renderer/features/insights/csv/csv-cell.ts';
import { orderColumns } from '../../../../../renderer/features/insights/csv/order-columns.ts';
import { ordersCsv, SLICE_ROWS } from '../../../../../renderer/features/insights/csv/orders-csv.ts';
import { doneOrders, everyState } from '../../../../support/fake-bridge/sample-orders.ts';

const NOW = Date.UTC(2026, 9, 25, 12, 0, 0, 250);
const zones = new Map([['main', 'Europe/Lisbon']]);

async function written(orders: readonly Order[], byteOrderMark = false) {
  const seen = { pauses: 0, progress: [] as number[] };
  const parts = await ordersCsv(
    { orders, zones, byteOrderMark },
    {
      pause: () => Promise.resolve(void (seen.pauses += 1)),
      progress: (share) => seen.progress.push(share),
      signal: new AbortController().signal,
    },
  );
  return { parts, ...seen };
}

type Row = Readonly<Record<string, string>>;
function read(parts: readonly string[]): Row[] {
  const rows = parse<Record<string, string>>(parts.join(''), { columns: true, bom: true, record_delimiter: '\r\n' });
  return rows.map((row) => Object.fromEntries(Object.entries(row).map(([name, cell]) => [name, unguarded(cell)])));
}

const at = (text: string | undefined) => (text ? Date.parse(text) : undefined);

/** What a row says, back in the order's own terms. */
function readBack(row: Row) {
  return {
    ...{ store: row['store'], id: row['order_id'], reference: row['reference'], source: row['source'] },
    ...{ sourceRef: row['source_reference'], status: row['status'], verdict: row['verdict'] },
    ...{ live: row['live'] === 'yes', price: { amount: row['price'], currency: row['currency'] } },
    ...{ createdAt: at(row['created_at']), expiresAt: at(row['expires_at']), graceUntil: at(row['grace_until']) },
    ...{ paidAt: at(row['paid_at']), releasedAt: at(row['released_at']), updatedAt: at(row['updated_at']) },
    ...{ flags: row['flags'], name: row['customer_name'], email: row['customer_email'], received: row['received'] },
    ...{ transactions: row['transactions'], updatedSeq: Number(row['last_event']) },
  };
}

function expected(order: Order): ReturnType<typeof readBack> {
  const { store, id, reference, source, sourceRef, status, verdict, live, price, customer } = order;
  const { createdAt, expiresAt, graceUntil, paidAt, releasedAt, updatedAt, updatedSeq } = order;
  return {
    ...{ store, id, reference, source, sourceRef, status, verdict, live, price },
    ...{ createdAt, expiresAt, graceUntil, paidAt, releasedAt, updatedAt, updatedSeq },
    ...{ flags: order.flags.join('; '), name: customer?.name ?? '', email: customer?.email ?? '' },
    received: order.received
      .map(
        ({ amount, decimals, symbol, chain }) => `${formatUnits(BigInt(amount), decimals ?? 0)} ${symbol} on ${chain}`,
      )
      .join('; '),
    transactions: order.payments.map(({ txHash }) => txHash ?? '').join('; '),
  };
}

describe('orders as CSV', () => {
  it('of 100,000 orders is read by a real parser as what the store holds, in parts that can be saved', async () => {
    const kinds = [...everyState(NOW), ...doneOrders(980, NOW)];
    const orders = Array.from({ length: 100_000 }, (_, n) => {
      const kind = kinds[n % kinds.length];
      if (!kind) throw new Error('there are samples');
      return { ...kind, id: `ord_${n}`, reference: `A-${n}`, createdAt: kind.createdAt - n * 1000, updatedSeq: n };
    });
    const { parts, pauses, progress } = await written(orders, true);
    expect(savedFileSchema.safeParse({ suggestedName: 'a.csv', mediaType: 'text/csv', parts }).error).toBeUndefined();
    expect(Math.max(...parts.map(({ length }) => length))).toBeLessThanOrEqual(PART_MOST);
    expect(pauses).toBe(Math.ceil(orders.length / SLICE_ROWS));
    expect(progress.at(-1)).toBe(1);
    const rows = read(parts);
    expect(rows).toHaveLength(100_000);
    const wrong = orders.findIndex((order, n) => !isDeepStrictEqual(readBack(rows[n] ?? {}), expected(order)));
    expect(wrong === -1 ? undefined : readBack(rows[wrong] ?? {})).toEqual(orders[wrong] && expected(orders[wrong]));
  }, 120_000);

  it('tells times by the store’s clock with its offset, and the days that the charts count by', async () => {
    const before = Date.UTC(2026, 9, 24, 23, 30);
    const [order] = everyState(NOW).filter(({ reference }) => reference === 'A-1039');
    if (!order) throw new Error('there is a paid order among the samples');
    const paid = { ...order, createdAt: before, paidAt: NOW };
    const [row] = read((await written([paid])).parts);
    expect(row?.['created_at']).toBe('2026-10-25T00:30:00.000+01:00');
    expect(row?.['created_day']).toBe('2026-10-25');
    expect(row?.['paid_at']).toBe('2026-10-25T12:00:00.250+00:00');
    expect(row?.['taken_day']).toBe('2026-10-25');
  });

  it('begins with a byte order mark where one is wanted, and with the columns where not', async () => {
    const [marked, plain] = [await written([], true), await written([], false)];
    const names = orderColumns.map(([name]) => name).join(',');
    expect(marked.parts.join('')).toBe(`\uFEFF${names}\r\n`);
    expect(plain.parts.join('')).toBe(`${names}\r\n`);
    expect(new Set(orderColumns.map(([name]) => name)).size).toBe(orderColumns.length);
  });

  it('keeps what strangers wrote as text, in every column', async () => {
    const [order] = everyState(NOW);
    if (!order) throw new Error('there are samples');
    const evil = '=HYPERLINK("https://example.com";"x")\n@SUM(1)';
    const hostile: Order = {
      ...order,
      ...{ reference: evil, sourceRef: evil, method: evil, verdictRule: evil, price: { currency: '=1', amount: '5' } },
      customer: { name: evil, email: evil, metadata: { [evil]: evil } },
      notes: [{ text: evil, at: NOW, actor: { deskId: evil, name: evil } }],
      claimedBy: { deskId: evil, name: evil },
      pay: order.pay.map((option) => ({ ...option, symbol: '=x', address: evil })),
      refunds: [{ id: evil, amount: '1', currency: '=1', state: 'requested' }],
    };
    const { parts } = await written([hostile]);
    const [, ...cells] = parse(parts.join(''), { record_delimiter: '\r\n' });
    for (const cell of cells.flat()) {
      for (const line of cell.split(/[\r\n;,|\t]/)) expect(line).not.toMatch(/^[\s"]*[=+\-@]/);
    }
    const [row] = read(parts);
    expect([row?.['reference'], row?.['customer_name'], row?.['pay_to']]).toEqual([evil, evil, evil]);
  });

  it('ends at once when it is no longer wanted', async () => {
    const control = new AbortController();
    let pauses = 0;
    const pause = () => {
      pauses += 1;
      if (pauses === 3) control.abort();
      return Promise.resolve();
    };
    const ports = { pause, progress: () => undefined, signal: control.signal };
    const query = { orders: doneOrders(5000, NOW), zones, byteOrderMark: false };
    await expect(ordersCsv(query, ports)).rejects.toThrow(/abort/i);
    expect(pauses).toBe(3);
  });
});
