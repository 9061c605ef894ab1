/** Orders as the log's events make them: kept beside the log, in the same transaction as the events. */
import type { Insertable } from 'kysely';
import { isOpen } from '../../contract/order.ts';
import type { Order, Payment } from '../../contract/order.ts';
import { orderTerms, orderTimes } from '../../contract/search-terms.ts';
import type { OrderRow } from './schema.ts';
import type { SqliteConnection } from './sqlite-connection.ts';
import { statement } from './statement.ts';
import type { Statement } from './statement.ts';
import type { Tx } from './writer.ts';

/** After its grace an order's addresses stay its own, and watched, this long. */
export const ADDRESS_KEPT_MS = 24 * 3_600_000;

/** An order and the number by which the other tables know it. */
export interface StoredOrder {
  readonly n: number;
  readonly order: Order;
}

type Columns = Record<Exclude<keyof OrderRow, 'n'>, string | number>;
type Column = Exclude<keyof Columns, 'store' | 'id'>;

/** What does not change with every event; most of it stands in indexes. */
const seldom = [
  'source',
  'status',
  'open',
  'created_at',
  'expires_at',
  'grace_until',
  'watch_until',
] as const satisfies Column[];

/** What changes with every event; of it only `updated_at` stands in an index. */
const always = ['updated_at', 'updated_seq', 'json'] as const satisfies Column[];

const insertOrder = statement<Columns>((db, slot) => {
  const columns = ['store', 'id', ...seldom, ...always] as const;
  const row: unknown = Object.fromEntries(columns.map((column) => [column, slot(column)]));
  return db.insertInto('orders').values(row as Insertable<OrderRow>);
});

/** One for each set of columns that changed. */
const updates = new Map<string, Statement<Columns & { n: number }, unknown>>();

/** SQLite takes a row out of an index and puts it in again for each column that is written, though it be the same. */
function updateOrder(changed: readonly Column[]): Statement<Columns & { n: number }, unknown> {
  const key = changed.join();
  const known = updates.get(key);
  if (known) return known;
  const made = statement<Columns & { n: number }>((db, slot) =>
    db
      .updateTable('orders')
      .set(Object.fromEntries([...changed, ...always].map((column) => [column, slot(column)])))
      .where('n', '=', slot('n'))
      .where('store', '=', slot('store') as string)
      .where('id', '=', slot('id') as string),
  );
  updates.set(key, made);
  return made;
}

const selectOrder = statement<{ store: string; id: string }, { n: number; json: string }>((db, slot) =>
  db.selectFrom('orders').select(['n', 'json']).where('store', '=', slot('store')).where('id', '=', slot('id')),
);

const insertTerm = statement<{ store: string; term: string; order_n: number }>((db, slot) =>
  db
    .insertInto('search_terms')
    .values({ store: slot('store'), term: slot('term'), order_n: slot('order_n') })
    .onConflict((conflict) => conflict.doNothing()),
);

const insertTime = statement<{ store: string; at: number; order_n: number }>((db, slot) =>
  db
    .insertInto('order_times')
    .values({ store: slot('store'), at: slot('at'), order_n: slot('order_n') })
    .onConflict((conflict) => conflict.doNothing()),
);

const insertPayment = statement<{ payment_id: string; order_n: number }>((db, slot) =>
  db
    .insertInto('order_payments')
    .values({ payment_id: slot('payment_id'), order_n: slot('order_n') })
    .onConflict((conflict) => conflict.doNothing()),
);

const insertAddress = statement<{ chain: string; address: string; order_n: number }>((db, slot) =>
  db
    .insertInto('order_addresses')
    .values({ chain: slot('chain'), address: slot('address'), order_n: slot('order_n') })
    .onConflict((conflict) => conflict.doNothing()),
);

const insertChain = statement<{ chain: string; order_n: number }>((db, slot) =>
  db
    .insertInto('order_chains')
    .values({ chain: slot('chain'), order_n: slot('order_n') })
    .onConflict((conflict) => conflict.doNothing()),
);

type Reader = Pick<SqliteConnection, 'all'>;

export async function readOrder(connection: Reader, store: string, id: string): Promise<Order | undefined> {
  return (await readStored(connection, store, id))?.order;
}

