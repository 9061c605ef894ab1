import type { ComponentType } from 'react';
import type { Order } from '../../../contract/order.ts';
import type { Column } from '../../../contract/settings.ts';
import { useTick } from '../../store/app-context.tsx';
import { useStrings } from '../../strings/strings-context.tsx';
import { Ago } from '../../ui/ago.tsx';
import { rowAmount } from './amounts.ts';
import { FlagMarks } from './flag-marks.tsx';
import { HolderMark } from './holder-mark.tsx';
import { orderLine } from './order-line.ts';
import styles from './order-row.module.css';
import { StateCell } from './state-cell.tsx';
import { VerdictMark } from './verdict-mark.tsx';
import { WarningMark } from './warning-mark.tsx';

interface Cell {
  readonly order: Order;
}

function Reference({ order }: Cell) {
  return (
    <span className={styles.reference}>
      <strong title={order.reference}>{order.reference || order.sourceRef}</strong>
      <small>{order.customer?.name ?? order.customer?.email ?? ''}</small>
    </span>
  );
}

function Price({ order }: Cell) {
  const { format } = useStrings();
  return <span className={styles.price}>{format.money(order.price.currency, order.price.amount)}</span>;
}

function Crypto({ order }: Cell) {
  const { t, format } = useStrings();
  const amount = rowAmount(order);
  if (!amount) return <span className={styles.crypto}>{t('amount.unknown')}</span>;
  const more = order.received.length === 0 ? order.pay.length - 1 : 0;
  return (
    <span className={styles.crypto} title={format.cryptoExact(amount.amount, amount.decimals, amount.symbol)}>
      {format.crypto(amount.amount, amount.decimals, amount.symbol)}
      {more > 0 ? <small>{t('amount.more', { count: more })}</small> : null}
    </span>
  );
}

function Happening({ order }: Cell) {
  const strings = useStrings();
  const text = useTick(({ now }) => strings.tell(orderLine(order, now, strings)));
  return (
    <span className={styles.happening}>
      <span className={styles.line} title={text}>
        {text}
      </span>
      <span className={styles.marks}>
        <HolderMark order={order} />
        <FlagMarks flags={order.flags} />
        <WarningMark order={order} />
      </span>
    </span>
  );
}

function Source({ order }: Cell) {
  const name = order.method ?? order.source;
  return (
    <span className={styles.source} title={name}>
      {name}
    </span>
  );
}

function Created({ order }: Cell) {
  return (
    <span className={styles.created}>
      <Ago at={order.createdAt} />
    </span>
  );
}

/** What stands in each column of an order's row. */
export const queueCells: Readonly<Record<Column, ComponentType<Cell>>> = {
  state: StateCell,
  order: Reference,
  price: Price,
  crypto: Crypto,
  happening: Happening,
  verdict: VerdictMark,
  source: Source,
  created: Created,
};
