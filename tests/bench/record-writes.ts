/** What SQLite is told to write while something runs, so that the same can be written again without the rest. */
import { StatementSync } from 'node:sqlite';
import type { SQLInputValue } from 'node:sqlite';

export interface Write {
  readonly sql: string;
  readonly values: readonly SQLInputValue[];
}

/** The writes of each transaction, in order. */
export type Transactions = readonly (readonly Write[])[];

/** Listens in on every prepared statement of this process until `run` is done. */
export async function recordWrites(run: () => Promise<void>): Promise<Transactions> {
  const transactions: Write[][] = [];
  const writes: Write[] = [];
  const original = StatementSync.prototype.run as (this: StatementSync, ...values: SQLInputValue[]) => unknown;
  const recording = function (this: StatementSync, ...values: SQLInputValue[]): unknown {
    const result = original.apply(this, values);
    const sql = this.sourceSQL;
    if (/^(?:insert|update|delete)/i.test(sql)) writes.push({ sql, values });
    if (sql === 'commit') transactions.push(writes.splice(0));
    return result;
  };
  Object.assign(StatementSync.prototype, { run: recording });
  try {
    await run();
  } finally {
    Object.assign(StatementSync.prototype, { run: original });
  }
  return transactions;
}