export async function readStored(connection: Reader, store: string, id: string): Promise<StoredOrder | undefined> {
  const [row] = await connection.all(selectOrder, { store, id });
  return row && { n: row.n, order: JSON.parse(row.json) as Order };
}

/**
 * Writes an order and the words, times, payments, addresses and chains that it did not have before.
 * @returns its number
 */
export async function saveOrder(tx: Tx, before: StoredOrder | undefined, after: Order): Promise<number> {
  const order_n = await saveRow(tx, before, after);
  if (before && foundAlike(before.order, after)) return order_n;
  const { store } = after;
  const fresh = <T>(of: (order: Order) => Iterable<T>): T[] => added(before?.order, after, of);
  const rows = <T extends object>(values: readonly T[]) => values.map((value) => ({ ...value, order_n }));
  await tx.runEach(insertTerm, rows(fresh(words).map((term) => ({ store, term }))));
  await tx.runEach(insertTime, rows(fresh(orderTimes).map((at) => ({ store, at }))));
  await tx.runEach(insertPayment, rows(newPayments(before?.order, after).map(({ id }) => ({ payment_id: id }))));
  await tx.runEach(insertAddress, rows(fresh(places).map(addressed)));
  await tx.runEach(insertChain, rows(fresh(chains).map((chain) => ({ chain }))));
  return order_n;
}

async function saveRow(tx: Tx, before: StoredOrder | undefined, after: Order): Promise<number> {
  const row = orderRow(after);
  if (before) {
    const held = facts(before.order);
    const changed = seldom.filter((column) => held[column] !== row[column]);
    if ((await tx.run(updateOrder(changed), { ...row, n: before.n })) > 0) return before.n;
  }
  return tx.insert(insertOrder, row);
}

function added<T>(before: Order | undefined, after: Order, of: (order: Order) => Iterable<T>): T[] {
  const known = new Set<T>(before && of(before));
  return [...new Set(of(after))].filter((each) => !known.has(each));
}

/**
 * True where nothing changed that an order is found by, in whatever table: most events only move its state. What the fold
 * did not change it hands on as the same object.
 */
function foundAlike(before: Order, after: Order): boolean {
  return (
    before.createdAt === after.createdAt &&
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
    (before?.id === after.id &&
      before.seenAt === after.seenAt &&
      before.chain === after.chain &&
      before.txHash === after.txHash &&
      before.from === after.from &&
      before.to === after.to &&
      before.amount === after.amount &&
      before.decimals === after.decimals &&
      before.symbol === after.symbol &&
      before.memo === after.memo)
  );
}

function words(order: Order): string[] {
  return orderTerms(order).map(({ term }) => term);
}

/** Payments are only ever added at the end. */
function newPayments(before: Order | undefined, after: Order): readonly Payment[] {
  return after.payments.slice(before?.payments.length ?? 0);
}

/** Addresses compare without case: checksums differ in nothing else. */
function places(order: Order): string[] {
  return order.pay.flatMap(({ chain, address }) => (chain && address ? [`${chain} ${address.toLowerCase()}`] : []));
}

function addressed(place: string): { chain: string; address: string } {
  const [chain = '', address = ''] = place.split(' ');
  return { chain, address };
}

function chains(order: Order): string[] {
  return [...order.pay, ...order.payments].flatMap(({ chain }) => (chain === null ? [] : [chain]));
}

const underWay: ReadonlySet<string> = new Set(['seen', 'confirming', 'reorged']);

/** Written only where it changed: whoever lets something else follow from an order migrates the rows there are. */
function facts(order: Order): Record<(typeof seldom)[number], string | number> {
  const moving = order.payments.some(({ state }) => underWay.has(state));
  return {
    source: order.source,
    status: order.status,
    open: isOpen(order) ? 1 : 0,
    created_at: order.createdAt,
    expires_at: order.expiresAt,
    grace_until: order.graceUntil,
    watch_until: moving ? Number.MAX_SAFE_INTEGER : order.graceUntil + ADDRESS_KEPT_MS,
  };
}

function orderRow(order: Order): Columns {
  const { store, id, updatedAt: updated_at, updatedSeq: updated_seq } = order;
  return { store, id, ...facts(order), updated_at, updated_seq, json: JSON.stringify(order) };
}
