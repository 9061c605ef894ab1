import { ActionIcon } from '@mantine/core';
import { IconChartBar, IconPhotoDown, IconTable } from '@tabler/icons-react';
import { useId, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { useStrings } from '../../../strings/strings-context.tsx';
import { useSavePicture } from '../png/use-save-picture.ts';
import type { ChartTable } from './chart-table.ts';
import unseen from '../../../ui/unseen.module.css';
import styles from './chart.module.css';
import { useTurn } from './turn-context.tsx';

export interface ChartCardProps {
  readonly title: string;
  readonly note?: string | undefined;
  /** What is told beside the title, in words. */
  readonly summary?: string | undefined;
  /** Part of the name of a saved picture. */
  readonly name: string;
  readonly table: ChartTable;
  /** What the lines are, where there are several. */
  readonly legend?: readonly { readonly name: string; readonly dashed: boolean }[];
  readonly wide?: boolean;
  /** The chart. */
  readonly children: ReactNode;
}

function Table({ table, title, shown }: { table: ChartTable; title: string; shown: boolean }) {
  const rows = (
    <table className={styles.table}>
      <caption className={unseen.unseen}>{title}</caption>
      <thead>
        <tr>
          {table.columns.map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {table.rows.map(({ key, cells: [first, ...others] }) => (
          <tr key={key}>
            <th scope="row">{first}</th>
            {others.map((cell, n) => (
              <td key={table.columns[n + 1]}>{cell}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
  if (!shown) return <div className={unseen.unseen}>{rows}</div>;
  return (
    <div className={styles.scroll} tabIndex={0} role="group" aria-label={title}>
      {rows}
    </div>
  );
}

/** A chart with its table: one is seen, the table is always there for those who listen. */
export function ChartCard({ title, note, summary, name, table, legend, wide, children }: ChartCardProps) {
  const { t } = useStrings();
  const id = useId();
  const chart = useRef<HTMLDivElement>(null);
  const [asTable, setAsTable] = useState(false);
  const drawn = useTurn();
  const picture = useSavePicture(chart, { title, note, summary, name, legend });
  const toggle = t(asTable ? 'chart.chart' : 'chart.table');
  const button = { variant: 'subtle', color: 'gray', size: 'md' } as const;
  return (
    <section className={styles.card} data-wide={wide} aria-labelledby={id}>
      <div className={styles.head}>
        <h2 id={id}>{title}</h2>
        <ActionIcon {...button} aria-label={`${toggle}: ${title}`} title={toggle} onClick={() => setAsTable(!asTable)}>
          {asTable ? <IconChartBar size={17} aria-hidden /> : <IconTable size={17} aria-hidden />}
        </ActionIcon>
        {asTable || table.rows.length === 0 ? null : (
          <ActionIcon
            {...button}
            aria-label={`${t('chart.save')}: ${title}`}
            title={t('chart.save')}
            onClick={picture.save}
          >
            <IconPhotoDown size={17} aria-hidden />
          </ActionIcon>
        )}
      </div>
      {summary === undefined ? null : <p className={styles.summary}>{summary}</p>}
      {note === undefined ? null : <p className={styles.note}>{note}</p>}
      <p className={styles.told} role="status">
        {picture.told}
      </p>
      {table.rows.length === 0 ? <p className={styles.none}>{t('chart.none')}</p> : null}
      {asTable || table.rows.length === 0 ? null : (
        <div ref={chart} className={styles.chart} aria-hidden="true">
          {drawn ? children : <div className={styles.coming} />}
        </div>
      )}
      {legend && !asTable && table.rows.length > 0 ? (
        <ul className={styles.legend} aria-hidden="true">
          {legend.map((line) => (
            <li key={line.name} data-dashed={line.dashed}>
              {line.name}
            </li>
          ))}
        </ul>
      ) : null}
      {table.rows.length > 0 ? <Table table={table} title={title} shown={asTable} /> : null}
    </section>
  );
}
