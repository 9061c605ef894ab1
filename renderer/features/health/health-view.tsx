import { AsOf } from '../../ui/as-of.tsx';
import { ScrollingView } from '../../ui/scrolling-view.tsx';
import { useDesk } from '../../store/app-context.tsx';
import { useStrings } from '../../strings/strings-context.tsx';
import { ClockCard } from './clock-card.tsx';
import { ConnectionCard } from './connection-card.tsx';
import { DeviceCard } from './device-card.tsx';
import { DiagnosticsCard } from './diagnostics-card.tsx';
import { DoctorCard } from './doctor-card.tsx';
import styles from './health-view.module.css';
import { HistoryCard } from './history/history-card.tsx';
import { QuarantineTable } from './quarantine-table.tsx';
import { SourcesTable } from './sources-table.tsx';
import { StoresTable } from './stores-table.tsx';
import { TrustAnswer } from './trust-answer.tsx';
import { WithdrawnStores } from './withdrawn-stores.tsx';

/** Can I trust this screen? The answer in words, then everything it rests on. */
export function HealthView() {
  const { t } = useStrings();
  const desk = useDesk((model) => model.desk);
  if (!desk) return null;
  return (
    <ScrollingView title={t('health.title')}>
      <div className={styles.head}>
        <h1>{t('health.title')}</h1>
        <AsOf />
      </div>
      <TrustAnswer />
      <WithdrawnStores withdrawn={desk.withdrawn} />
      <div className={styles.cards}>
        <ConnectionCard desk={desk} />
        <div className={styles.column}>
          <ClockCard desk={desk} />
          <DeviceCard desk={desk} />
        </div>
      </div>
      <HistoryCard />
      <SourcesTable stores={desk.stores} />
      <StoresTable stores={desk.stores} />
      <QuarantineTable stores={desk.stores} />
      {desk.gateway ? <DoctorCard gateway={desk.gateway.url} /> : null}
      <DiagnosticsCard />
    </ScrollingView>
  );
}
