import { Loader } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useEffectEvent, useId, useMemo, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { useApp } from '../../store/app-context.tsx';
import { orderKey } from '../../store/order-key.ts';
import { useStrings } from '../../strings/strings-context.tsx';
import { keyOf } from '../shortcuts/shortcut-keys.ts';
import type { FinderAction } from './finder-action.ts';
import { FinderHeadline } from './finder-headline.tsx';
import { FinderList } from './finder-list.tsx';
import type { FinderRow } from './finder-row.ts';
import { FinderStanding } from './finder-standing.tsx';
import { useFinderKey } from './use-finder-key.ts';
import styles from './finder.module.css';
import { matchActions } from './match-actions.ts';
import { useFinderActions } from './use-finder-actions.ts';
import { useFinderSearch } from './use-finder-search.ts';
import type { FinderSearch } from './use-finder-search.ts';

const ACTIONS_MOST = 8;

function rowsOf(search: FinderSearch, actions: readonly FinderAction[]): readonly FinderRow[] {
  const answers = search.state === 'found' ? search.answers : [];
  return [
    ...answers.map((answer): FinderRow => {
      const { store, id } = answer.kind === 'order' ? answer.order : answer.payment;
      return { id: `${answer.kind} ${store}/${id}`, answer };
    }),
    ...actions.slice(0, ACTIONS_MOST).map((action): FinderRow => ({ id: action.id, action })),
  ];
}

/** What a key makes of the chosen row; null for a key that chooses none. */
function moved(key: string, at: number, count: number): number | null {
  if (count === 0) return null;
  if (key === 'ArrowDown') return (at + 1) % count;
  if (key === 'ArrowUp') return (at - 1 + count) % count;
  if (key === 'PageDown') return Math.min(at + 5, count - 1);
  if (key === 'PageUp') return Math.max(at - 5, 0);
  return null;
}

interface FinderBodyProps {
  /** @param takesFocus true where what was taken takes the focus itself */
  readonly onClose: (takesFocus: boolean) => void;
}

/** Goes where a row leads. */
function useTake(onClose: FinderBodyProps['onClose']): (row: FinderRow) => void {
  const { ui } = useApp();
  return (row) => {
    onClose(row.answer !== undefined);
    if (row.action) row.action.run();
    else if (row.answer.kind === 'order') {
      const key = orderKey(row.answer.order);
      ui.setState({ view: 'desk', active: key, opened: key });
    } else ui.setState({ view: 'desk', unmatched: true, opened: null });
  };
}

/** Enter while the answer is still coming takes the first once it is there, never what fitted before. */
function useEagerTake(state: FinderSearch['state'], first: FinderRow | undefined, take: (row: FinderRow) => void) {
  const [eager, setEager] = useState(false);
  const taken = useEffectEvent(take);
  useEffect(() => {
    if (eager && state !== 'searching' && first) taken(first);
  }, [eager, state, first]);
  return setEager;
}

export function FinderBody({ onClose }: FinderBodyProps) {
  const { t } = useStrings();
  const listId = useId();
  const [typed, setTyped] = useState('');
  const [chosen, setChosen] = useState<string | null>(null);
  const search = useFinderSearch(typed);
  const actions = useFinderActions();
  const ownKey = useFinderKey();
  const rows = useMemo(() => rowsOf(search, matchActions(actions, typed)), [search, actions, typed]);
  const place = rows.findIndex(({ id }) => id === chosen);
  const at = Math.max(0, place);
  const active = rows[at];
  const take = useTake(onClose);
  const setEager = useEagerTake(search.state, active, take);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    const next = moved(event.key, at, rows.length);
    const again = ownKey !== null && keyOf(event.nativeEvent) === ownKey;
    if (next === null && !again && event.key !== 'Enter') return;
    event.preventDefault();
    if (next !== null) setChosen(rows[next]?.id ?? null);
    else if (again) onClose(false);
    else if (search.state === 'searching' && place === -1) setEager(true);
    else if (active) take(active);
  };
  const type = (text: string): void => {
    setTyped(text);
    setChosen(null);
    setEager(false);
  };
  return (
    <div className={styles.finder}>
      <div className={styles.field}>
        {search.state === 'searching' ? <Loader size={18} color="teal" /> : <IconSearch size={18} aria-hidden />}
        <input
          data-autofocus
          type="text"
          role="combobox"
          aria-label={t('finder.label')}
          aria-expanded={rows.length > 0}
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={active ? `${listId} ${active.id}`.replaceAll(' ', '-') : undefined}
          placeholder={t('finder.placeholder')}
          autoComplete="off"
          spellCheck={false}
          maxLength={256}
          value={typed}
          onChange={({ currentTarget }) => type(currentTarget.value)}
          onKeyDown={onKeyDown}
        />
      </div>
      <FinderStanding search={search} />
      <FinderHeadline search={search} commands={rows.filter(({ action }) => action).length} />
      <FinderList id={listId} rows={rows} active={active?.id ?? null} onTake={take} onChoose={setChosen} />
      <p className={styles.keys} aria-hidden>
        {t('finder.keys')}
      </p>
    </div>
  );
}
