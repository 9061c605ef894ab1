import { Alert, SegmentedControl, Switch } from '@mantine/core';
import { useDesk, useSettings } from '../../store/app-context.tsx';
import { useStrings } from '../../strings/strings-context.tsx';
import { Card } from '../../ui/card.tsx';
import health from '../health/health-view.module.css';
import { appearances } from '../shell/appearance.ts';
import { QuietCard } from './quiet-card.tsx';
import styles from './settings-view.module.css';
import { SoundsCard } from './sounds-card.tsx';

function AppearanceCard() {
  const { t } = useStrings();
  const [{ appearance, grouped }, change] = useSettings();
  return (
    <Card title={t('settings.appearance')}>
      <div className={styles.rows}>
        <SegmentedControl
          aria-label={t('settings.appearance')}
          data={appearances.map((value) => ({ value, label: t(`theme.${value}`) }))}
          value={appearance}
          onChange={(value) => change({ appearance: value })}
        />
        <Switch
          label={t('settings.grouped')}
          checked={grouped}
          onChange={({ currentTarget }) => change({ grouped: currentTarget.checked })}
        />
      </div>
    </Card>
  );
}

function NotificationsCard() {
  const { t } = useStrings();
  const [{ notifications }, change] = useSettings();
  const inBrowser = useDesk((model) => model.info?.host === 'browser');
  return (
    <Card title={t('settings.notifications')}>
      <div className={styles.rows}>
        <Switch
          label={t('settings.notificationsOn')}
          description={inBrowser ? t('settings.notificationsBrowser') : undefined}
          checked={notifications}
          onChange={({ currentTarget }) => change({ notifications: currentTarget.checked })}
        />
      </div>
    </Card>
  );
}

/** What a person sets for this profile; every change counts at once. */
export function SettingsView() {
  const { t } = useStrings();
  const fault = useDesk((model) => model.settingsFault);
  return (
    <div className={health.view} tabIndex={0} role="region" aria-label={t('settings.title')}>
      <div className={health.head}>
        <h1>{t('settings.title')}</h1>
        <p className={styles.soft}>{t('settings.explain')}</p>
      </div>
      {fault === null ? null : (
        <Alert color="yellow" role="alert">
          {t('settings.notKept', { reason: fault })}
        </Alert>
      )}
      <div className={health.cards}>
        <AppearanceCard />
        <SoundsCard />
        <QuietCard />
        <NotificationsCard />
      </div>
    </div>
  );
}
