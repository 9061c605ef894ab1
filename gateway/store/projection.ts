/** Orders as the log's events make them: kept beside the log, in the same transaction as the events. */
import { isOpen } from '../../contract/order.ts';
import type { Order, Payment } from '../../contract/order.ts';
import { orderTerms, orderTimes } from '../../contract/search-terms.ts';
import type { OrderRow } from './schema.ts';
import type { SqliteConnection } from './sqlite-connection.ts';
import { statement } from './statement.ts';
import type { Tx } from './writer.ts';

/** After its grace an order's addresses stay its own, and watched, this long. */
export const ADDRESS_KEPT_MS = 24 * 3_600_000;

const columns = [
  'store',
  'id',
  'source',
  'status',
  'open',
  'created_at',
  'expires_at',
  'grace_until',
  'watch_until',
  'updated_at',
  'updated_seq',
  'json',
] as const satisfies (keyof OrderRow)[];

const upsertOrder = statement<Record<keyof OrderRow, string | number>>((db, slot) =>
  db
    .insertInto('orders')
    .values(Object.fromEntries(columns.map((column) => [column, slot(column)])) as unknown as OrderRow)
    .onConflict((conflict) =>
      conflict
        .columns(['store', 'id'])
        .doUpdateSet((eb) =>
          Object.fromEntries(columns.slice(2).map((column) => [column, eb.ref(`excluded.${column}`)])),
        ),
    ),
);

const selectOrder = statement<{ store: string; id: string }, { json: string }>((db, slot) =>
  db.selectFrom('orders').select('json').where('store', '=', slot('store')).where('id', '=', slot('id')),
);

const insertTerm = statement<{ store: string; term: string; order_id: string }>((db, slot) =>
  db
    .insertInto('search_terms')
    .values({ store: slot('store'), term: slot('term'), order_id: slot('order_id') })
    .onConflict((conflict) => conflict.doNothing()),
);

const insertTime = statement<{ store: string; at: number; order_id: string }>((db, slot) =>
  db
    .insertInto('order_times')
    .values({ store: slot('store'), at: slot('at'), order_id: slot('order_id') })
    .onConflict((conflict) => conflict.doNothing()),
);

const insertPayment = statement<{ payment_id: string; store: string; order_id: string }>((db, slot) =>
  db
    .insertInto('order_payments')
    .values({ payment_id: slot('payment_id'), store: slot('store'), order_id: slot('order_id') })
    .onConflict((conflict) => conflict.doNothing()),
);

const insertAddress = statement<{ chain: string; address: string; store: string; order_id: string }>((db, slot) =>
  db
    .insertInto('order_addresses')
    .values({ chain: slot('chain'), address: slot('address'), store: slot('store'), order_id: slot('order_id') })
    .onConflict((conflict) => conflict.doNothing()),
);

const insertChain = statement<{ chain: string; store: string; order_id: string }>((db, slot) =>
  db
    .insertInto('order_chains')
    .values({ chain: slot('chain'), store: slot('store'), order_id: slot('order_id') })
    .onConflict((conflict) => conflict.doNothing()),
);

export async function readOrder(
  connection: Pick<SqliteConnection, 'all'>,
  store: string,
  id: string,
): Promise<Order | undefined> {
  const [row] = await connection.all(selectOrder, { store, id });
  return row && (JSON.parse(row.json) as Order);
}

/** Writes an order and the words, times, payments, addresses and chains that it did not have before. */
export async function saveOrder(tx: Tx, before: Order | undefined, after: Order): Promise<void> {
  await tx.run(upsertOrder, orderRow(after));
  const { store, id: order_id } = after;
  if (!before || !foundAlike(before, after)) {
    for (const term of added(before && words(before), words(after))) {
      await tx.run(insertTerm, { store, term, order_id });
    }
  }
  await saveTimes(tx, before, after);
  for (const { id: payment_id } of newPayments(before, after)) {
    await tx.run(insertPayment, { payment_id, store, order_id });
  }
  for (const place of added(before && places(before), places(after))) {
    const [chain = '', address = ''] = place.split(' ');
    await tx.run(insertAddress, { chain, address, store, order_id });
  }
  for (const chain of added(before && chains(before), chains(after))) {
    await tx.run(insertChain, { chain, store, order_id });
  }
}

function added(before: ReadonlySet<string> | undefined, after: ReadonlySet<string>): string[] {
  return before ? [...after].filter((each) => !before.has(each)) : [...after];
}

/**
 * True where nothing changed that an order is found by: most events only move its state. What the fold did not change
 * it hands on as the same object.
 */
function foundAlike(before: Order, after: Order): boolean {
  return (
    before.reference === after.reference &&
    before.sourceRef === after.sourceRef &&
    before.price === after.price &&
    before.pay === after.pay &&
    before.namedTransactions === after.namedTransactions &&
    before.payments.length === after.payments.length &&
    after.payments.every((payment, n) => paidAlike(before.payments[n], payment))
  );
}

function paidAlike(before: Payment | undefined, after: Payment): boolean {
  return (
    before === after ||
    (before?.txHash === after.txHash &&
      before.from === after.from &&
      before.to === after.to &&
      before.amount === after.amount &&
      before.decimals === after.decimals &&
      before.symbol === after.symbol &&
      before.memo === after.memo)
  );
}

function words(order: Order): Set<string> {
  return new Set(orderTerms(order).map(({ term }) => term));
}

/** Payments are only ever added at the end. */
function newPayments(before: Order | undefined, after: Order): readonly Payment[] {
  return after.payments.slice(before?.payments.length ?? 0);
}

async function saveTimes(tx: Tx, before: Order | undefined, after: Order): Promise<void> {
  const known = before ? orderTimes(before) : [];
  for (const at of orderTimes(after)) {
    if (!known.includes(at)) await tx.run(insertTime, { store: after.store, at, order_id: after.id });
  }
}

/** Addresses compare without case: checksums differ in nothing else. */
function places(order: Order): Set<string> {
  const places = order.pay.flatMap(({ chain, address }) =>
    chain && address ? [`${chain} ${address.toLowerCase()}`] : [],
  );
  return new Set(places);
}

function chains(order: Order): Set<string> {
  return new Set([...order.pay, ...order.payments].flatMap(({ chain }) => (chain === null ? [] : [chain])));
}

const underWay: ReadonlySet<string> = new Set(['seen', 'confirming', 'reorged']);

function orderRow(order: Order): Record<keyof OrderRow, string | number> {
  const moving = order.payments.some(({ state }) => underWay.has(state));
  return {
    store: order.store,
    id: order.id,
    source: order.source,
    status: order.status,
    open: isOpen(order) ? 1 : 0,
    created_at: order.createdAt,
    expires_at: order.expiresAt,
    grace_until: order.graceUntil,
    watch_until: moving ? Number.MAX_SAFE_INTEGER : order.graceUntil + ADDRESS_KEPT_MS,
    updated_at: order.updatedAt,
    updated_seq: order.updatedSeq,
    json: JSON.stringify(order),
  };
}
