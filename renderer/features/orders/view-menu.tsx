import { Button, Checkbox, NativeSelect, Popover, SegmentedControl } from '@mantine/core';
import { IconAdjustmentsHorizontal } from '@tabler/icons-react';
import { memo } from 'react';
import { columns } from '../../../contract/settings.ts';
import { arrangementOf } from '../../store/arrangement.ts';
import type { Grouping } from '../../store/arrangement.ts';
import { useDesk, useSettings } from '../../store/app-context.tsx';
import { useStrings } from '../../strings/strings-context.tsx';
import { ColumnList } from './column-list.tsx';
import bar from './filter-bar.module.css';
import styles from './view-menu.module.css';

const groupings = ['none', 'urgency', 'store'] as const satisfies readonly Grouping[];

function GroupBy() {
  const { t } = useStrings();
  const [settings, change] = useSettings();
  return (
    <fieldset className={styles.part}>
      <legend>{t('view.group')}</legend>
      <SegmentedControl
        fullWidth
        size="xs"
        aria-label={t('view.group')}
        data={groupings.map((value) => ({ value, label: t(`view.group.${value}`) }))}
        value={arrangementOf(settings).grouping}
        onChange={(value) => change(value === 'none' ? { grouped: false } : { grouped: true, groupBy: value })}
      />
    </fieldset>
  );
}

function SortBy() {
  const { t } = useStrings();
  const [{ sorting }, change] = useSettings();
  const data = ['urgency' as const, ...columns].map((value) => ({ value, label: t(`column.${value}`) }));
  return (
    <fieldset className={styles.part}>
      <legend>{t('view.sort')}</legend>
      <NativeSelect
        size="xs"
        aria-label={t('view.sort')}
        value={sorting.by}
        data={data}
        onChange={({ currentTarget: { value } }) => {
          const by = data.find((each) => each.value === value)?.value ?? 'urgency';
          change({ sorting: { by, descending: by !== 'urgency' && sorting.descending } });
        }}
      />
      <Checkbox
        size="xs"
        label={t('view.descending')}
        disabled={sorting.by === 'urgency'}
        checked={sorting.by !== 'urgency' && sorting.descending}
        onChange={({ currentTarget: { checked } }) => change({ sorting: { ...sorting, descending: checked } })}
      />
    </fieldset>
  );
}

function Density() {
  const { t } = useStrings();
  const [{ density }, change] = useSettings();
  return (
    <fieldset className={styles.part}>
      <legend>{t('view.density')}</legend>
      <SegmentedControl
        fullWidth
        size="xs"
        aria-label={t('view.density')}
        data={(['comfortable', 'compact'] as const).map((value) => ({ value, label: t(`view.density.${value}`) }))}
        value={density}
        onChange={(value) => change({ density: value })}
      />
    </fieldset>
  );
}

function Columns() {
  const { t } = useStrings();
  return (
    <fieldset className={styles.part}>
      <legend>{t('view.columns')}</legend>
      <ColumnList />
    </fieldset>
  );
}

/** How the queue is arranged and what of it is shown, kept for the profile. */
export const ViewMenu = memo(function ViewMenu() {
  const { t } = useStrings();
  const arranged = useDesk(({ settings }) => settings.grouped || settings.sorting.by !== 'urgency');
  return (
    <Popover position="bottom-end" withinPortal trapFocus returnFocus width={290} shadow="md">
      <Popover.Target>
        <Button
          className={bar.tool ?? ''}
          variant={arranged ? 'light' : 'default'}
          size="sm"
          px="sm"
          title={t('view.title')}
          leftSection={<IconAdjustmentsHorizontal size={16} aria-hidden />}
        >
          <span className={bar.toolWord}>{t('view.open')}</span>
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('view.title')}>
        <div className={styles.parts}>
          <GroupBy />
          <SortBy />
          <Density />
          <Columns />
        </div>
      </Popover.Dropdown>
    </Popover>
  );
});
