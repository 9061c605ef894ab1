import type { StoreView } from '../../../contract/ipc.ts';
import { useAsOf } from '../../store/use-standing.ts';
import { useStrings } from '../../strings/strings-context.tsx';
import { IconAlertTriangle } from '@tabler/icons-react';
import { Mark } from '../../ui/mark.tsx';
import { HealthTable } from './health-table.tsx';

function Behind({ store }: { store: StoreView }) {
  const { t, format } = useStrings();
  const current = useAsOf() === null;
  const behind = Math.max(0, store.head - store.seq);
  // The gateway's newest is only known while it is heard.
  if (!current) return behind === 0 ? t('sources.notKnown') : t('stores.behindAtLeast', { count: behind });
  return behind === 0 ? t('stores.upToDate') : format.number(behind);
}

function SetAside({ count }: { count: number }) {
  const { format } = useStrings();
  if (count === 0) return format.number(0);
  return (
    <Mark tone="warn" icon={<IconAlertTriangle aria-hidden />}>
      {format.number(count)}
    </Mark>
  );
}

/** Per store: how far its log is held, to what time, and what could not be read. */
export function StoresTable({ stores }: { stores: readonly StoreView[] }) {
  const { t, format } = useStrings();
  return (
    <HealthTable
      title={t('health.stores')}
      rows={stores}
      keyOf={({ id }) => id}
      empty={t('health.storesEmpty')}
      columns={[
        {
          name: t('stores.store'),
          cell: (store) => (
            <>
              {store.name}
              <small>{`${store.currency} · ${store.timeZone}`}</small>
            </>
          ),
        },
        { name: t('stores.held'), cell: ({ seq }) => t('status.seq', { seq: format.number(seq) }) },
        { name: t('stores.newest'), cell: ({ head }) => t('status.seq', { seq: format.number(head) }) },
        { name: t('stores.behind'), cell: (store) => <Behind store={store} /> },
        {
          name: t('stores.asOf'),
          cell: ({ asOf }) => (asOf === null ? t('health.never') : format.time(asOf)),
          title: ({ asOf }) => (asOf === null ? undefined : format.full(asOf)),
        },
        {
          name: t('stores.quarantined'),
          cell: ({ quarantined }) => <SetAside count={quarantined} />,
          title: () => t('stores.quarantinedTitle'),
        },
      ]}
    />
  );
}
