import { NativeSelect } from '@mantine/core';
import { useSettings } from '../../store/app-context.tsx';
import { useStrings } from '../../strings/strings-context.tsx';
import { Card } from '../../ui/card.tsx';
import styles from './settings-view.module.css';

/** Days that are offered; the least is what a desk keeps anyway [DL8]. */
const days = [3, 7, 30, 90, 365] as const;
const HOURS = 24;

/** How long this device keeps events that the gateway may have let go. */
export function DataCard() {
  const { t } = useStrings();
  const [{ retentionHours }, change] = useSettings();
  // A file may hold a number of hours that is not offered: it stays until another one is chosen.
  const offered = [...new Set([...days.map((each) => each * HOURS), retentionHours])].sort((a, b) => a - b);
  const said = (hours: number) =>
    hours % HOURS === 0 ? t('settings.days', { count: hours / HOURS }) : t('settings.hours', { count: hours });
  return (
    <Card title={t('settings.data')}>
      <div className={styles.rows}>
        <NativeSelect
          label={t('settings.retention')}
          description={t('settings.retentionHelp')}
          data={offered.map((hours) => ({ value: String(hours), label: said(hours) }))}
          value={String(retentionHours)}
          onChange={({ currentTarget }) => change({ retentionHours: Number(currentTarget.value) })}
        />
      </div>
    </Card>
  );
}
