import type { StoreView } from '../../../contract/ipc.ts';
import { useApp, useDesk } from '../../store/app-context.tsx';
import { orderKey } from '../../store/order-key.ts';
import { faultText } from '../../strings/fault-text.ts';
import { useStrings } from '../../strings/strings-context.tsx';
import { Ago } from '../../ui/ago.tsx';
import { HealthTable } from './health-table.tsx';
import styles from './health-table.module.css';
import { useQuarantine } from './use-quarantine.ts';

/** The order an event is about, which opens it where this desk holds it. */
function OrderOf({ store, id }: { store: string; id: string | null }) {
  const { t } = useStrings();
  const { ui } = useApp();
  const key = id === null ? null : orderKey({ store, id });
  const reference = useDesk((model) => (key === null ? undefined : model.orders.get(key)?.reference));
  if (key === null) return t('quarantine.notSaid');
  if (reference === undefined) return id;
  return (
    <button
      type="button"
      className={styles.link}
      aria-label={t('quarantine.openOrder', { order: reference })}
      onClick={() => ui.setState({ view: 'desk', opened: key, active: key })}
    >
      {reference}
    </button>
  );
}

/** Events that could not be read [DL7]: what is known of each, and the order it may have been about. */
export function QuarantineTable({ stores }: { stores: readonly StoreView[] }) {
  const { t, tell, format } = useStrings();
  const { events, fault } = useQuarantine(stores);
  const names = new Map(stores.map(({ id, name }) => [id, name]));
  return (
    <HealthTable
      title={t('quarantine.title')}
      rows={events}
      keyOf={({ store, event }) => `${store} ${event.epoch} ${event.seq}`}
      empty={fault === null ? t('quarantine.none') : t('quarantine.unknown', { message: faultText(fault, tell) })}
      columns={[
        {
          name: t('quarantine.event'),
          cell: ({ store, event }) => (
            <>
              {t('status.seq', { seq: format.number(event.seq) })}
              {stores.length > 1 ? <small>{names.get(store)}</small> : null}
            </>
          ),
          title: ({ event }) => event.id ?? undefined,
        },
        { name: t('quarantine.kind'), cell: ({ event }) => event.kind ?? t('quarantine.notSaid') },
        { name: t('quarantine.order'), cell: ({ store, event }) => <OrderOf store={store} id={event.order} /> },
        { name: t('quarantine.reason'), cell: ({ event }) => event.reason, text: true },
        {
          name: t('quarantine.received'),
          cell: ({ event: { receivedAt } }) =>
            receivedAt === null ? t('quarantine.notSaid') : <Ago at={receivedAt} />,
        },
      ]}
    >
      {events.length > 0 ? <p className={styles.told}>{t('quarantine.note')}</p> : null}
    </HealthTable>
  );
}
