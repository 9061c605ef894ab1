/** One SQLite connection: kysely for cold queries, prepared statements for the hot path, on the same handle. */
import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import type { SQLInputValue, StatementSync } from 'node:sqlite';
import { Kysely, SqliteDialect } from 'kysely';
import type { Database } from './schema.ts';
import type { Statement, StatementValues } from './statement.ts';

/** How long SQLite itself waits, blocking the thread, for another process; beyond that we retry without blocking. */
const BUSY_TIMEOUT_MS = 20;

export class SqliteConnection {
  readonly raw: DatabaseSync;
  readonly db: Kysely<Database>;
  readonly #file: string;
  readonly #statements = new Map<string, StatementSync>();

  constructor(file: string) {
    this.#file = file;
    this.raw = new DatabaseSync(file, { timeout: BUSY_TIMEOUT_MS });
    this.db = new Kysely<Database>({ dialect: new SqliteDialect({ database: this.#adapter() }) });
  }

  /** Runs a statement of the hot path; asynchronous in form only, so that another database can take its place. */
  async all<P extends StatementValues, R>(statement: Statement<P, R>, values: P): Promise<R[]> {
    return this.#statement(statement.sql).all(...admittedAll(statement.bind(values))) as R[];
  }

  async run<P extends StatementValues>(statement: Statement<P, unknown>, values: P): Promise<number> {
    return Number(this.#statement(statement.sql).run(...admittedAll(statement.bind(values))).changes);
  }

  /** @returns the number that SQLite gave the row */
  async insert<P extends StatementValues>(statement: Statement<P, unknown>, values: P): Promise<number> {
    return Number(this.#statement(statement.sql).run(...admittedAll(statement.bind(values))).lastInsertRowid);
  }

  /** Runs a statement once for each of several rows, in their order. */
  async runEach<P extends StatementValues>(statement: Statement<P, unknown>, rows: readonly P[]): Promise<void> {
    if (rows.length === 0) return;
    const prepared = this.#statement(statement.sql);
    for (const row of rows) prepared.run(...admittedAll(statement.bind(row)));
  }

  /** False where the file was taken away under us: it can be written on, and is gone with whoever closes it last. */
  isInPlace(): boolean {
    return existsSync(this.#file);
  }

  async close(): Promise<void> {
    await this.db.destroy();
    if (this.raw.isOpen) this.raw.close();
  }

  #statement(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known) return known;
    const prepared = this.raw.prepare(sql);
    // Searches are written in many forms; the cache is for the few statements that run all the time.
    if (this.#statements.size < 200) this.#statements.set(sql, prepared);
    return prepared;
  }

  #adapter() {
    const raw = this.raw;
    return {
      close: () => raw.close(),
      prepare: (sql: string) => {
        const statement = this.#statement(sql);
        return {
          reader: statement.columns().length > 0,
          all: (values: readonly unknown[]) => statement.all(...admittedAll(values)),
          run: (values: readonly unknown[]) => statement.run(...admittedAll(values)),
          iterate: (values: readonly unknown[]) => statement.iterate(...admittedAll(values)),
        };
      },
    };
  }
}

function admittedAll(values: readonly unknown[]): SQLInputValue[] {
  const all: SQLInputValue[] = [];
  for (const value of values) all.push(admitted(value));
  return all;
}

/** node:sqlite takes a leading object for named parameters and binds NULL silently: only plain values may pass. */
function admitted(value: unknown): SQLInputValue {
  if (value === null || typeof value === 'string' || typeof value === 'bigint') return value;
  if (typeof value === 'number' && !Number.isNaN(value)) return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (value instanceof Uint8Array) return value;
  throw new TypeError(`a ${typeof value} can't be stored`);
}
