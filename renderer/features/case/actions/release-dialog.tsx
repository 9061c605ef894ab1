import { Button, Group } from '@mantine/core';
import { useStrings } from '../../../strings/strings-context.tsx';
import { VerdictMark } from '../../orders/verdict-mark.tsx';
import type { Order } from '../../../../contract/order.ts';
import danger from '../../../ui/danger.module.css';
import { Dialog } from '../../../ui/dialog.tsx';
import styles from './reason-dialog.module.css';

export interface ReleaseDialogProps {
  readonly order: Order;
  readonly onClose: () => void;
  readonly onGive: () => void;
}

/** Goods handed over against the verdict are said twice, and both answers are in words. */
export function ReleaseDialog({ order, onClose, onGive }: ReleaseDialogProps) {
  const { t } = useStrings();
  return (
    <Dialog title={t('release.title', { reference: order.reference })} onClose={onClose}>
      <div className={styles.form}>
        <VerdictMark order={order} large />
        <p>{t('release.against')}</p>
        <Group justify="flex-end">
          <Button variant="default" data-autofocus onClick={onClose}>
            {t('release.keep')}
          </Button>
          <Button
            className={danger.button}
            onClick={() => {
              onGive();
              onClose();
            }}
          >
            {t('release.anyway')}
          </Button>
        </Group>
      </div>
    </Dialog>
  );
}
