/** Databases as earlier versions of the gateway wrote them: their tables as they were, frozen here, and a little in them. */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { SQLInputValue } from 'node:sqlite';
import type { Event } from '../../../../contract/events.ts';
import type { Order, OrderFact } from '../../../../contract/order.ts';
import { fold } from '../../../../contract/fold.ts';
import { orderTerms, orderTimes } from '../../../../contract/search-terms.ts';
import { APPLICATION_ID } from '../../../../gateway/store/migrations.ts';
import { DATABASE_FILE } from '../../../../gateway/store/open-store.ts';

export type EarlierVersion = 1 | 2 | 3;

const first = `
create table meta (key text primary key, value text not null) strict, without rowid;
create table stores (
  id text primary key, name text not null, currency text not null, time_zone text not null,
  epoch text not null, floor integer not null default 0
) strict, without rowid;
create table events (
  store text not null, seq integer not null, id text not null, order_id text, kind text not null, json text not null,
  primary key (store, seq)
) strict, without rowid;
create index events_of_order on events (store, order_id, seq) where order_id is not null;
create table orders (
  store text not null, id text not null, source text not null, status text not null, open integer not null,
  created_at integer not null, expires_at integer not null, grace_until integer not null, watch_until integer not null,
  updated_at integer not null, updated_seq integer not null, json text not null,
  primary key (store, id)
) strict;
create index orders_by_age on orders (store, open desc, created_at desc, id);
create index orders_by_expiry on orders (status, expires_at);
create table search_terms (
  store text not null, term text not null, order_id text not null, primary key (store, term, order_id)
) strict, without rowid;
create table customers (
  store text not null, order_id text not null, json text not null, primary key (store, order_id)
) strict, without rowid;
create table customer_terms (
  store text not null, term text not null, order_id text not null, primary key (store, term, order_id)
) strict, without rowid;
create index customer_terms_of_order on customer_terms (store, order_id);
create table order_addresses (
  chain text not null, address text not null, store text not null, order_id text not null,
  primary key (chain, address, store, order_id)
) strict, without rowid;
create table order_chains (
  chain text not null, store text not null, order_id text not null, primary key (chain, store, order_id)
) strict, without rowid;
create table deliveries (
  id text primary key, source text not null, store text not null, dedupe_key text, received_at integer not null,
  sent_at integer, headers text not null, body blob not null, state text not null, error text
) strict;
create unique index deliveries_once on deliveries (source, dedupe_key) where dedupe_key is not null;
create index deliveries_pending on deliveries (received_at) where state = 'pending';
create table idempotency (
  store text not null, key text not null, hash text not null, order_id text not null, created_at integer not null,
  primary key (store, key)
) strict, without rowid;
create table desks (
  id text primary key, name text not null, role text not null, public_key text not null, stores text not null,
  paired_at integer not null, revoked_at integer
) strict, without rowid;
create table pairing_codes (
  hash text primary key, role text not null, name text, stores text not null, expires_at integer not null,
  used_at integer
) strict, without rowid;
create table keys (
  id text primary key, hash text not null unique, name text not null, store text not null, scopes text not null,
  created_at integer not null, revoked_at integer
) strict, without rowid;
create table block_trail (
  chain text not null, number integer not null, hash text not null, primary key (chain, number)
) strict, without rowid;
create table source_states (
  id text primary key, last_heard_at integer, lag_ms integer, state text not null
) strict, without rowid;
create table commands (
  id text primary key, desk_id text not null, hash text not null, answer text not null, at integer not null
) strict, without rowid;
`;

const unmatched = `
create table unmatched (
  store text not null, id text not null, chain text, state text not null, seen_at integer not null,
  updated_at integer not null, json text not null, primary key (store, id)
) strict;
create index unmatched_by_id on unmatched (id);
create index unmatched_open on unmatched (chain, seen_at desc) where state = 'open';
create table unmatched_terms (
  store text not null, term text not null, payment_id text not null, primary key (store, term, payment_id)
) strict, without rowid;
create table order_times (
  store text not null, at integer not null, order_id text not null, primary key (store, at, order_id)
) strict, without rowid;
create table order_payments (
  payment_id text not null, store text not null, order_id text not null, primary key (payment_id, store, order_id)
) strict, without rowid;
create index orders_by_creation on orders (store, created_at desc, id);
`;

const added: Readonly<Record<EarlierVersion, string>> = {
  1: first,
  2: unmatched,
  3: 'alter table deliveries add column redacted_at integer;',
};

