import { Button, Group, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { SubmitEvent } from 'react';
import { useStrings } from '../../strings/strings-context.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import styles from './money-dialog.module.css';

/** The longest reason the gateway takes, in characters. */
const LONGEST = 1000;

export interface DismissDialogProps {
  readonly amount: string;
  readonly onClose: () => void;
  readonly onGive: (reason: string) => void;
}

/** Asks why money is for no order. */
export function DismissDialog({ amount, onClose, onGive }: DismissDialogProps) {
  const { t } = useStrings();
  const [reason, setReason] = useState('');
  const given = reason.trim();
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (given === '') return;
    onGive(given);
    onClose();
  };
  return (
    <Dialog title={t('money.dismissTitle', { amount })} onClose={onClose}>
      <form className={styles.form} onSubmit={submit}>
        <p>{t('money.dismissExplain')}</p>
        <Textarea
          autosize
          data-autofocus
          required
          label={t('reason.label')}
          maxLength={LONGEST}
          minRows={2}
          value={reason}
          onChange={({ currentTarget }) => setReason(currentTarget.value)}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('money.cancel')}
          </Button>
          <Button type="submit" disabled={given === ''}>
            {t('money.dismissGive')}
          </Button>
        </Group>
      </form>
    </Dialog>
  );
}
