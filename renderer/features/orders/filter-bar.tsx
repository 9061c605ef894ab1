import { CloseButton, NativeSelect, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { memo, useDeferredValue, useEffect, useRef, useState } from 'react';
import type { Ref } from 'react';
import { useApp, useDesk, useUi } from '../../store/app-context.tsx';
import { statusFilters } from '../../store/order-filter.ts';
import type { OrderFilter } from '../../store/order-filter.ts';
import { useStrings } from '../../strings/strings-context.tsx';
import { AsOf } from '../../ui/as-of.tsx';
import styles from './filter-bar.module.css';
import { SavedFiltersMenu } from './saved-filters-menu.tsx';
import type { QueueRows } from './use-queue-rows.ts';
import { ViewMenu } from './view-menu.tsx';

function useSetFilter(): (change: Partial<OrderFilter>) => void {
  const { ui } = useApp();
  return (change) => ui.setState(({ filter }) => ({ filter: { ...filter, ...change } }));
}

/**
 * Typing stays quick however many orders are searched: the queue follows when there is time. What comes back of what was
 * typed here is told from what something else set: it may be older than the last key by now.
 */
function useTypedText(): readonly [string, (text: string) => void] {
  const { ui } = useApp();
  const [text, setText] = useState(() => ui.getState().filter.text);
  const settled = useDeferredValue(text);
  const told = useRef(text);
  useEffect(() => {
    if (told.current === settled) return;
    told.current = settled;
    ui.setState(({ filter }) => ({ filter: { ...filter, text: settled } }));
  }, [ui, settled]);
  useEffect(
    () =>
      ui.subscribe(({ filter }) => {
        if (filter.text === told.current) return;
        told.current = filter.text;
        setText(filter.text);
      }),
    [ui],
  );
  return [text, setText];
}

const Search = memo(function Search({ searchRef }: { searchRef: Ref<HTMLInputElement> }) {
  const { t } = useStrings();
  const [text, setText] = useTypedText();
  return (
    <TextInput
      ref={searchRef}
      className={styles.search ?? ''}
      type="search"
      size="sm"
      aria-label={t('filter.search')}
      placeholder={t('filter.placeholder')}
      leftSection={<IconSearch size={16} aria-hidden />}
      rightSection={
        text === '' ? (
          <kbd className={styles.key} aria-hidden>
            {t('filter.searchKey')}
          </kbd>
        ) : (
          <CloseButton size="sm" aria-label={t('filter.clearSearch')} onClick={() => setText('')} />
        )
      }
      value={text}
      onChange={({ currentTarget }) => setText(currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        if (text !== '') setText('');
        else event.currentTarget.blur();
      }}
    />
  );
});

const SourceSelect = memo(function SourceSelect() {
  const { t } = useStrings();
  const setFilter = useSetFilter();
  const chosen = useUi((model) => model.filter.source);
  // A chain that is only watched brings no orders of its own, and is none of them.
  const sources = useDesk((model) => model.sources);
  if (sources.length < 2 && chosen === null) return null;
  return (
    <NativeSelect
      size="sm"
      aria-label={t('filter.source')}
      value={chosen ?? ''}
      data={[{ value: '', label: t('filter.allSources') }, ...sources]}
      onChange={({ currentTarget }) => setFilter({ source: currentTarget.value === '' ? null : currentTarget.value })}
    />
  );
});

const Statuses = memo(function Statuses() {
  const { t } = useStrings();
  const setFilter = useSetFilter();
  const status = useUi((model) => model.filter.status);
  return (
    <div className={styles.statuses} role="radiogroup" aria-label={t('filter.status')}>
      {statusFilters.map((each) => (
        <label key={each} className={styles.status}>
          <input type="radio" name="status" checked={status === each} onChange={() => setFilter({ status: each })} />
          <span>{t(`filter.${each}`)}</span>
        </label>
      ))}
    </div>
  );
});

/** Its parts are drawn anew when they change, and not with every order that comes: only the number does. */
export function FilterBar({ rows, searchRef }: { rows: QueueRows; searchRef: Ref<HTMLInputElement> }) {
  const { t, format } = useStrings();
  return (
    <search className={styles.bar} aria-label={t('filter.label')}>
      <Search searchRef={searchRef} />
      <Statuses />
      <SourceSelect />
      <span className={styles.asOf}>
        <AsOf />
      </span>
      <span className={styles.shown}>
        {rows.shown === rows.held
          ? t('filter.shown', { count: rows.held })
          : t('filter.shownOf', { shown: format.number(rows.shown), count: rows.held })}
      </span>
      <SavedFiltersMenu />
      <ViewMenu />
    </search>
  );
}
