/** The shown columns of the queue, in the order a person gave them. Pure. */
import { columns } from '../../contract/settings.ts';
import type { Column } from '../../contract/settings.ts';

/** With one more: behind the nearest shown column that usually stands before it. The same list where it is shown already. */
export function withColumn(shown: readonly Column[], column: Column): Column[] {
  if (shown.includes(column)) return [...shown];
  const before = columns.slice(0, columns.indexOf(column)).findLast((each) => shown.includes(each));
  return shown.toSpliced(before === undefined ? 0 : shown.indexOf(before) + 1, 0, column);
}

export function withoutColumn(shown: readonly Column[], column: Column): Column[] {
  return shown.filter((each) => each !== column);
}

/** With one of them a place further to the front (-1) or to the back (1); the same list where there is no such place. */
export function withMoved(shown: readonly Column[], column: Column, by: -1 | 1): Column[] {
  const from = shown.indexOf(column);
  const to = from + by;
  if (from === -1 || to < 0 || to >= shown.length) return [...shown];
  return shown.toSpliced(from, 1).toSpliced(to, 0, column);
}

/** With one of them taken to where another stands. */
export function withPlaced(shown: readonly Column[], column: Column, where: Column): Column[] {
  const to = shown.indexOf(where);
  if (!shown.includes(column) || to === -1) return [...shown];
  return withoutColumn(shown, column).toSpliced(to, 0, column);
}
