/** How a gateway's writing connection works; none of it changes what is durable. */
import type { DatabaseSync } from 'node:sqlite';

/**
 * Where a job stands in a savepoint, SQLite keeps the pages it touches as they were: in a temporary file, made anew for
 * each transaction, where more than 64 KiB come together. In memory that costs a copy and no call into the system.
 * Sources: https://sqlite.org/compile.html#stmtjrnl_spill and https://sqlite.org/pragma.html#pragma_temp_store.
 */
const SAVEPOINTS_IN_MEMORY = 'pragma temp_store = memory';

/** For what changes as much as the whole database in one job: its savepoint does not fit into memory. */
export const SAVEPOINTS_IN_FILES = 'pragma temp_store = file';

/**
 * KiB of pages kept. A commit of many webhooks touches several hundred pages, all over the indexes; SQLite's own 2 MB would
 * read each of them again and write some of them twice.
 */
const CACHE = 'pragma cache_size = -32768';

/**
 * Pages of the write-ahead log, 32 MB of them, after which a commit itself moves them into their places. Where a gateway serves, a
 * thread of its own has done so long before (checkpoints.ts). Source: https://sqlite.org/wal.html#performance_considerations.
 */
const CHECKPOINT = 'pragma wal_autocheckpoint = 8000';

/**
 * Bytes of the write-ahead log's file that are kept to be written again: as many as it takes without a commit's own checkpoint.
 * What a backup held back for an hour, or a restore wrote, is given back to the disk once the log begins anew.
 * Source: https://sqlite.org/pragma.html#pragma_journal_size_limit
 */
const KEPT_LOG = 'pragma journal_size_limit = 33554432';

export function tuneForWriting(database: DatabaseSync): void {
  database.exec(`${SAVEPOINTS_IN_MEMORY}; ${CACHE}; ${CHECKPOINT}; ${KEPT_LOG}`);
}
