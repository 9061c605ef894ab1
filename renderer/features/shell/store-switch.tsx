import { NativeSelect } from '@mantine/core';
import { useEffect } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { useApp, useDesk, useUi } from '../../store/app-context.tsx';
import { useStrings } from '../../strings/strings-context.tsx';
import styles from './header.module.css';

/** What was chosen of a store that is gone would hide everything. */
function useKnownStore(ids: readonly string[]): void {
  const { ui } = useApp();
  const chosen = useUi((model) => model.filter.store);
  const gone = chosen !== null && ids.length > 0 && !ids.includes(chosen);
  useEffect(() => {
    if (gone) ui.setState(({ filter }) => ({ filter: { ...filter, store: null } }));
  }, [gone, ui]);
}

/** Which store is looked at; those that this desk may not watch any more are named, and cannot be chosen. */
export function StoreSwitch() {
  const { t } = useStrings();
  const { ui } = useApp();
  const chosen = useUi((model) => model.filter.store);
  const ids = useDesk(useShallow((model) => (model.desk?.stores ?? []).map(({ id }) => id)));
  const names = useDesk(useShallow((model) => (model.desk?.stores ?? []).map(({ name }) => name)));
  const gone = useDesk(useShallow((model) => (model.desk?.withdrawn ?? []).map(({ name }) => name)));
  useKnownStore(ids);
  const options = ids.map((value, n) => ({ value, label: names[n] ?? value }));
  const withdrawn = gone.map((name) => ({
    ...{ value: `withdrawn ${name}`, label: t('header.withdrawn', { store: name }), disabled: true },
  }));
  if (options.length + withdrawn.length <= 1) return <span className={styles.store}>{options[0]?.label}</span>;
  const all = options.length > 1 ? [{ value: '', label: t('header.allStores') }] : [];
  return (
    <NativeSelect
      size="xs"
      className={styles.stores ?? ''}
      aria-label={t('header.store')}
      value={chosen ?? (options.length > 1 ? '' : (options[0]?.value ?? ''))}
      data={[...all, ...options, ...withdrawn]}
      onChange={({ currentTarget }) => {
        const store = currentTarget.value === '' ? null : currentTarget.value;
        ui.setState(({ filter }) => ({ filter: { ...filter, store } }));
      }}
    />
  );
}
