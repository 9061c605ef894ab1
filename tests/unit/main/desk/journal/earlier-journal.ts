/** Journals as earlier versions wrote them: their tables as they were, frozen here, and a little of everything in them. */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Event } from '../../../../../contract/events.ts';
import type { Order } from '../../../../../contract/order.ts';
import { noted } from '../../../../support/scripted-gateway/drafts.ts';
import { EPOCH, eventOf, orderOf } from '../delivery/facts.ts';

export type EarlierVersion = 1 | 2 | 3 | 4;

const AS_OF = 1_790_000_000_000;

const first = `
  CREATE TABLE notes (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE stores (
    id TEXT PRIMARY KEY, body TEXT NOT NULL, epoch TEXT, seq INTEGER, event_id TEXT, as_of INTEGER,
    sources TEXT NOT NULL, quarantined INTEGER NOT NULL, base INTEGER NOT NULL
  ) WITHOUT ROWID;
  CREATE TABLE orders (
    store TEXT NOT NULL, id TEXT NOT NULL, incomplete INTEGER NOT NULL DEFAULT 0, body TEXT, PRIMARY KEY (store, id)
  );
  CREATE TABLE customers (store TEXT NOT NULL, id TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (store, id)) WITHOUT ROWID;
  CREATE TABLE events (
    store TEXT NOT NULL, epoch TEXT NOT NULL, seq INTEGER NOT NULL, order_id TEXT, emitted_at INTEGER,
    arrived_at INTEGER NOT NULL, body TEXT NOT NULL, PRIMARY KEY (store, epoch, seq)
  ) WITHOUT ROWID;
  CREATE INDEX events_by_order ON events (store, order_id, seq) WHERE order_id IS NOT NULL;
  CREATE TABLE quarantine (
    store TEXT NOT NULL, epoch TEXT NOT NULL, seq INTEGER NOT NULL, order_id TEXT, reason TEXT NOT NULL,
    PRIMARY KEY (store, epoch, seq)
  ) WITHOUT ROWID;
`;

const added: Readonly<Record<EarlierVersion, string>> = {
  1: first,
  2: 'CREATE TABLE commands (id TEXT PRIMARY KEY, given_at INTEGER NOT NULL, settled INTEGER NOT NULL, body TEXT NOT NULL) WITHOUT ROWID;',
  3: 'CREATE TABLE unmatched (store TEXT NOT NULL, id TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (store, id)) WITHOUT ROWID;',
  4: `
  CREATE TABLE bases (
    store TEXT PRIMARY KEY, epoch TEXT NOT NULL, seq INTEGER NOT NULL, at INTEGER NOT NULL, complete INTEGER NOT NULL
  ) WITHOUT ROWID;
  CREATE TABLE base_orders (store TEXT NOT NULL, id TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (store, id));
  CREATE TABLE replacements (
    n INTEGER PRIMARY KEY, store TEXT NOT NULL, seq INTEGER NOT NULL, at INTEGER NOT NULL, id TEXT NOT NULL, body TEXT
  );
  CREATE INDEX replacements_by_store ON replacements (store, n);
  CREATE TABLE phases (n INTEGER PRIMARY KEY, at INTEGER NOT NULL, state TEXT NOT NULL, transport TEXT);
  ALTER TABLE quarantine ADD COLUMN event_id TEXT;
  ALTER TABLE quarantine ADD COLUMN kind TEXT;
  ALTER TABLE quarantine ADD COLUMN received_at INTEGER;`,
};

const STORE = { id: 'main', name: 'Main', currency: 'USD', timeZone: 'UTC' };
export const EARLIER_CUSTOMER = { name: 'Wilhelmina Featherstonehaugh' };

/** Of orders that are gone: an earlier version left no such rows, but what it deleted may still lie in the file. */
const OTHER_CUSTOMERS = 400;

/** What each of them holds. `gone` left the desk before its events; `lost` waits to be fetched. */
export const earlier = {
  record: { store: STORE, position: { epoch: EPOCH, seq: 4, id: 'x' }, asOf: AS_OF, quarantined: 1, base: 0 },
  orders: [orderOf('b', 3), { ...orderOf('a', 4), customer: EARLIER_CUSTOMER }] satisfies Order[],
  events: [
    eventOf(1, noted('gone', '1')),
    eventOf(2, noted('a', '2')),
    eventOf(3, noted('b', '3')),
    eventOf(4, noted('a', '4')),
  ],
  incomplete: ['lost'],
};

/** @returns the folder's journal, closed */
export function writeEarlierJournal(dataDir: string, version: EarlierVersion): void {
  const database = new DatabaseSync(join(dataDir, 'journal.sqlite'));
  database.exec('PRAGMA journal_mode = WAL; PRAGMA secure_delete = FAST; BEGIN');
  for (let each = 1; each <= version; each += 1) database.exec(added[each as EarlierVersion]);
  database.exec(`PRAGMA application_id = 1416195180; PRAGMA user_version = ${version}`);
  const put = (table: string, ...values: (string | number | null)[]): void => {
    database.prepare(`INSERT INTO ${table} VALUES (${values.map(() => '?').join()})`).run(...values);
  };
  const { record, orders, events, incomplete } = earlier;
  const { position, asOf, quarantined, base } = record;
  put(
    'stores',
    'main',
    JSON.stringify(STORE),
    position.epoch,
    position.seq,
    position.id,
    asOf,
    '[]',
    quarantined,
    base,
  );
  for (const { customer, ...order } of orders as Order[]) {
    put('orders (store, id, body)', 'main', order.id, JSON.stringify(order));
    if (customer) put('customers', 'main', order.id, JSON.stringify(customer));
  }
  // Enough of them to fill pages of their own.
  for (let n = 0; n < OTHER_CUSTOMERS; n += 1) put('customers', 'main', `other-${n}`, JSON.stringify(EARLIER_CUSTOMER));
  for (const id of incomplete) put('orders (store, id, incomplete)', 'main', id, 1);
  for (const event of events) putEvent(put, event);
  put('quarantine (store, epoch, seq, order_id, reason)', 'main', EPOCH, 9, 'a', 'x');
  if (version === 4) putBase(put);
  database.exec('COMMIT');
  database.close();
}

type Put = (table: string, ...values: (string | number | null)[]) => void;

function putEvent(put: Put, event: Event): void {
  put('events', 'main', event.epoch, event.seq, event.order, 5, event.seq * 10, JSON.stringify(event));
}

/** The desk began with a picture of one order. */
function putBase(put: Put): void {
  put('bases', 'main', EPOCH, 0, 3, 1);
  put('base_orders', 'main', 'gone', JSON.stringify(orderOf('gone', 0)));
  put('replacements', 1, 'main', 1, 15, 'gone', null);
}
