import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { SubmitEvent, Ref } from 'react';
import type { Order } from '../../../../contract/order.ts';
import { useAsOf } from '../../../store/use-standing.ts';
import { faultText } from '../../../strings/fault-text.ts';
import { useStrings } from '../../../strings/strings-context.tsx';
import styles from './reason-dialog.module.css';
import { refusalOf, useCommands } from './use-commands.ts';

/** The longest note the gateway takes, in characters. */
const LONGEST = 4000;

/** Writes a note. The text stays until it was given, so that nothing typed is lost to a broken connection. */
export function NoteForm({ order, field }: { order: Order; field: Ref<HTMLTextAreaElement> }) {
  const { t, tell } = useStrings();
  const current = useAsOf() === null;
  const { give, fault } = useCommands(order);
  const [text, setText] = useState('');
  const given = text.trim();
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (given === '' || !current) return;
    void give('note', { text: given }).then((answer) => {
      if (refusalOf(answer) === null) setText('');
    });
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <Textarea
        ref={field}
        autosize
        error={fault === null ? undefined : t('command.notSent', { reason: faultText(fault, tell) })}
        label={t('note.label')}
        description={current ? t('note.explain') : t('action.blocked.notCurrent')}
        maxLength={LONGEST}
        maxRows={10}
        minRows={2}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Button type="submit" variant="default" disabled={given === '' || !current}>
        {t('note.give')}
      </Button>
    </form>
  );
}
