/** Queries written with kysely once, compiled once, and run many times with other values. */
import { DummyDriver, Kysely, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely';
import type { Compilable } from 'kysely';
import type { Database } from './schema.ts';

export type StatementValues = Record<string, string | number | null | Uint8Array>;

export interface Statement<P extends StatementValues, R> {
  readonly sql: string;
  bind(values: P): unknown[];
  /** Only says what a row is; never there at run time. */
  readonly row?: R;
}

/** Stands in a query for a value that each run gives anew. */
class Slot {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

type Slots<P> = <K extends keyof P & string>(name: K) => P[K];

/** Compiles a query; `slot('name')` stands where the value `name` comes. */
export function statement<P extends StatementValues, R = unknown>(
  build: (db: Kysely<Database>, slot: Slots<P>) => Compilable<R>,
): Statement<P, R> {
  const { sql, parameters } = build(
    compiler(),
    <K extends keyof P & string>(name: K) => new Slot(name) as never,
  ).compile();
  return { sql, bind: (values) => bound(parameters, values) };
}

/** A loop, because this is done for each of the twenty rows that a webhook writes. */
function bound(parameters: readonly unknown[], values: StatementValues): unknown[] {
  const all: unknown[] = [];
  for (const value of parameters) all.push(value instanceof Slot ? values[value.name] : value);
  return all;
}

function compiler(): Kysely<Database> {
  return new Kysely<Database>({
    dialect: {
      createAdapter: () => new SqliteAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (db) => new SqliteIntrospector(db),
      createQueryCompiler: () => new SqliteQueryCompiler(),
    },
  });
}
