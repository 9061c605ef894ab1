import { useMemo } from 'react';
import { useApp, useDesk, useUi } from '../../store/app-context.tsx';
import { filterOf } from '../../store/order-filter.ts';
import { arrangementOf } from '../../store/arrangement.ts';
import { QueueLayout, ROW_PX } from './queue-layout.ts';

export interface QueueRows {
  readonly layout: QueueLayout;
  /** Orders that pass the filters. */
  readonly shown: number;
  /** Orders held of the chosen store, whatever the other filters. */
  readonly held: number;
}

export function useQueueRows(): QueueRows {
  const { haystack } = useApp();
  const queue = useDesk((model) => model.queue);
  const orders = useDesk((model) => model.orders);
  const version = useDesk((model) => model.version);
  const filter = useUi((model) => model.filter);
  const grouping = useDesk((model) => arrangementOf(model.settings).grouping);
  const rowPx = useDesk((model) => ROW_PX[model.settings.density]);
  const deskId = useDesk((model) => model.desk?.desk?.id ?? null);
  const deskName = useDesk((model) => model.desk?.desk?.name ?? '');
  const passes = useMemo(
    () => filterOf(filter, haystack, deskId === null ? null : { id: deskId, name: deskName }),
    [filter, haystack, deskId, deskName],
  );
  const ranks = useMemo(() => {
    if (!passes) return queue;
    return queue.filter(({ key }) => {
      const order = orders.get(key);
      return order !== undefined && passes(order);
    });
    // An order may come to pass, or cease to, without moving in the queue: `version` tells that one changed.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [queue, orders, version, passes]);
  const layout = useMemo(() => new QueueLayout(ranks, grouping, rowPx), [ranks, grouping, rowPx]);
  return { layout, shown: ranks.length, held: queue.length };
}
