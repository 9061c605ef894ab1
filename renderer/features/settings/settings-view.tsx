import { Alert } from '@mantine/core';
import { useDesk } from '../../store/app-context.tsx';
import { faultText } from '../../strings/fault-text.ts';
import { useStrings } from '../../strings/strings-context.tsx';
import { ScrollingView } from '../../ui/scrolling-view.tsx';
import health from '../health/health-view.module.css';
import { AppearanceCard } from './appearance-card.tsx';
import { DataCard } from './data-card.tsx';
import { ExplorersCard } from './explorers-card.tsx';
import { GatewaysCard } from './gateways-card.tsx';
import { NotificationsCard } from './notifications-card.tsx';
import { ProxyCard } from './proxy-card.tsx';
import { QuietCard } from './quiet-card.tsx';
import styles from './settings-view.module.css';
import { ShortcutsCard } from './shortcuts-card.tsx';
import { SoundsCard } from './sounds-card.tsx';
import { TourCard } from './tour-card.tsx';

/** What a person sets for this profile; every change counts at once. */
export function SettingsView() {
  const { t, tell } = useStrings();
  const fault = useDesk((model) => model.settingsFault);
  return (
    <ScrollingView title={t('settings.title')}>
      <div className={styles.head}>
        <h1>{t('settings.title')}</h1>
        <p className={styles.soft}>{t('settings.explain')}</p>
      </div>
      {fault === null ? null : (
        <Alert color="yellow" role="alert">
          {t('settings.notKept', { reason: faultText(fault, tell) })}
        </Alert>
      )}
      <div className={styles.columns}>
        <div className={health.column}>
          <AppearanceCard />
          <SoundsCard />
          <QuietCard />
          <NotificationsCard />
          <ExplorersCard />
          <TourCard />
        </div>
        <div className={health.column}>
          <GatewaysCard />
          <ShortcutsCard />
          <ProxyCard />
          <DataCard />
        </div>
      </div>
    </ScrollingView>
  );
}
