import type { DatabaseSync } from 'node:sqlite';
import type { Order } from '../../contract/order.ts';
import { orderTerms, orderTimes } from '../../contract/search-terms.ts';

/** Marks the file as ours (`TWch`), so that nothing else is taken for a gateway's database. */
export const APPLICATION_ID = 0x54576368;

const FIRST = `
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

const UNMATCHED = `
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

/** Unmatched payments; and orders are found by time too, and by amounts together with what they are in. */
function second(database: DatabaseSync): void {
  database.exec(UNMATCHED);
  const addTerm = database.prepare('insert or ignore into search_terms (store, term, order_id) values (?, ?, ?)');
  const addPayment = database.prepare('insert or ignore into order_payments values (?, ?, ?)');
  const addTime = database.prepare('insert or ignore into order_times (store, at, order_id) values (?, ?, ?)');
  for (const { json } of database.prepare('select json from orders').iterate()) {
    const order = JSON.parse(String(json)) as Order;
    for (const { term } of orderTerms(order)) addTerm.run(order.store, term, order.id);
    for (const { id } of order.payments) addPayment.run(id, order.store, order.id);
    for (const at of orderTimes(order)) addTime.run(order.store, at, order.id);
  }
}

/** Deliveries say when customer data was taken out of them. */
const REDACTED = 'alter table deliveries add column redacted_at integer';

/**
 * Orders have numbers, in the order of their first sight. By its text an order has its place anywhere in an index, so that
 * each event wrote pages all over the file; by its number it has it where the last one had, at the end.
 */
const NUMBERED = `
alter table orders rename to orders_before;
alter table events rename to events_before;
alter table search_terms rename to search_terms_before;
alter table order_times rename to order_times_before;
alter table order_payments rename to order_payments_before;
alter table order_addresses rename to order_addresses_before;
alter table order_chains rename to order_chains_before;
alter table customers rename to customers_before;
alter table customer_terms rename to customer_terms_before;
drop index orders_by_age;
drop index orders_by_expiry;
drop index orders_by_creation;
drop index events_of_order;
create table orders (
  n integer primary key, store text not null, id text not null, source text not null, status text not null,
  open integer not null, created_at integer not null, expires_at integer not null, grace_until integer not null,
  watch_until integer not null, updated_at integer not null, updated_seq integer not null, json text not null,
  unique (store, id)
) strict;
insert into orders select rowid, * from orders_before order by rowid;
create index orders_by_age on orders (store, open desc, created_at desc, id);
create index orders_by_expiry on orders (status, expires_at);
create index orders_by_creation on orders (store, created_at desc, id);
create table events (
  store text not null, seq integer not null, id text not null, order_n integer, kind text not null, json text not null,
  primary key (store, seq)
) strict, without rowid;
insert into events select e.store, e.seq, e.id, o.n, e.kind, e.json from events_before e
  left join orders o on o.store = e.store and o.id = e.order_id order by e.store, e.seq;
create index events_of_order on events (order_n) where order_n is not null;
create table search_terms (
  store text not null, term text not null, order_n integer not null, primary key (store, term, order_n)
) strict, without rowid;
insert into search_terms select b.store, b.term, o.n from search_terms_before b
  join orders o on o.store = b.store and o.id = b.order_id;
create table order_times (
  store text not null, at integer not null, order_n integer not null, primary key (store, at, order_n)
) strict, without rowid;
insert into order_times select b.store, b.at, o.n from order_times_before b
  join orders o on o.store = b.store and o.id = b.order_id;
create table order_payments (
  payment_id text not null, order_n integer not null, primary key (payment_id, order_n)
) strict, without rowid;
insert into order_payments select b.payment_id, o.n from order_payments_before b
  join orders o on o.store = b.store and o.id = b.order_id;
create table order_addresses (
  chain text not null, address text not null, order_n integer not null, primary key (chain, address, order_n)
) strict, without rowid;
insert into order_addresses select b.chain, b.address, o.n from order_addresses_before b
  join orders o on o.store = b.store and o.id = b.order_id;
create table order_chains (
  chain text not null, order_n integer not null, primary key (chain, order_n)
) strict, without rowid;
insert into order_chains select b.chain, o.n from order_chains_before b
  join orders o on o.store = b.store and o.id = b.order_id;
create table customers (order_n integer primary key, json text not null) strict;
insert into customers select o.n, b.json from customers_before b
  join orders o on o.store = b.store and o.id = b.order_id;
create table customer_terms (
  store text not null, term text not null, order_n integer not null, primary key (store, term, order_n)
) strict, without rowid;
insert into customer_terms select b.store, b.term, o.n from customer_terms_before b
  join orders o on o.store = b.store and o.id = b.order_id;
drop table orders_before;
drop table events_before;
drop table search_terms_before;
drop table order_times_before;
drop table order_payments_before;
drop table order_addresses_before;
drop table order_chains_before;
pragma secure_delete = on;
drop table customers_before;
drop table customer_terms_before;
pragma secure_delete = fast;
create index customer_terms_of_order on customer_terms (order_n);
`;

/** What a processor is asked for, and what a snapshot shows, is found without reading every order there ever was. */
const FOUND_SOONER = `
create index orders_of_source on orders (store, source, status, grace_until, watch_until);
create index orders_by_change on orders (store, updated_at);
`;

/** In order; a database's `user_version` says how many it has. */
const MIGRATIONS: readonly ((database: DatabaseSync) => void)[] = [
  (database) => database.exec(FIRST),
  second,
  (database) => database.exec(REDACTED),
  (database) => database.exec(NUMBERED),
  (database) => database.exec(FOUND_SOONER),
];

/**
 * Brings a database to this version's tables, in one transaction.
 * @throws Error when the file is another application's, or was written by a newer version
 */
export function migrate(database: DatabaseSync): void {
  const id = pragma(database, 'application_id');
  const version = versionOf(database);
  if (id !== APPLICATION_ID && (id !== 0 || version !== 0)) throw new Error('the file is not a Tillwatch database');
  if (version > MIGRATIONS.length) {
    throw new Error(`the data was written by a newer version (schema ${version}); update Tillwatch to use it`);
  }
  if (version === MIGRATIONS.length) return;
  database.exec('begin immediate');
  try {
    const held = versionOf(database);
    for (const migration of MIGRATIONS.slice(held)) migration(database);
    database.exec(`pragma application_id = ${APPLICATION_ID}; pragma user_version = ${MIGRATIONS.length}; commit`);
  } catch (error) {
    if (database.isTransaction) database.exec('rollback');
    throw error;
  }
}

/** Whether `migrate` has tables to change, rather than to make. */
export function isOfEarlierVersion(database: DatabaseSync): boolean {
  const version = versionOf(database);
  return version > 0 && version < MIGRATIONS.length;
}

function versionOf(database: DatabaseSync): number {
  return pragma(database, 'user_version');
}

function pragma(database: DatabaseSync, name: string): number {
  return Number(Object.values(database.prepare(`pragma ${name}`).get() ?? {})[0] ?? 0);
}
