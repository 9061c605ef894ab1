import { Alert, Button, Skeleton } from '@mantine/core';
import { IconAlertTriangle, IconDatabase } from '@tabler/icons-react';
import { faultText } from '../../strings/fault-text.ts';
import { useStrings } from '../../strings/strings-context.tsx';
import styles from './history-state.module.css';
import type { HistoryShown } from './use-order-history.ts';

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

/** Where an order's history comes from and what of it is missing, or that it could not be read, and what to do. */
export function HistoryState({ history, error, loading, retry }: HistoryShown) {
  const { t, tell } = useStrings();
  return (
    <>
      {error ? (
        <Alert color="red" icon={<IconAlertTriangle aria-hidden />} title={t('case.errorTitle')} role="alert">
          <p>{error.code === 'unknown-order' ? t('case.error.unknown-order') : faultText(error.message, tell)}</p>
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
      {loading && !history ? <Loading /> : null}
    </>
  );
}
