import { Alert, Button, CloseButton, Skeleton } from '@mantine/core';
import { IconAlertTriangle, IconDatabase } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useApp, useDesk } from '../../store/app-context.tsx';
import type { OrderKey } from '../../store/order-key.ts';
import { useStrings } from '../../strings/strings-context.tsx';
import { AsOf } from '../../ui/as-of.tsx';
import { FlagMarks } from '../orders/flag-marks.tsx';
import { StateCell } from '../orders/state-cell.tsx';
import { CaseActions } from './actions/case-actions.tsx';
import { CaseFacts } from './case-facts.tsx';
import { CaseMoney } from './case-money.tsx';
import { CaseNotes } from './case-notes.tsx';
import styles from './case-panel.module.css';
import { CaseVerdict } from './case-verdict.tsx';
import { CaseWitnesses } from './case-witnesses.tsx';
import { NamedTransactions } from './named-transactions.tsx';
import { PaymentsList } from './payments-list.tsx';
import { Timeline } from './timeline.tsx';
import { useOrderHistory } from './use-order-history.ts';
import type { HistoryShown } from './use-order-history.ts';

function HistoryNotes({ history, error, retry }: HistoryShown) {
  const { t } = useStrings();
  return (
    <>
      {error ? (
        <Alert color="red" icon={<IconAlertTriangle aria-hidden />} title={t('case.errorTitle')} role="alert">
          <p>{error.code === 'order-unknown' ? t('case.error.order-unknown') : error.message}</p>
          <Button size="compact-sm" mt="xs" variant="default" onClick={retry}>
            {t('case.retry')}
          </Button>
        </Alert>
      ) : null}
      {history?.from === 'journal' ? (
        <p className={styles.note}>
          <IconDatabase size={15} aria-hidden />
          {t('case.fromJournal')}
        </p>
      ) : null}
      {history && !history.complete ? <p className={styles.note}>{t('case.incomplete')}</p> : null}
    </>
  );
}

function Loading() {
  const { t } = useStrings();
  return (
    <div className={styles.loading} role="status" aria-label={t('case.loading')}>
      <Skeleton height={14} width="60%" />
      <Skeleton height={14} width="85%" />
      <Skeleton height={14} width="70%" />
    </div>
  );
}

/** One order beside the queue: first what to do and why, then money, payments, and all that happened. */
export function CasePanel({ orderKey }: { orderKey: OrderKey }) {
  const { t } = useStrings();
  const { ui } = useApp();
  const shown = useOrderHistory(orderKey);
  const held = useDesk((model) => model.orders.get(orderKey));
  const heading = useRef<HTMLHeadingElement | null>(null);
  const order = held ?? shown.history?.order;
  const found = order !== undefined;
  useEffect(() => heading.current?.focus({ preventScroll: true }), [found]);
  const note = useRef<HTMLTextAreaElement | null>(null);
  const writeNote = () => {
    note.current?.focus();
  };
  const close = () => {
    ui.setState({ opened: null });
    document.getElementById('queue')?.focus();
  };
  const label = t('case.label', { reference: order?.reference ?? '' });
  return (
    <aside className={styles.panel} aria-label={label}>
      <div className={styles.head}>
        <h2 ref={heading} tabIndex={-1}>
          {order ? order.reference || order.sourceRef : ''}
        </h2>
        {order ? <StateCell order={order} /> : null}
        <span className={styles.space} />
        <AsOf />
        <CloseButton aria-label={t('case.close')} onClick={close} />
      </div>
      <div className={styles.body} tabIndex={0} role="region" aria-label={label}>
        {order ? (
          <>
            <CaseVerdict order={order} />
            <CaseActions order={order} onNote={writeNote} />
            <FlagMarks flags={order.flags} />
            <CaseMoney order={order} />
            <CaseWitnesses order={order} />
            <PaymentsList order={order} />
            <NamedTransactions order={order} />
          </>
        ) : null}
        <HistoryNotes {...shown} />
        {shown.loading && !shown.history ? <Loading /> : null}
        {shown.history ? <Timeline store={shown.history.order.store} events={shown.history.events} /> : null}
        {order ? (
          <>
            <CaseNotes order={order} field={note} />
            <CaseFacts order={order} />
          </>
        ) : null}
      </div>
    </aside>
  );
}
