/** What a chart shows, in words: one row a point, for those who read rather than look. */
export interface ChartTable {
  /** Names of the columns; the first one names the rows. */
  readonly columns: readonly string[];
  readonly rows: readonly { readonly key: string; readonly cells: readonly string[] }[];
}
