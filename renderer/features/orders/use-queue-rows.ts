import { useMemo } from 'react';
import { useApp, useDesk, useUi } from '../../store/app-context.tsx';
import { filterOf } from '../../store/order-filter.ts';
import type { OrderKey } from '../../store/order-key.ts';
import type { Rank, Urgency } from '../../store/urgency.ts';

export type QueueRow =
  | { readonly kind: 'order'; readonly key: OrderKey }
  | { readonly kind: 'group'; readonly urgency: Urgency; readonly count: number };

export interface QueueRows {
  readonly rows: readonly QueueRow[];
  /** Orders that pass the filters. */
  readonly shown: number;
  /** Orders held of the chosen store, whatever the other filters. */
  readonly held: number;
}

/** Puts a heading before each group of a sorted queue. */
export function withGroups(ranks: readonly Rank[]): QueueRow[] {
  const counts = new Map<Urgency, number>();
  for (const { urgency } of ranks) counts.set(urgency, (counts.get(urgency) ?? 0) + 1);
  let last: Urgency | null = null;
  return ranks.flatMap(({ key, urgency }): QueueRow[] => {
    const row: QueueRow = { kind: 'order', key };
    if (urgency === last) return [row];
    last = urgency;
    return [{ kind: 'group', urgency, count: counts.get(urgency) ?? 0 }, row];
  });
}

export function useQueueRows(): QueueRows {
  const { haystack } = useApp();
  const queue = useDesk((model) => model.queue);
  const orders = useDesk((model) => model.orders);
  const version = useDesk((model) => model.version);
  const filter = useUi((model) => model.filter);
  const grouped = useDesk((model) => model.settings.grouped);
  const passes = useMemo(() => filterOf(filter, haystack), [filter, haystack]);
  const ranks = useMemo(() => {
    if (!passes) return queue;
    return queue.filter(({ key }) => {
      const order = orders.get(key);
      return order !== undefined && passes(order);
    });
    // An order may come to pass, or cease to, without moving in the queue: `version` tells that one changed.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [queue, orders, version, passes]);
  const rows = useMemo(
    () => (grouped ? withGroups(ranks) : ranks.map(({ key }): QueueRow => ({ kind: 'order', key }))),
    [ranks, grouped],
  );
  return { rows, shown: ranks.length, held: queue.length };
}
