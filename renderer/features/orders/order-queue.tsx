import { Loader } from '@mantine/core';
import { useApp, useDesk, useUi } from '../../store/app-context.tsx';
import type { OrderKey } from '../../store/order-key.ts';
import { useStrings } from '../../strings/strings-context.tsx';
import { classNames } from '../../ui/class-names.ts';
import { EmptyQueue } from './empty-queue.tsx';
import { OrderRow } from './order-row.tsx';
import styles from './order-queue.module.css';
import { QueueHead } from './queue-head.tsx';
import { GROUP_PX, groupName } from './queue-layout.ts';
import type { QueueRow } from './queue-layout.ts';
import { nextActive } from './queue-move.ts';
import type { QueueRows } from './use-queue-rows.ts';
import { useRowWindow } from './use-row-window.ts';

const HEAD_PX = 34;

interface GroupProps {
  readonly row: QueueRow & { kind: 'group' };
  readonly rowIndex: number;
  readonly top: number;
  /** How many columns it spans. */
  readonly columns: number;
}

function rowId(key: OrderKey): string {
  return `row-${key}`;
}

function Group({ row, rowIndex, top, columns }: GroupProps) {
  const { t, format } = useStrings();
  const { of } = row;
  const store = useDesk(({ desk }) =>
    of.by === 'store' ? (desk?.stores.find(({ id }) => id === of.store)?.name ?? of.store) : '',
  );
  return (
    <div
      role="row"
      aria-rowindex={rowIndex}
      className={styles.group}
      style={{ height: GROUP_PX, transform: `translateY(${top}px)` }}
    >
      <div role="gridcell" aria-colspan={columns}>
        {of.by === 'urgency' ? t(`group.${of.urgency}`) : store} <small>{format.number(row.count)}</small>
      </div>
    </div>
  );
}

export function OrderQueue({ rows: { layout, shown, held } }: { rows: QueueRows }) {
  const { t } = useStrings();
  const { ui } = useApp();
  const active = useUi((model) => model.active);
  const opened = useUi((model) => model.opened);
  const complete = useDesk((model) => model.complete);
  const columns = useDesk((model) => model.settings.columns);
  const density = useDesk((model) => model.settings.density);
  const by = useDesk((model) => model.settings.sorting.by);
  const activeIndex = layout.indexOf(active);
  // The row the keyboard stands on stays in the document, wherever it was scrolled to: the grid points at it.
  const { scrollerRef, indexes, page, reveal } = useRowWindow(layout, HEAD_PX, activeIndex);

  if (shown === 0) {
    const loading = held === 0 && !complete;
    return (
      <div className={styles.blank}>
        {loading ? <Loader color="teal" aria-label={t('loading.orders')} /> : <EmptyQueue held={held} />}
      </div>
    );
  }
  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Enter' && activeIndex >= 0) {
      event.preventDefault();
      ui.setState({ opened: active });
      return;
    }
    const next = nextActive(layout, activeIndex, event.key, Math.max(1, page - 1));
    if (next === null) return;
    event.preventDefault();
    const row = layout.at(next);
    if (row?.kind === 'order') ui.setState({ active: row.key });
    reveal(next);
  };
  return (
    <div
      ref={scrollerRef}
      id="queue"
      role="grid"
      tabIndex={0}
      aria-label={by === 'urgency' ? t('queue.label') : t('queue.labelBy', { column: t(`column.${by}`) })}
      data-density={density}
      aria-rowcount={layout.length + 1}
      aria-colcount={columns.length}
      aria-activedescendant={activeIndex >= 0 && active ? rowId(active) : undefined}
      aria-describedby="queue-keys"
      className={classNames(styles.queue)}
      onKeyDown={onKeyDown}
    >
      <QueueHead columns={columns} />
      <div role="rowgroup" className={styles.body} style={{ height: layout.height }}>
        {indexes.map((index) => {
          const row = layout.at(index);
          if (!row) return null;
          const place = { rowIndex: index + 2, top: layout.topOf(index) };
          if (row.kind === 'group') {
            return <Group key={`group ${groupName(row.of)}`} row={row} {...place} columns={columns.length} />;
          }
          return (
            <OrderRow
              key={row.key}
              id={rowId(row.key)}
              orderKey={row.key}
              columns={columns}
              {...place}
              height={layout.rowPx}
              active={row.key === active}
              opened={row.key === opened}
            />
          );
        })}
      </div>
      <span id="queue-keys" className={styles.keys}>
        {t('keys.hint')}
      </span>
    </div>
  );
}
