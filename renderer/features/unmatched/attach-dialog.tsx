import { Button, Group, TextInput } from '@mantine/core';
import { useDeferredValue, useMemo, useState } from 'react';
import type { SubmitEvent } from 'react';
import type { Order } from '../../../contract/order.ts';
import type { UnmatchedPayment } from '../../../contract/unmatched.ts';
import { useApp, useDesk } from '../../store/app-context.tsx';
import { useAsOf } from '../../store/use-standing.ts';
import { everything, filterOf } from '../../store/order-filter.ts';
import { useStrings } from '../../strings/strings-context.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { rowAmount } from '../orders/amounts.ts';
import styles from './money-dialog.module.css';

/** Orders offered at most; whoever does not find theirs types more of it. */
const MOST = 6;

export interface AttachDialogProps {
  readonly payment: UnmatchedPayment;
  readonly amount: string;
  /** The order that is meant, by its id; null to look for one. */
  readonly meant: string | null;
  readonly onClose: () => void;
  readonly onGive: (order: string) => void;
}

/** Live orders of the payment's store: the one that is meant, or those that fit what is typed. */
function useFitting(store: string, text: string, meant: string | null): readonly Order[] {
  const { haystack } = useApp();
  const orders = useDesk((model) => model.orders);
  const queue = useDesk((model) => model.queue);
  const sought = useDeferredValue(text);
  return useMemo(() => {
    const passes = filterOf({ ...everything, store, text: sought }, haystack);
    const fitting: Order[] = [];
    for (const { key } of queue) {
      const order = orders.get(key);
      if (!order || !order.live || (meant === null ? !passes?.(order) : order.store !== store || order.id !== meant))
        continue;
      fitting.push(order);
      if (fitting.length === MOST) break;
    }
    return fitting;
  }, [orders, queue, haystack, store, sought, meant]);
}

function Choice({ order, chosen, onChoose }: { order: Order; chosen: boolean; onChoose: () => void }) {
  const { t, format } = useStrings();
  const due = rowAmount(order);
  const who = [order.customer?.name, format.full(order.createdAt)].filter(Boolean).join(' · ');
  return (
    <label>
      <input type="radio" name="order" checked={chosen} onChange={onChoose} />
      <span>
        <strong>{order.reference || order.sourceRef}</strong>
        <small>{who}</small>
      </span>
      <span>{due ? t('money.due', { amount: format.crypto(due.amount, due.decimals, due.symbol) }) : null}</span>
    </label>
  );
}

/** Gives money to an order, after a person has seen to which. */
export function AttachDialog({ payment, amount, meant, onClose, onGive }: AttachDialogProps) {
  const { t } = useStrings();
  const [text, setText] = useState('');
  const [picked, setPicked] = useState<string | null>(meant);
  const current = useAsOf() === null;
  const found = useFitting(payment.store, text, meant);
  const chosen = found.find(({ id }) => id === picked);
  const reference = chosen?.reference ?? payment.candidates.find(({ order }) => order === meant)?.reference ?? '';
  // A candidate may have left what this desk holds: the gateway knows it all the same.
  const target = meant ?? chosen?.id ?? null;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (target === null || !current) return;
    onGive(target);
    onClose();
  };
  return (
    <Dialog title={t('money.attachTitle', { amount })} onClose={onClose}>
      <form className={styles.form} onSubmit={submit}>
        <p>{t('money.attachExplain')}</p>
        {meant === null ? (
          <TextInput
            data-autofocus
            type="search"
            label={t('money.attachSearch')}
            description={t('money.attachHint')}
            value={text}
            onChange={({ currentTarget }) => setText(currentTarget.value)}
          />
        ) : null}
        <div className={styles.found} role="radiogroup" aria-label={t('money.attachFound')}>
          {found.map((order) => (
            <Choice key={order.id} order={order} chosen={order.id === target} onChoose={() => setPicked(order.id)} />
          ))}
        </div>
        {found.length === 0 && meant === null ? <p className={styles.none}>{t('money.attachNone')}</p> : null}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('money.cancel')}
          </Button>
          <Button type="submit" disabled={target === null || !current}>
            {target === null ? t('money.attachChoose') : t('money.attachGive', { reference })}
          </Button>
        </Group>
      </form>
    </Dialog>
  );
}
