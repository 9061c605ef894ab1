import type { StoreView } from '../../../contract/ipc.ts';
import { useAsOf } from '../../store/use-standing.ts';
import { useStrings } from '../../strings/strings-context.tsx';
import { Card } from '../../ui/card.tsx';
import { IconAlertTriangle } from '@tabler/icons-react';
import { Mark } from '../../ui/mark.tsx';
import styles from './health-table.module.css';

function Behind({ store }: { store: StoreView }) {
  const { t, format } = useStrings();
  const current = useAsOf() === null;
  const behind = Math.max(0, store.head - store.seq);
  // The gateway's newest is only known while it is heard.
  if (!current) return behind === 0 ? t('sources.notKnown') : t('stores.behindAtLeast', { count: behind });
  return behind === 0 ? t('stores.upToDate') : format.number(behind);
}

/** Per store: how far its log is held, to what time, and what could not be read. */
export function StoresTable({ stores }: { stores: readonly StoreView[] }) {
  const { t, format } = useStrings();
  return (
    <Card title={t('health.stores')}>
      {stores.length === 0 ? <p>{t('health.storesEmpty')}</p> : null}
      {stores.length > 0 ? (
        <div className={styles.scroll} tabIndex={0} role="group" aria-label={t('health.stores')}>
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">{t('stores.store')}</th>
                <th scope="col">{t('stores.held')}</th>
                <th scope="col">{t('stores.newest')}</th>
                <th scope="col">{t('stores.behind')}</th>
                <th scope="col">{t('stores.asOf')}</th>
                <th scope="col">{t('stores.quarantined')}</th>
              </tr>
            </thead>
            <tbody>
              {stores.map((store) => (
                <tr key={store.id}>
                  <th scope="row">
                    {store.name}
                    <small>{`${store.currency} · ${store.timeZone}`}</small>
                  </th>
                  <td>{t('status.seq', { seq: format.number(store.seq) })}</td>
                  <td>{t('status.seq', { seq: format.number(store.head) })}</td>
                  <td>
                    <Behind store={store} />
                  </td>
                  <td title={store.asOf === null ? undefined : format.full(store.asOf)}>
                    {store.asOf === null ? t('health.never') : format.time(store.asOf)}
                  </td>
                  <td title={t('stores.quarantinedTitle')}>
                    {store.quarantined > 0 ? (
                      <Mark tone="warn" icon={<IconAlertTriangle aria-hidden />}>
                        {format.number(store.quarantined)}
                      </Mark>
                    ) : (
                      format.number(0)
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : null}
    </Card>
  );
}
