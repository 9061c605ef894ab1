import { Loader } from '@mantine/core';
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import { useApp, useDesk, useUi } from '../../store/app-context.tsx';
import type { OrderKey } from '../../store/order-key.ts';
import { useStrings } from '../../strings/strings-context.tsx';
import { classNames } from '../../ui/class-names.ts';
import { EmptyQueue } from './empty-queue.tsx';
import { OrderRow } from './order-row.tsx';
import styles from './order-queue.module.css';
import { nextActive } from './queue-move.ts';
import type { QueueRow, QueueRows } from './use-queue-rows.ts';

const ROW_PX = 48;
const GROUP_PX = 34;
const HEAD_PX = 34;

const columns = [
  ['state', 'queue.state'],
  ['reference', 'queue.reference'],
  ['price', 'queue.price'],
  ['crypto', 'queue.crypto'],
  ['what', 'queue.line'],
  ['verdict', 'queue.verdict'],
  ['source', 'queue.source'],
  ['age', 'queue.age'],
] as const;

function rowId(key: OrderKey): string {
  return `row-${key}`;
}

function Head() {
  const { t } = useStrings();
  return (
    <div role="rowgroup" className={styles.head}>
      <div role="row" aria-rowindex={1} className={styles.headRow}>
        {columns.map(([column, key]) => (
          <div key={column} role="columnheader" className={styles[column]}>
            {t(key)}
          </div>
        ))}
      </div>
    </div>
  );
}

function Group({ row, rowIndex, top }: { row: QueueRow & { kind: 'group' }; rowIndex: number; top: number }) {
  const { t, format } = useStrings();
  return (
    <div
      role="row"
      aria-rowindex={rowIndex}
      className={styles.group}
      style={{ height: GROUP_PX, transform: `translateY(${top}px)` }}
    >
      <div role="gridcell" aria-colspan={columns.length}>
        {t(`group.${row.urgency}`)} <small>{format.number(row.count)}</small>
      </div>
    </div>
  );
}

function useQueueVirtualizer(rows: readonly QueueRow[], activeIndex: number) {
  const scroller = useRef<HTMLDivElement | null>(null);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (rows[index]?.kind === 'group' ? GROUP_PX : ROW_PX),
    getItemKey: (index) => {
      const row = rows[index];
      return row?.kind === 'order' ? row.key : `group ${row?.urgency ?? index}`;
    },
    overscan: 10,
    scrollPaddingStart: HEAD_PX,
    // The row the keyboard stands on stays in the document, wherever it was scrolled to: the grid points at it.
    rangeExtractor: (range) => {
      const indexes = defaultRangeExtractor(range);
      if (activeIndex < 0 || indexes.includes(activeIndex)) return indexes;
      return [...indexes, activeIndex].sort((a, b) => a - b);
    },
  });
  return { scroller, virtualizer };
}

export function OrderQueue({ rows: { rows, shown, held } }: { rows: QueueRows }) {
  const { t } = useStrings();
  const { ui } = useApp();
  const active = useUi((model) => model.active);
  const opened = useUi((model) => model.opened);
  const complete = useDesk((model) => model.complete);
  const activeIndex = active === null ? -1 : rows.findIndex((row) => row.kind === 'order' && row.key === active);
  const { scroller, virtualizer } = useQueueVirtualizer(rows, activeIndex);
  const grouped = rows[0]?.kind === 'group';
  useEffect(() => virtualizer.measure(), [virtualizer, grouped]);

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
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / ROW_PX) - 2);
    const next = nextActive(rows, activeIndex, event.key, page);
    if (next === null) return;
    event.preventDefault();
    const row = rows[next];
    if (row?.kind === 'order') ui.setState({ active: row.key });
    virtualizer.scrollToIndex(next, { align: 'auto' });
  };
  return (
    <div
      ref={scroller}
      id="queue"
      role="grid"
      tabIndex={0}
      aria-label={t('queue.label')}
      aria-rowcount={rows.length + 1}
      aria-colcount={columns.length}
      aria-activedescendant={activeIndex >= 0 && active ? rowId(active) : undefined}
      aria-describedby="queue-keys"
      className={classNames(styles.queue)}
      onKeyDown={onKeyDown}
    >
      <Head />
      <div role="rowgroup" className={styles.body} style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ index, key, start, size }) => {
          const row = rows[index];
          if (!row) return null;
          if (row.kind === 'group') return <Group key={key} row={row} rowIndex={index + 2} top={start} />;
          return (
            <OrderRow
              key={key}
              id={rowId(row.key)}
              orderKey={row.key}
              rowIndex={index + 2}
              top={start}
              height={size}
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
