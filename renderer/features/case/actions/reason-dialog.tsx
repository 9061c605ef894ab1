import { Button, Group, SegmentedControl, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { SubmitEvent } from 'react';
import type { Verdict } from '../../../../contract/order.ts';
import { useStrings } from '../../../strings/strings-context.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { NotTaken } from './not-taken.tsx';
import styles from './reason-dialog.module.css';
import { useGiving } from './use-giving.ts';

/** The longest reason the gateway takes, in characters. */
const LONGEST = 1000;

const choices = ['release', 'wait', 'hold'] as const satisfies readonly Verdict[];
type Choice = (typeof choices)[number];

export interface ReasonDialogProps {
  readonly kind: 'resolve' | 'override-verdict';
  readonly reference: string;
  readonly onClose: () => void;
  /** Answers why it was not taken; null once it was. */
  readonly onGive: (args: Readonly<Record<string, string>>) => Promise<string | null>;
}

/** Asks for the reason without which a case is not resolved and a verdict not overridden. */
export function ReasonDialog({ kind, reference, onClose, onGive }: ReasonDialogProps) {
  const { t } = useStrings();
  const { busy, fault, run } = useGiving(onClose);
  const [reason, setReason] = useState('');
  const [verdict, setVerdict] = useState<Choice>('release');
  const overrides = kind === 'override-verdict';
  const given = reason.trim();
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (given !== '') run(() => onGive(overrides ? { verdict, reason: given } : { reason: given }));
  };
  const title = overrides ? t('override.title', { reference }) : t('resolve.title', { reference });
  return (
    <Dialog title={title} onClose={onClose}>
      <form className={styles.form} onSubmit={submit}>
        <p>{t(overrides ? 'override.explain' : 'resolve.explain')}</p>
        {overrides ? (
          <SegmentedControl
            aria-label={t('override.verdict')}
            data={choices.map((value) => ({ value, label: t(`verdict.${value}`) }))}
            value={verdict}
            onChange={(value) => setVerdict(value)}
          />
        ) : null}
        <Textarea
          autosize
          data-autofocus
          required
          label={t('reason.label')}
          maxLength={LONGEST}
          minRows={3}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <NotTaken fault={fault} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('reason.cancel')}
          </Button>
          <Button type="submit" disabled={given === ''} loading={busy}>
            {t(overrides ? 'override.give' : 'resolve.give')}
          </Button>
        </Group>
      </form>
    </Dialog>
  );
}