const AT = Date.parse('2026-11-01T12:00:00Z');
export const EARLIER_CUSTOMER = { name: 'Wilhelmina Featherstonehaugh', email: 'wf@example.org' };
const CUSTOMER_WORDS = ['wilhelmina featherstonehaugh', 'wilhelmina', 'featherstonehaugh', 'wf@example.org'];
/** Of other orders; what their table gave up must not lie about in the file. */
const OTHER_CUSTOMERS = 300;

type Put = (table: string, ...values: SQLInputValue[]) => void;

/** Two stores that each have an order `b`, made in another order than their ids have; one event is about no order. */
export function writeEarlierDatabase(dataDir: string, version: EarlierVersion): void {
  const file = new DatabaseSync(join(dataDir, DATABASE_FILE));
  file.exec('pragma journal_mode = wal');
  for (const each of [1, 2, 3] as const) if (each <= version) file.exec(added[each]);
  const put: Put = (table, ...values) =>
    void file.prepare(`insert into ${table} values (${values.map(() => '?').join(', ')})`).run(...values);
  for (const store of ['main', 'other']) put('stores', store, store, 'USD', 'UTC', `epoch-${store}`, 0);
  putStore(put, version, 'main', ['b', 'a']);
  putStore(put, version, 'other', ['b']);
  for (let n = 0; n < OTHER_CUSTOMERS; n += 1) {
    put(
      'customers',
      'main',
      `gone-${n}`,
      JSON.stringify({ ...EARLIER_CUSTOMER, name: `${EARLIER_CUSTOMER.name} ${n}` }),
    );
  }
  file.exec(`pragma application_id = ${APPLICATION_ID}; pragma user_version = ${version}`);
  file.close();
}

function putStore(put: Put, version: EarlierVersion, store: string, ids: readonly string[]): void {
  const source = { store, epoch: `epoch-${store}`, source: 'shop', at: { occurred: null, sent: null, received: AT } };
  const about: Event = { ...source, seq: 1, id: `${store}-1`, order: null, kind: 'source.state', data: {} };
  put('events', store, 1, about.id, null, about.kind, JSON.stringify(about));
  for (const [n, id] of ids.entries()) {
    const events = courseOf(store, id, 2 + n * 2).map((each) => ({ ...source, ...each }) as Event);
    const order = events.reduce<Order | undefined>((held, event) => fold(held, event), undefined);
    if (!order) throw new Error('the course begins with no order');
    for (const event of events) {
      put('events', store, event.seq, event.id, id, event.kind, JSON.stringify(event));
    }
    putOrder(put, version, order);
  }
}

function courseOf(store: string, id: string, seq: number): object[] {
  const txHash = `0xFF${store}${id}`;
  const payment = {
    ...{ id: `pay-${store}-${id}`, chain: 'eip155:1', asset: 'native', symbol: 'ETH', decimals: 18, amount: '5' },
    ...{ txHash, required: null, witness: 'node' },
  };
  const created = { seq, id: `${store}-${seq}`, order: id, kind: 'order.created', data: { order: factOf(store, id) } };
  const paid = { seq: seq + 1, id: `${store}-${seq + 1}`, order: id, kind: 'payment.detected', data: { payment } };
  return [created, paid];
}

function factOf(store: string, id: string): OrderFact {
  return {
    ...{ sourceRef: `src-${store}-${id}`, reference: `${store.toUpperCase()}-${id}`, live: true },
    price: { currency: 'USD', amount: '3.50' },
    pay: [
      { chain: 'eip155:1', asset: 'native', symbol: 'ETH', decimals: 18, address: `0xAA${store}${id}`, amount: '5' },
    ],
    ...{ createdAt: AT, expiresAt: AT + 900_000, graceUntil: AT + 900_000 },
  };
}

/** Before version 2 an order was found by fewer words, and not by times nor by its payments' ids. */
function putOrder(put: Put, version: EarlierVersion, order: Order): void {
  const { store, id, createdAt, expiresAt, graceUntil } = order;
  const times = [createdAt, expiresAt, graceUntil, Number.MAX_SAFE_INTEGER, order.updatedAt, order.updatedSeq];
  put('orders', store, id, order.source, order.status, 1, ...times, JSON.stringify(order));
  const terms = new Set(orderTerms(order).map(({ term }) => term));
  for (const term of terms) if (version > 1 || !term.includes(' ')) put('search_terms', store, term, id);
  put('order_addresses', 'eip155:1', `0xaa${store}${id}`, store, id);
  put('order_chains', 'eip155:1', store, id);
  put('customers', store, id, JSON.stringify(EARLIER_CUSTOMER));
  for (const term of CUSTOMER_WORDS) put('customer_terms', store, term, id);
  if (version === 1) return;
  for (const at of new Set(orderTimes(order))) put('order_times', store, at, id);
  for (const { id: payment } of order.payments) put('order_payments', payment, store, id);
}
