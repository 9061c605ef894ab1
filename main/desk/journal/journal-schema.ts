import type { DatabaseSync } from 'node:sqlite';

export const JOURNAL_VERSION = 5;

/**
 * Version 1. Customer data lives in a table of its own, so that it can be erased per order [AU4]; `body` elsewhere is
 * without it. Events are keyed by epoch too: a log of another epoch is another history.
 */
const tables = `
  CREATE TABLE notes (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE stores (
    id TEXT PRIMARY KEY, body TEXT NOT NULL, epoch TEXT, seq INTEGER, event_id TEXT, as_of INTEGER,
    sources TEXT NOT NULL, quarantined INTEGER NOT NULL, base INTEGER NOT NULL
  ) WITHOUT ROWID;
  CREATE TABLE orders (
    store TEXT NOT NULL, id TEXT NOT NULL, incomplete INTEGER NOT NULL DEFAULT 0, body TEXT,
    PRIMARY KEY (store, id)
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

/** Since version 2: what was asked of the gateway, so that no crash leaves its outcome in doubt for ever [CM1]. */
const commandTable = `
  CREATE TABLE commands (
    id TEXT PRIMARY KEY, given_at INTEGER NOT NULL, settled INTEGER NOT NULL, body TEXT NOT NULL
  ) WITHOUT ROWID;
`;

/**
 * Since version 3: unmatched payments. What was heard of them before was kept as events alone, so every store takes a new
 * picture before it goes on; until then it shows what it held.
 */
const unmatchedTable = `
  CREATE TABLE unmatched (store TEXT NOT NULL, id TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (store, id)) WITHOUT ROWID;
  UPDATE stores SET epoch = NULL, seq = NULL, event_id = NULL;
`;

/**
 * Since version 4: what it takes to show what was on the screen earlier, how the connection went, and more of what was set
 * aside. The picture that is held begins what can be shown. Bodies are without customers, as everywhere.
 */
const pastTables = `
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
  ALTER TABLE quarantine ADD COLUMN received_at INTEGER;
  INSERT INTO bases SELECT id, epoch, seq, as_of, 0 FROM stores WHERE epoch IS NOT NULL AND as_of IS NOT NULL;
  INSERT INTO base_orders SELECT store, id, body FROM orders
    WHERE body IS NOT NULL AND store IN (SELECT store FROM bases);
`;

/**
 * Since version 5: orders and logs have numbers, in the order of their first sight. By its text an order has its place
 * anywhere in an index, so that each event wrote pages all over the file; by its number it has it where the last one had,
 * at the end. An order without a body is one that waits to be fetched, or one that only events still speak of; its number
 * is nobody else's for as long.
 */
const numberedTables = `
  ALTER TABLE orders RENAME TO orders_before;
  ALTER TABLE customers RENAME TO customers_before;
  ALTER TABLE events RENAME TO events_before;
  DROP INDEX events_by_order;
  CREATE TABLE orders (
    n INTEGER PRIMARY KEY, store TEXT NOT NULL, id TEXT NOT NULL, incomplete INTEGER NOT NULL DEFAULT 0, body TEXT,
    UNIQUE (store, id)
  );
  CREATE INDEX orders_without_body ON orders (store) WHERE body IS NULL;
  CREATE TABLE customers (n INTEGER PRIMARY KEY, body TEXT NOT NULL);
  CREATE TABLE logs (n INTEGER PRIMARY KEY, store TEXT NOT NULL, epoch TEXT NOT NULL, UNIQUE (store, epoch));
  CREATE TABLE events (
    log INTEGER NOT NULL, seq INTEGER NOT NULL, order_n INTEGER, emitted_at INTEGER, arrived_at INTEGER NOT NULL,
    body TEXT NOT NULL, PRIMARY KEY (log, seq)
  ) WITHOUT ROWID;
  INSERT INTO orders SELECT rowid, store, id, incomplete, body FROM orders_before ORDER BY rowid;
  INSERT OR IGNORE INTO orders (store, id) SELECT store, order_id FROM events_before WHERE order_id IS NOT NULL;
  INSERT INTO customers SELECT o.n, c.body FROM orders o JOIN customers_before c ON c.store = o.store AND c.id = o.id
    ORDER BY o.n;
  INSERT OR IGNORE INTO logs (store, epoch) SELECT store, epoch FROM events_before;
  INSERT INTO events SELECT l.n, e.seq, o.n, e.emitted_at, e.arrived_at, e.body
    FROM events_before e JOIN logs l ON l.store = e.store AND l.epoch = e.epoch
    LEFT JOIN orders o ON o.store = e.store AND o.id = e.order_id ORDER BY e.store, e.epoch, e.seq;
  CREATE INDEX events_by_order ON events (order_n) WHERE order_n IS NOT NULL;
  DROP TABLE orders_before;
  DROP TABLE events_before;
  PRAGMA secure_delete = ON;
  DROP TABLE customers_before;
  PRAGMA secure_delete = FAST;
`;

/** `Till` in ASCII: says that a SQLite file is a journal of this application. */
const APPLICATION_ID = 0x54696c6c;

/** The file is no journal this version can read; what it holds is left as it is. */
export class UnreadableJournal extends Error {
  override readonly name = 'UnreadableJournal';
}

/**
 * Brings a journal to this version.
 * @throws UnreadableJournal for another application's file, and for one that a newer version wrote
 */
export function prepareJournal(database: DatabaseSync): void {
  // One owner per profile [CN1]: a second desk finds the journal locked, and says so.
  database.exec('PRAGMA locking_mode = EXCLUSIVE');
  const version = pragma(database, 'user_version');
  const empty = pragma(database, 'schema_version') === 0;
  if (!empty && pragma(database, 'application_id') !== APPLICATION_ID) throw new UnreadableJournal('not a journal');
  if (version > JOURNAL_VERSION) throw new UnreadableJournal(`written by a newer version (${version})`);
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA secure_delete = FAST');
  database.exec('BEGIN IMMEDIATE');
  try {
    const marks = `PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${JOURNAL_VERSION}`;
    if (version === 0) database.exec(tables);
    if (version < 2) database.exec(commandTable);
    if (version < 3) database.exec(unmatchedTable);
    if (version < 4) database.exec(pastTables);
    if (version < 5) database.exec(numberedTables);
    if (version < JOURNAL_VERSION) database.exec(marks);
    database.exec('COMMIT');
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
}

function pragma(database: DatabaseSync, name: string): number {
  const row = database.prepare(`PRAGMA ${name}`).get() ?? {};
  return Number(Object.values(row)[0]);
}
