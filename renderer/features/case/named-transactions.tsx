import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { SubmitEvent } from 'react';
import { commandArgs } from '../../../contract/protocol.ts';
import type { Order } from '../../../contract/order.ts';
import { usePast } from '../../store/past.tsx';
import { useAsOf } from '../../store/use-standing.ts';
import { chainName } from '../../strings/chain-name.ts';
import { faultText } from '../../strings/fault-text.ts';
import { useStrings } from '../../strings/strings-context.tsx';
import { CopyId } from '../../ui/copy-id.tsx';
import { Mark } from '../../ui/mark.tsx';
import { Section } from '../../ui/section.tsx';
import { refusalOf, useCommands } from './actions/use-commands.ts';
import { ExplorerLink } from './explorer-link.tsx';
import styles from './named-transactions.module.css';

type Named = NonNullable<Order['namedTransactions']>[number];

function NamedItem({ named, order }: { named: Named; order: Order }) {
  const { t, format } = useStrings();
  const { txHash, chain, at, by } = named;
  const arrived = order.payments.some((payment) => payment.txHash?.toLowerCase() === txHash.toLowerCase());
  const time = format.time(at);
  return (
    <li>
      <CopyId value={txHash} what={t('named.hash')} />
      <ExplorerLink chain={chain} page="tx" id={txHash} what={t('named.hash')} />
      {arrived ? <Mark tone="good">{t('named.arrived')}</Mark> : null}
      <small title={format.full(at)}>
        {chain === null ? null : <span>{chainName(chain)} · </span>}
        {by ? t('named.by', { name: by.name, time }) : t('named.at', { time })}
      </small>
    </li>
  );
}

function NameForm({ order }: { order: Order }) {
  const { t, tell } = useStrings();
  const current = useAsOf() === null;
  const { give, fault } = useCommands(order);
  const [hash, setHash] = useState('');
  const [chosen, setChosen] = useState('');
  const chains = [...new Set(order.pay.flatMap(({ chain }) => chain ?? []))];
  const txHash = hash.trim();
  const readable = commandArgs['name-transaction'].shape.txHash.safeParse(txHash).success;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (!readable || !current) return;
    void give('name-transaction', { txHash, ...(chosen !== '' && { chain: chosen }) }).then((answer) => {
      if (refusalOf(answer) === null) setHash('');
    });
  };
  const notSent = fault === null ? undefined : t('command.notSent', { reason: faultText(fault, tell) });
  return (
    <form className={styles.form} onSubmit={submit}>
      <TextInput
        label={t('named.hash')}
        description={current ? undefined : t('action.blocked.notCurrent')}
        error={txHash === '' || readable ? notSent : t('named.bad')}
        autoComplete="off"
        spellCheck={false}
        value={hash}
        onChange={({ currentTarget }) => setHash(currentTarget.value)}
      />
      {chains.length > 1 ? (
        <NativeSelect
          label={t('named.chain')}
          value={chosen}
          data={[
            { value: '', label: t('named.chainUnknown') },
            ...chains.map((value) => ({ value, label: chainName(value) })),
          ]}
          onChange={({ currentTarget }) => setChosen(currentTarget.value)}
        />
      ) : null}
      <Button type="submit" variant="default" disabled={!readable || !current}>
        {t('named.give')}
      </Button>
    </form>
  );
}

/** Where a customer says to have paid, and where the next hash of theirs is named. */
export function NamedTransactions({ order }: { order: Order }) {
  const { t } = useStrings();
  const named = order.namedTransactions ?? [];
  const past = usePast() !== null;
  return (
    <Section title={t('named.title')}>
      {named.length === 0 ? <p className={styles.none}>{t(past ? 'named.noneThen' : 'named.none')}</p> : null}
      <ul className={styles.list} aria-label={t('named.title')}>
        {named.map((each) => (
          <NamedItem key={`${each.chain ?? ''} ${each.txHash}`} named={each} order={order} />
        ))}
      </ul>
      <div hidden={past}>
        <NameForm order={order} />
      </div>
    </Section>
  );
}
