import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { RequestOutput } from '../../../contract/ipc.ts';
import { useApp, useUi } from '../../store/app-context.tsx';
import { say } from '../../strings/message.ts';
import type { Message } from '../../strings/message.ts';
import { useStrings } from '../../strings/strings-context.tsx';
import { ConfirmGateway } from './confirm-gateway.tsx';
import type { PairOffer } from './confirm-gateway.tsx';
import styles from './pair-form.module.css';
import { pairError } from './pair-error.ts';

type Preview = RequestOutput<'pairing.preview'>;

interface Typed {
  readonly link: string;
  readonly address: string;
  readonly code: string;
}

/** One text for the preview: the link, or address and code with a space between. null while something is missing. */
function pasted({ link, address, code }: Typed, byHand: boolean): string | null {
  if (!byHand) return link.trim() === '' ? null : link.trim();
  return address.trim() === '' || code.trim() === '' ? null : `${address.trim()} ${code.trim()}`;
}

function Fields(props: { byHand: boolean; typed: Typed; invalid: boolean; onType: (typed: Typed) => void }) {
  const { t } = useStrings();
  const { byHand, typed, invalid, onType } = props;
  const field = (name: keyof Typed, label: string, placeholder: string | undefined, first: boolean) => (
    <TextInput
      label={label}
      {...(placeholder === undefined ? {} : { placeholder })}
      value={typed[name]}
      autoComplete="off"
      spellCheck={false}
      {...(first && { 'data-autofocus': true })}
      error={invalid}
      onChange={({ currentTarget }) => onType({ ...typed, [name]: currentTarget.value })}
    />
  );
  if (!byHand) return field('link', t('pair.link'), t('pair.linkPlaceholder'), true);
  return (
    <>
      {field('address', t('pair.address'), t('pair.addressPlaceholder'), true)}
      {field('code', t('pair.code'), undefined, false)}
    </>
  );
}

export interface PairFormProps {
  /** How a confirmed offer is taken. */
  readonly pair: (offer: PairOffer) => Promise<unknown>;
  readonly onPaired: () => void;
}

/** Link or address and code → what it would do → a person confirms the gateway's host → paired [AU1]. */
export function PairForm({ pair, onPaired }: PairFormProps) {
  const { ui } = useApp();
  const offered = useUi((model) => model.pairingLink) ?? '';
  const paired = () => {
    ui.setState({ pairingLink: null });
    onPaired();
  };
  return <Steps key={offered} offered={offered} pair={pair} onPaired={paired} />;
}

/** @param props.offered a pairing link to begin with; only a person's press goes on from it */
function Steps({ offered, pair, onPaired }: PairFormProps & { offered: string }) {
  const { t, tell } = useStrings();
  const { link } = useApp();
  const [byHand, setByHand] = useState(false);
  const [typed, setTyped] = useState<Typed>({ link: offered, address: '', code: '' });
  const [preview, setPreview] = useState<Preview | null>(null);
  const [error, setError] = useState<Message | null>(null);

  const look = async () => {
    const text = pasted(typed, byHand);
    if (text === null) {
      setError(byHand ? say('pair.incomplete') : say('pair.linkMissing'));
      return;
    }
    try {
      setPreview(await link.bridge.previewPairing({ link: text }));
      setError(null);
    } catch (fault) {
      setError(pairError(fault, tell));
    }
  };
  if (preview) {
    return <ConfirmGateway preview={preview} pair={pair} onBack={() => setPreview(null)} onPaired={onPaired} />;
  }
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        void look();
      }}
    >
      <Fields byHand={byHand} typed={typed} invalid={error !== null} onType={setTyped} />
      {error ? (
        <p className={styles.error} role="alert">
          {tell(error)}
        </p>
      ) : null}
      <div className={styles.actions}>
        <Button type="submit">{t('pair.next')}</Button>
        <Button
          variant="subtle"
          onClick={() => {
            setByHand(!byHand);
            setError(null);
          }}
        >
          {byHand ? t('pair.byLink') : t('pair.byHand')}
        </Button>
      </div>
    </form>
  );
}
