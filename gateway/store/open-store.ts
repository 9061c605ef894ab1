/** Opens a data folder: one connection that writes, one that reads what is committed. */
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { Diagnosis } from '../diagnosis/diagnosis.ts';
import type { Clock, Closeable } from '../ledger.ts';
import { startCheckpointThread } from './checkpoint-thread.ts';
import { Checkpoints, tellsOfLog } from './checkpoints.ts';
import { EventLog } from './event-log.ts';
import { isOfEarlierVersion, migrate } from './migrations.ts';
import { emptyWriteAheadLog } from './secure-delete.ts';
import { lockForServing } from './serve-lock.ts';
import { SqliteConnection } from './sqlite-connection.ts';
import { SqliteLedger } from './sqlite-ledger.ts';
import { tuneForWriting } from './tune.ts';
import { Writer } from './writer.ts';

export const DATABASE_FILE = 'tillwatch.db';

export interface Storage extends Closeable {
  readonly reader: SqliteConnection;
  readonly writer: Writer;
  readonly log: EventLog;
  readonly ledger: SqliteLedger;
  /** Reads the logs' heads anew, after stores were declared. */
  reload(): Promise<void>;
  /** Makes another database file readable to the writer, under the name `backup`. */
  attach(file: string): void;
  /** Leaves nothing of what was deleted in the write-ahead log. @returns false when others read from it all the while */
  purge(): Promise<boolean>;
  /** Runs statements that no query builder writes; within a job only. */
  execute(sql: string): void;
}

export interface StorageOptions {
  readonly dataDir: string;
  readonly clock: Clock;
  readonly diagnose?: Diagnosis;
  /** True for the gateway that holds the folder's lock. */
  readonly serving?: boolean;
}

/**
 * @throws Error when the file can't be opened, is not ours, is newer than this version, or is older and served by a gateway
 * that could not go on with newer tables
 */
export async function openStorage({ dataDir, clock, diagnose, serving = false }: StorageOptions): Promise<Storage> {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const file = join(dataDir, DATABASE_FILE);
  const connection = open(file, serving);
  const reader = new SqliteConnection(file);
  reader.raw.exec('pragma query_only = 1; pragma busy_timeout = 1000');
  const log = new EventLog(reader);
  const checkpoints = serving ? checkpointsOf(connection, file) : null;
  const writer = new Writer(
    connection,
    async () => {
      ledger.forget();
      await log.reload(connection);
    },
    async () => checkpoints?.keepUp(),
  );
  const ledger = new SqliteLedger({ writer, reader, log, clock, diagnose: diagnose ?? (() => []) });
  await log.reload(reader);
  return {
    reader,
    writer,
    log,
    ledger,
    reload: () => log.reload(reader),
    attach: (attached) => void connection.raw.prepare('attach database ? as backup').run(attached),
    purge: () => emptyWriteAheadLog(connection),
    execute: (sql) => connection.raw.exec(sql),
    close: async () => {
      await writer.close();
      await checkpoints?.close();
      await connection.close();
      await reader.close();
    },
  };
}

/** @returns null where SQLite is too old for it: commits move the log then, as they do for commands */
function checkpointsOf(connection: SqliteConnection, file: string): Checkpoints | null {
  const version = connection.raw.prepare('select sqlite_version() as version').get()?.['version'];
  return tellsOfLog(String(version)) ? new Checkpoints(connection, () => startCheckpointThread(file)) : null;
}

function open(file: string, serving: boolean): SqliteConnection {
  // The write-ahead log takes its permissions from the database: only the owner may read either.
  closeSync(openSync(file, 'a', 0o600));
  const connection = new SqliteConnection(file);
  try {
    connection.raw.exec('pragma busy_timeout = 1000; pragma journal_mode = wal; pragma synchronous = full');
    bringUpToDate(connection.raw, file, serving);
    // What is deleted is overwritten where its page is written anyway; where it matters, everywhere (secure-delete.ts).
    connection.raw.exec('pragma busy_timeout = 20; pragma foreign_keys = on; pragma secure_delete = fast');
    tuneForWriting(connection.raw);
    return connection;
  } catch (error) {
    connection.raw.close();
    throw error;
  }
}

function bringUpToDate(database: DatabaseSync, file: string, serving: boolean): void {
  const unlock = !serving && isOfEarlierVersion(database) ? lockAgainstEarlier(dirname(file)) : () => undefined;
  try {
    migrate(database);
  } finally {
    unlock();
  }
}

function lockAgainstEarlier(dataDir: string): () => void {
  try {
    return lockForServing(dataDir);
  } catch (error) {
    const why = `a gateway of an earlier version serves ${dataDir}; start that one with this version first`;
    throw new Error(why, { cause: error });
  }
}
