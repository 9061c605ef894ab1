import { ActionIcon, Button, Popover, TextInput } from '@mantine/core';
import { IconBookmark, IconBookmarkFilled, IconTrash } from '@tabler/icons-react';
import { memo, useState } from 'react';
import { useApp, useDesk, useSettings, useUi } from '../../store/app-context.tsx';
import { filterFrom, sameFilter, SAVED_MOST, withSaved } from '../../store/saved-filters.ts';
import { useStrings } from '../../strings/strings-context.tsx';
import { classNames } from '../../ui/class-names.ts';
import bar from './filter-bar.module.css';
import styles from './saved-filters-menu.module.css';
import { useStoreIds } from './use-store-ids.ts';

function SavedList({ onApply }: { onApply: () => void }) {
  const { t } = useStrings();
  const { ui } = useApp();
  const [{ savedFilters }, change] = useSettings();
  const filter = useUi((model) => model.filter);
  const stores = useStoreIds();
  if (savedFilters.length === 0) return <p className={styles.none}>{t('saved.none')}</p>;
  return (
    <ul className={styles.list} aria-label={t('saved.title')}>
      {savedFilters.map((saved) => {
        const own = filterFrom(saved, stores);
        const applied = sameFilter(own, filter);
        return (
          <li key={saved.name}>
            <button
              type="button"
              aria-pressed={applied}
              className={classNames(styles.apply, applied && styles.applied)}
              onClick={() => {
                ui.setState({ filter: own });
                onApply();
              }}
            >
              {saved.name}
            </button>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t('saved.delete', { name: saved.name })}
              title={t('saved.delete', { name: saved.name })}
              onClick={() => change({ savedFilters: savedFilters.filter(({ name }) => name !== saved.name) })}
            >
              <IconTrash size={15} aria-hidden />
            </ActionIcon>
          </li>
        );
      })}
    </ul>
  );
}

function SaveForm() {
  const { t } = useStrings();
  const [{ savedFilters }, change] = useSettings();
  const filter = useUi((model) => model.filter);
  const [name, setName] = useState('');
  const known = savedFilters.some((saved) => saved.name === name.trim());
  const full = savedFilters.length >= SAVED_MOST && !known;
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() === '' || full) return;
        change({ savedFilters: withSaved(savedFilters, name, filter) });
        setName('');
      }}
    >
      <TextInput
        size="xs"
        label={t('saved.name')}
        description={full ? t('saved.full', { count: SAVED_MOST }) : undefined}
        maxLength={40}
        value={name}
        onChange={({ currentTarget }) => setName(currentTarget.value)}
      />
      <Button type="submit" size="xs" disabled={name.trim() === '' || full}>
        {known ? t('saved.replace') : t('saved.save')}
      </Button>
    </form>
  );
}

/** Filters under a name: one press shows what each of them shows. */
export const SavedFiltersMenu = memo(function SavedFiltersMenu() {
  const { t } = useStrings();
  const [open, setOpen] = useState(false);
  const filter = useUi((model) => model.filter);
  const saved = useDesk((model) => model.settings.savedFilters);
  const stores = useStoreIds();
  const applied = saved.find((each) => sameFilter(filterFrom(each, stores), filter));
  const Icon = applied ? IconBookmarkFilled : IconBookmark;
  return (
    <Popover
      opened={open}
      onChange={setOpen}
      position="bottom-end"
      withinPortal
      trapFocus
      returnFocus
      width={280}
      shadow="md"
    >
      <Popover.Target>
        <Button
          className={bar.tool ?? ''}
          variant={applied ? 'light' : 'default'}
          size="sm"
          px="sm"
          title={t('saved.title')}
          leftSection={<Icon size={16} aria-hidden />}
          onClick={() => setOpen(!open)}
        >
          <span className={bar.toolWord}>{applied?.name ?? t('saved.open')}</span>
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('saved.title')}>
        <SavedList onApply={() => setOpen(false)} />
        <SaveForm />
      </Popover.Dropdown>
    </Popover>
  );
});
