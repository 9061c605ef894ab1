/** What SQLite is told to write while something runs, so that the same can be written again without the rest. */
import { DatabaseSync } from 'node:sqlite';
import type { SQLInputValue, StatementSync } from 'node:sqlite';

export interface Write {
  readonly sql: string;
  readonly values: readonly SQLInputValue[];
}

/** The writes of each transaction, in order. */
export type Transactions = readonly (readonly Write[])[];

/** Listens in on every database of this process until `run` is done. */
export async function recordWrites(run: () => Promise<void>): Promise<Transactions> {
  const transactions: Write[][] = [];
  let writes: Write[] = [];
  const { prepare, exec } = DatabaseSync.prototype;
  DatabaseSync.prototype.prepare = function (this: DatabaseSync, sql: string, ...rest): StatementSync {
    const statement = prepare.call(this, sql, ...rest);
    const write = statement.run.bind(statement);
    statement.run = (...values: unknown[]) => {
      writes.push({ sql, values: values as SQLInputValue[] });
      return write(...(values as SQLInputValue[]));
    };
    return statement;
  };
  DatabaseSync.prototype.exec = function (this: DatabaseSync, sql: string): void {
    exec.call(this, sql);
    if (sql !== 'commit') return;
    transactions.push(writes);
    writes = [];
  };
  try {
    await run();
  } finally {
    Object.assign(DatabaseSync.prototype, { prepare, exec });
  }
  return transactions;
}
