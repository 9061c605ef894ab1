import type { ReactNode } from 'react';
import { Card } from '../../ui/card.tsx';
import { classNames } from '../../ui/class-names.ts';
import styles from './health-table.module.css';

/** A column; the first one names the rows. */
export interface HealthColumn<Row> {
  readonly name: string;
  readonly cell: (row: Row) => ReactNode;
  /** What stands on hover. */
  readonly title?: ((row: Row) => string | undefined) | undefined;
  /** Holds running text, which may break. */
  readonly text?: boolean;
}

export interface HealthTableProps<Row> {
  readonly title: string;
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  readonly columns: readonly [HealthColumn<Row>, ...HealthColumn<Row>[]];
  /** What stands there while there are no rows. */
  readonly empty: string;
  /** What is said above the rows. */
  readonly children?: ReactNode;
}

/** A titled table that scrolls sideways where there is no room for it, also by the keys. */
export function HealthTable<Row>({ title, rows, keyOf, columns, empty, children }: HealthTableProps<Row>) {
  const [head, ...others] = columns;
  return (
    <Card title={title}>
      {children}
      {rows.length === 0 ? <p className={styles.empty}>{empty}</p> : null}
      {rows.length > 0 ? (
        <div className={styles.scroll} tabIndex={0} role="group" aria-label={title}>
          <table className={styles.table}>
            <thead>
              <tr>
                {columns.map(({ name }) => (
                  <th key={name} scope="col">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={keyOf(row)}>
                  <th scope="row">{head.cell(row)}</th>
                  {others.map(({ name, cell, title: hover, text }) => (
                    <td key={name} title={hover?.(row)} className={classNames(text && styles.text)}>
                      {cell(row)}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : null}
    </Card>
  );
}
