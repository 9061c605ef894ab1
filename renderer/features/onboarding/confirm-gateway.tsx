import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { RequestInput, RequestOutput } from '../../../contract/ipc.ts';
import type { Message } from '../../strings/message.ts';
import { useStrings } from '../../strings/strings-context.tsx';
import { pairError } from './pair-error.ts';
import styles from './pair-form.module.css';

/** What pairing takes: the confirmed gateway, its code and the desk's name. */
export type PairOffer = RequestInput<'pairing.pair'>;

interface Props {
  readonly preview: RequestOutput<'pairing.preview'>;
  readonly pair: (offer: PairOffer) => Promise<unknown>;
  readonly onBack: () => void;
  readonly onPaired: () => void;
}

/** A link only prefills: nothing is trusted before a person has read the gateway's host and agreed. */
export function ConfirmGateway({ preview, pair: pairWith, onBack, onPaired }: Props) {
  const { t, tell } = useStrings();
  const [name, setName] = useState(t('pair.defaultName'));
  const [working, setWorking] = useState(false);
  const [error, setError] = useState<Message | null>(null);
  const pair = async () => {
    setWorking(true);
    setError(null);
    try {
      await pairWith({ gateway: preview.gateway, code: preview.code, name: name.trim() });
      onPaired();
    } catch (fault) {
      setError(pairError(fault, tell));
      setWorking(false);
    }
  };
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        void pair();
      }}
    >
      <h3>{t('pair.confirmTitle')}</h3>
      <p className={styles.host}>
        <strong>{preview.host}</strong>
        <code>{preview.gateway}</code>
      </p>
      <p>{t('pair.confirmText')}</p>
      <TextInput
        label={t('pair.name')}
        description={t('pair.nameHelp')}
        value={name}
        maxLength={128}
        required
        onChange={({ currentTarget }) => setName(currentTarget.value)}
      />
      {error ? (
        <p className={styles.error} role="alert">
          {tell(error)}
        </p>
      ) : null}
      <div className={styles.actions}>
        <Button type="submit" loading={working} data-autofocus>
          {t('pair.confirm', { host: preview.host })}
        </Button>
        <Button variant="subtle" onClick={onBack} disabled={working}>
          {t('pair.back')}
        </Button>
      </div>
      {working ? <p role="status">{t('pair.working')}</p> : null}
    </form>
  );
}
