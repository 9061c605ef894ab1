import { Switch } from '@mantine/core';
import { useDesk, useSettings } from '../../store/app-context.tsx';
import { useStrings } from '../../strings/strings-context.tsx';
import { Card } from '../../ui/card.tsx';
import styles from './settings-view.module.css';
import { useGateways } from './use-gateways.ts';

export function NotificationsCard() {
  const { t } = useStrings();
  const [{ notifications }, change] = useSettings();
  const several = (useGateways().list?.length ?? 0) > 1;
  const inBrowser = useDesk((model) => model.info?.host === 'browser');
  return (
    <Card title={t('settings.notifications')}>
      <div className={styles.rows}>
        <Switch
          label={t('settings.notificationsOn')}
          description={t(inBrowser ? 'settings.notificationsBrowser' : 'settings.notificationsQuiet')}
          checked={notifications}
          onChange={({ currentTarget }) => change({ notifications: currentTarget.checked })}
        />
        {several ? <p className={styles.soft}>{t('settings.notificationsShown')}</p> : null}
      </div>
    </Card>
  );
}
