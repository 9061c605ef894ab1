import { Switch, TextInput } from '@mantine/core';
import { useSettings } from '../../store/app-context.tsx';
import { useStrings } from '../../strings/strings-context.tsx';
import { Card } from '../../ui/card.tsx';
import styles from './settings-view.module.css';

/** Hours in which nothing sounds; a field that was emptied changes nothing. */
export function QuietCard() {
  const { t } = useStrings();
  const [{ quietHours }, change] = useSettings();
  const set = (end: 'from' | 'to', value: string) => {
    if (value !== '') change({ quietHours: { ...quietHours, [end]: value } });
  };
  return (
    <Card title={t('settings.quiet')}>
      <div className={styles.rows}>
        <Switch
          label={t('settings.quietOn')}
          description={t('settings.quietClock')}
          checked={quietHours.on}
          onChange={({ currentTarget }) => change({ quietHours: { ...quietHours, on: currentTarget.checked } })}
        />
        <div className={styles.span}>
          {(['from', 'to'] as const).map((end) => (
            <TextInput
              key={end}
              type="time"
              label={t(`settings.${end}`)}
              value={quietHours[end]}
              onChange={({ currentTarget }) => set(end, currentTarget.value)}
            />
          ))}
        </div>
      </div>
    </Card>
  );
}
