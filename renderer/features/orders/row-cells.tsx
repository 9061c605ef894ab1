import { memo } from 'react';
import type { Order } from '../../../contract/order.ts';
import type { Column } from '../../../contract/settings.ts';
import { queueCells } from './queue-cells.tsx';
import widths from './queue-columns.module.css';

export interface RowCellsProps {
  readonly order: Order;
  readonly columns: readonly Column[];
}

/** What stands in an order's row. A row that only moves, because another came above it, draws none of it anew. */
export const RowCells = memo(function RowCells({ order, columns }: RowCellsProps) {
  return columns.map((column) => {
    const Content = queueCells[column];
    return (
      <div key={column} role="gridcell" className={widths[column]}>
        <Content order={order} />
      </div>
    );
  });
});
