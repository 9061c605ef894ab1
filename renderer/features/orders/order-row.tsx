import { memo } from 'react';
import type { Order } from '../../../contract/order.ts';
import { useApp, useDesk, useTick } from '../../store/app-context.tsx';
import type { OrderKey } from '../../store/order-key.ts';
import { useStrings } from '../../strings/strings-context.tsx';
import { Ago } from '../../ui/ago.tsx';
import { classNames } from '../../ui/class-names.ts';
import { rowAmount } from './amounts.ts';
import { FlagMarks } from './flag-marks.tsx';
import { orderLine } from './order-line.ts';
import styles from './order-row.module.css';
import { StateCell } from './state-cell.tsx';
import { VerdictMark } from './verdict-mark.tsx';

export interface OrderRowProps {
  readonly orderKey: OrderKey;
  readonly id: string;
  /** Place in the whole grid, its heading row counted, from 1. */
  readonly rowIndex: number;
  readonly top: number;
  readonly height: number;
  readonly active: boolean;
  readonly opened: boolean;
}

function Line({ order }: { order: Order }) {
  const strings = useStrings();
  const text = useTick(({ now }) => strings.tell(orderLine(order, now, strings)));
  return (
    <span className={styles.line} title={text}>
      {text}
    </span>
  );
}

function Crypto({ order }: { order: Order }) {
  const { t, format } = useStrings();
  const amount = rowAmount(order);
  if (!amount) return <span>{t('amount.unknown')}</span>;
  const more = order.received.length === 0 ? order.pay.length - 1 : 0;
  return (
    <span title={format.cryptoExact(amount.amount, amount.decimals, amount.symbol)}>
      {format.crypto(amount.amount, amount.decimals, amount.symbol)}
      {more > 0 ? <small>{t('amount.more', { count: more })}</small> : null}
    </span>
  );
}

/** One order. It subscribes to itself: another order's change draws nothing here. */
export const OrderRow = memo(function OrderRow(props: OrderRowProps) {
  const { orderKey, rowIndex, top, height, active, opened } = props;
  const { format } = useStrings();
  const { ui } = useApp();
  const order = useDesk((model) => model.orders.get(orderKey));
  const flash = useDesk((model) => model.flashes.get(orderKey));
  if (!order) return null;
  return (
    <div
      role="row"
      id={props.id}
      aria-rowindex={rowIndex}
      aria-selected={opened}
      className={classNames(styles.row, active && styles.active, opened && styles.opened)}
      style={{ height, transform: `translateY(${top}px)` }}
      onClick={() => ui.setState({ active: orderKey, opened: orderKey })}
    >
      {flash ? <span key={flash.seq} className={classNames(styles.flash, styles[flash.sound])} aria-hidden /> : null}
      <div role="gridcell">
        <StateCell order={order} />
      </div>
      <div role="gridcell" className={styles.reference}>
        <strong title={order.reference}>{order.reference || order.sourceRef}</strong>
        <small>{order.customer?.name ?? order.customer?.email ?? ''}</small>
      </div>
      <div role="gridcell" className={styles.price}>
        {format.money(order.price.currency, order.price.amount)}
      </div>
      <div role="gridcell" className={styles.crypto}>
        <Crypto order={order} />
      </div>
      <div role="gridcell" className={styles.what}>
        <Line order={order} />
        <FlagMarks flags={order.flags} />
      </div>
      <div role="gridcell" className={styles.verdict}>
        <VerdictMark order={order} />
      </div>
      <div role="gridcell" className={styles.source} title={order.method ?? order.source}>
        {order.method ?? order.source}
      </div>
      <div role="gridcell" className={styles.age}>
        <Ago at={order.createdAt} />
      </div>
    </div>
  );
});
