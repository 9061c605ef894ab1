import { memo } from 'react';
import type { Column } from '../../../contract/settings.ts';
import { useApp, useDesk } from '../../store/app-context.tsx';
import type { OrderKey } from '../../store/order-key.ts';
import { classNames } from '../../ui/class-names.ts';
import styles from './order-row.module.css';
import { RowCells } from './row-cells.tsx';

export interface OrderRowProps {
  readonly orderKey: OrderKey;
  readonly columns: readonly Column[];
  readonly id: string;
  /** Place in the whole grid, its heading row counted, from 1. */
  readonly rowIndex: number;
  readonly top: number;
  readonly height: number;
  readonly active: boolean;
  readonly opened: boolean;
}

/** One order. It subscribes to itself: another order's change draws nothing here. */
export const OrderRow = memo(function OrderRow(props: OrderRowProps) {
  const { orderKey, columns, rowIndex, top, height, active, opened } = props;
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
      <RowCells order={order} columns={columns} />
    </div>
  );
});
