import { Autocomplete, Button, Group, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { SubmitEvent } from 'react';
import type { Order } from '../../../../contract/order.ts';
import { useDesk } from '../../../store/app-context.tsx';
import { useStrings } from '../../../strings/strings-context.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { NotTaken } from './not-taken.tsx';
import styles from './reason-dialog.module.css';
import { useGiving } from './use-giving.ts';

/** The longest the gateway takes, in characters. */
const LONGEST = { name: 128, note: 4000 } as const;

export interface HandOverDialogProps {
  readonly order: Order;
  readonly onClose: () => void;
  /** `note` is empty where nothing was written. Answers why it was not taken; null once it was. */
  readonly onGive: (to: string, note: string) => Promise<string | null>;
}

/** Names that have worked on the order, whom a case is likeliest left to; this desk's own is not among them. */
function colleagues({ notes, claimedBy, handedTo }: Order, own: string | undefined): string[] {
  const names = [...notes.map(({ actor }) => actor?.name), claimedBy?.name, handedTo?.name, handedTo?.by?.name];
  return [...new Set(names.flatMap((name) => (name === undefined || name === own ? [] : [name])))];
}

/** Leaves a case to somebody by name, with what they should know. */
export function HandOverDialog({ order, onClose, onGive }: HandOverDialogProps) {
  const { t } = useStrings();
  const own = useDesk((model) => model.desk?.desk?.name);
  const { busy, fault, run } = useGiving(onClose);
  const [to, setTo] = useState('');
  const [note, setNote] = useState('');
  const name = to.trim();
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (name !== '') run(() => onGive(name, note.trim()));
  };
  return (
    <Dialog title={t('handOver.title', { reference: order.reference || order.sourceRef })} onClose={onClose}>
      <form className={styles.form} onSubmit={submit}>
        <p>{t('handOver.explain')}</p>
        <Autocomplete
          data-autofocus
          required
          label={t('handOver.to')}
          description={t('handOver.hint')}
          data={colleagues(order, own)}
          maxLength={LONGEST.name}
          value={to}
          onChange={setTo}
        />
        <Textarea
          autosize
          label={t('handOver.note')}
          description={t('handOver.noteHint')}
          maxLength={LONGEST.note}
          maxRows={8}
          minRows={2}
          value={note}
          onChange={({ currentTarget }) => setNote(currentTarget.value)}
        />
        <NotTaken fault={fault} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('reason.cancel')}
          </Button>
          <Button type="submit" disabled={name === ''} loading={busy}>
            {t('handOver.give')}
          </Button>
        </Group>
      </form>
    </Dialog>
  );
}
