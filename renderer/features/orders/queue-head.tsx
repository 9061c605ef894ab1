import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { memo } from 'react';
import type { Column } from '../../../contract/settings.ts';
import { nextSorting } from '../../store/arrangement.ts';
import { useSettings } from '../../store/app-context.tsx';
import { useStrings } from '../../strings/strings-context.tsx';
import { classNames } from '../../ui/class-names.ts';
import styles from './order-queue.module.css';
import widths from './queue-columns.module.css';

/**
 * The columns' names; pressed, the queue is sorted by one, then the other way round, then by urgency again. The queue is
 * one stop of the keyboard, which finds the same choice under View.
 */
export const QueueHead = memo(function QueueHead({ columns }: { columns: readonly Column[] }) {
  const { t } = useStrings();
  const [{ sorting }, change] = useSettings();
  return (
    <div role="rowgroup" className={styles.head}>
      <div role="row" aria-rowindex={1} className={styles.headRow}>
        {columns.map((column) => {
          const sorted = sorting.by === column;
          const Arrow = sorting.descending ? IconArrowDown : IconArrowUp;
          const direction = sorting.descending ? 'descending' : 'ascending';
          return (
            <div
              key={column}
              role="columnheader"
              data-column={column}
              className={widths[column]}
              {...(sorted && { 'aria-sort': direction })}
            >
              <button
                type="button"
                tabIndex={-1}
                className={classNames(styles.sort, sorted && styles.sorted)}
                title={t('queue.sortBy', { column: t(`column.${column}`) })}
                onClick={() => change({ sorting: nextSorting(sorting, column) })}
              >
                <span>{t(`column.${column}`)}</span>
                {sorted ? <Arrow size={13} aria-hidden /> : null}
              </button>
            </div>
          );
        })}
      </div>
    </div>
  );
});
