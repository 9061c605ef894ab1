import { ActionIcon, Checkbox } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconGripVertical } from '@tabler/icons-react';
import { useLayoutEffect, useRef, useState } from 'react';
import { columns } from '../../../contract/settings.ts';
import type { Column } from '../../../contract/settings.ts';
import { withColumn, withMoved, withoutColumn, withPlaced } from '../../store/column-order.ts';
import { useSettings } from '../../store/app-context.tsx';
import { useStrings } from '../../strings/strings-context.tsx';
import { classNames } from '../../ui/class-names.ts';
import styles from './column-list.module.css';

/** Which order it is, and whether to hand over: never hidden. */
const always: ReadonlySet<Column> = new Set<Column>(['order', 'verdict']);

/** A button that moves keeps the focus, though its row was taken out of the document and put in again elsewhere. */
function useKeptFocus(shown: readonly Column[]) {
  const pressed = useRef<HTMLElement | null>(null);
  useLayoutEffect(() => {
    pressed.current?.focus();
    pressed.current = null;
  }, [shown]);
  return pressed;
}

interface MoveProps {
  readonly column: Column;
  readonly by: -1 | 1;
  readonly blocked: boolean;
  readonly onMove: (button: HTMLElement) => void;
}

function Move({ column, by, blocked, onMove }: MoveProps) {
  const { t } = useStrings();
  const Icon = by === -1 ? IconArrowUp : IconArrowDown;
  const label = t(by === -1 ? 'view.columnUp' : 'view.columnDown', { column: t(`column.${column}`) });
  return (
    <ActionIcon
      size={24}
      variant="subtle"
      color="gray"
      aria-label={label}
      title={label}
      // Not `disabled`, which would take the focus away at the end of the way.
      aria-disabled={blocked}
      {...(blocked && { 'data-disabled': true })}
      onClick={({ currentTarget }) => {
        if (!blocked) onMove(currentTarget);
      }}
    >
      <Icon size={14} aria-hidden />
    </ActionIcon>
  );
}

interface RowProps {
  readonly column: Column;
  /** Place among the shown ones, from 0; -1 while it is hidden. */
  readonly place: number;
  readonly count: number;
  readonly onToggle: (on: boolean) => void;
  readonly onMove: (by: -1 | 1, button: HTMLElement) => void;
}

function Row({ column, place, count, onToggle, onMove }: RowProps) {
  const { t } = useStrings();
  const hidden = place === -1;
  return (
    <>
      <IconGripVertical size={14} aria-hidden className={classNames(styles.grip, hidden && styles.none)} />
      <Checkbox
        size="xs"
        label={t(`column.${column}`)}
        disabled={always.has(column)}
        checked={!hidden}
        onChange={({ currentTarget: { checked } }) => onToggle(checked)}
      />
      {hidden ? null : (
        <span className={styles.moves}>
          <Move column={column} by={-1} blocked={place === 0} onMove={(button) => onMove(-1, button)} />
          <Move column={column} by={1} blocked={place === count - 1} onMove={(button) => onMove(1, button)} />
        </span>
      )}
    </>
  );
}

/** The queue's columns: which are shown, and in which order, by buttons or by dragging one to another's place. */
export function ColumnList() {
  const { t, format } = useStrings();
  const [settings, change] = useSettings();
  const [drag, setDrag] = useState<{ readonly column: Column; readonly order: readonly Column[] } | null>(null);
  const [told, setTold] = useState('');
  const pressed = useKeptFocus(settings.columns);
  const shown = drag?.order ?? settings.columns;
  const set = (next: readonly Column[]) => change({ columns: [...next] });
  const move = (column: Column, by: -1 | 1, button: HTMLElement) => {
    const next = withMoved(shown, column, by);
    pressed.current = button;
    const place = format.number(next.indexOf(column) + 1);
    setTold(t('view.columnMoved', { column: t(`column.${column}`), place, count: next.length }));
    set(next);
  };
  return (
    <>
      <ul className={styles.columns} aria-label={t('view.columns')}>
        {[...shown, ...columns.filter((each) => !shown.includes(each))].map((column) => {
          const place = shown.indexOf(column);
          return (
            <li
              key={column}
              className={classNames(styles.column, drag?.column === column && styles.dragged)}
              draggable={place !== -1}
              onDragStart={() => setDrag({ column, order: shown })}
              onDragOver={(event) => {
                if (drag === null || place === -1) return;
                event.preventDefault();
                if (drag.column !== column) setDrag({ ...drag, order: withPlaced(shown, drag.column, column) });
              }}
              onDrop={(event) => {
                event.preventDefault();
                if (drag !== null) set(drag.order);
              }}
              // Let go of anywhere else, all stays as it was.
              onDragEnd={() => setDrag(null)}
            >
              <Row
                column={column}
                place={place}
                count={shown.length}
                onToggle={(on) => set(on ? withColumn(shown, column) : withoutColumn(shown, column))}
                onMove={(by, button) => move(column, by, button)}
              />
            </li>
          );
        })}
      </ul>
      <p role="status" className={styles.told}>
        {told}
      </p>
    </>
  );
}
