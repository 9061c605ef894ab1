import { Button, Group, Textarea } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useState } from 'react';
import type { Order } from '../../../../contract/order.ts';
import { useTick } from '../../../store/app-context.tsx';
import { useAsOf } from '../../../store/use-standing.ts';
import { useStrings } from '../../../strings/strings-context.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import styles from '../actions/reason-dialog.module.css';
import { customerText } from './customer-text.ts';

/** What a customer may be told, to be read before it is copied. */
export function CustomerDialog({ order, onClose }: { order: Order; onClose: () => void }) {
  const strings = useStrings();
  const { t } = strings;
  const asOf = useAsOf();
  const now = useTick((time) => time.now);
  // What was known when the dialog opened is what is copied: words that change while they are read help nobody.
  const [text] = useState(() => customerText(order, asOf === null ? now : asOf || order.updatedAt, strings));
  const [copied, setCopied] = useState<boolean | null>(null);
  const copy = () => {
    void navigator.clipboard.writeText(text).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  };
  return (
    <Dialog title={t('customer.title', { reference: order.reference || order.sourceRef })} onClose={onClose}>
      <div className={styles.form}>
        <p>{t('customer.explain')}</p>
        <Textarea autosize readOnly data-autofocus label={t('customer.text')} maxRows={16} value={text} />
        <p role="status">{copied === null ? '' : t(copied ? 'copy.done' : 'customer.notCopied')}</p>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('close')}
          </Button>
          <Button
            leftSection={copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}
            onClick={copy}
          >
            {t('customer.copy')}
          </Button>
        </Group>
      </div>
    </Dialog>
  );
}
