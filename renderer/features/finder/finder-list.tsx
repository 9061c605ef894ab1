import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { useStrings } from '../../strings/strings-context.tsx';
import { classNames } from '../../ui/class-names.ts';
import { AnswerOption } from './answer-option.tsx';
import type { FinderRow } from './finder-row.ts';
import styles from './finder.module.css';

interface FinderListProps {
  readonly id: string;
  readonly rows: readonly FinderRow[];
  readonly active: string | null;
  readonly onTake: (row: FinderRow) => void;
  readonly onChoose: (id: string) => void;
}

interface OptionProps {
  readonly id: string;
  readonly active: boolean;
  readonly onTake: () => void;
  readonly onChoose: () => void;
  readonly children: ReactNode;
}

/** The focus stays in the field, which points at the chosen one. */
function Option({ id, active, onTake, onChoose, children }: OptionProps) {
  const self = useRef<HTMLDivElement | null>(null);
  useEffect(() => {
    if (active) self.current?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  return (
    <div
      ref={self}
      id={id.replaceAll(' ', '-')}
      role="option"
      aria-selected={active}
      className={classNames(styles.option, active && styles.active)}
      onMouseMove={onChoose}
      onMouseDown={(event) => event.preventDefault()}
      onClick={onTake}
    >
      {children}
    </div>
  );
}

function Command({ row }: { row: FinderRow }) {
  const Icon = row.action?.Icon;
  return (
    <span className={styles.command}>
      {Icon ? <Icon size={17} aria-hidden /> : null}
      {row.action?.label}
    </span>
  );
}

export function FinderList({ id, rows, active, onTake, onChoose }: FinderListProps) {
  const { t } = useStrings();
  const groups = [
    { name: t('finder.answers'), rows: rows.filter(({ answer }) => answer) },
    { name: t('finder.actions'), rows: rows.filter(({ action }) => action) },
  ].filter((group) => group.rows.length > 0);
  return (
    <div id={id} role="listbox" aria-label={t('finder.results')} className={styles.list}>
      {groups.map((group) => (
        <div key={group.name} role="group" aria-label={group.name}>
          <p className={styles.group} aria-hidden>
            {group.name}
          </p>
          {group.rows.map((row) => (
            <Option
              key={row.id}
              id={`${id} ${row.id}`}
              active={row.id === active}
              onTake={() => onTake(row)}
              onChoose={() => onChoose(row.id)}
            >
              {row.answer ? <AnswerOption answer={row.answer} /> : <Command row={row} />}
            </Option>
          ))}
        </div>
      ))}
    </div>
  );
}
