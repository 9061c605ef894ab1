export type SqlValue = string | number | null;

/** Prepared statements of one database; each throws what SQLite throws. */
export interface Sql {
  run(
    sql: string,
    ...values: SqlValue[]
  ): { readonly changes: number | bigint; readonly lastInsertRowid: number | bigint };
  all<Row>(sql: string, ...values: SqlValue[]): Row[];
}
