/** Keeps the orders of all stores sorted by urgency, at a cost that follows what changed, not what is held. */
import type { Order } from '../../contract/order.ts';
import type { OrderKey } from './order-key.ts';
import { compareRanks, movesWithTime, rankOf, urgencyOf } from './urgency.ts';
import type { Rank } from './urgency.ts';

export interface QueueIndex {
  /** Most urgent first. A new array whenever anything moved, the same one while nothing did. */
  readonly sorted: readonly Rank[];
  /** Orders that are new or changed; null for one that is gone. `now` is gateway time. */
  apply(changes: ReadonlyMap<OrderKey, Order | null>, now: number): void;
  /** Moves what time alone has moved. @returns true when anything did */
  retime(now: number): boolean;
  clear(): void;
}

/** Where `rank` stands or would stand in a sorted list. */
function placeOf(sorted: readonly Rank[], rank: Rank): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const other = sorted[middle];
    if (other && compareRanks(other, rank) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function createQueueIndex(): QueueIndex {
  const ranks = new Map<OrderKey, Rank>();
  const timed = new Map<OrderKey, Order>();
  let sorted: readonly Rank[] = [];

  function rerank(key: OrderKey, order: Order | null, now: number): void {
    timed.delete(key);
    if (!order) {
      ranks.delete(key);
      return;
    }
    ranks.set(key, rankOf(order, key, now));
    if (movesWithTime(order, now)) timed.set(key, order);
  }

  /** Few changes are moved one by one; many are cheaper sorted together. */
  function apply(changes: ReadonlyMap<OrderKey, Order | null>, now: number): void {
    if (changes.size === 0) return;
    const few = changes.size * 8 < ranks.size;
    const next = few ? sorted.slice() : [];
    for (const [key, order] of changes) {
      const before = ranks.get(key);
      rerank(key, order, now);
      if (!few) continue;
      if (before) next.splice(placeOf(next, before), 1);
      const after = ranks.get(key);
      if (after) next.splice(placeOf(next, after), 0, after);
    }
    sorted = few ? next : [...ranks.values()].sort(compareRanks);
  }

  return {
    get sorted() {
      return sorted;
    },
    apply,
    retime: (now) => {
      const moved = new Map<OrderKey, Order>();
      for (const [key, order] of timed) {
        if (ranks.get(key)?.urgency !== urgencyOf(order, now)) moved.set(key, order);
      }
      apply(moved, now);
      return moved.size > 0;
    },
    clear: () => {
      ranks.clear();
      timed.clear();
      sorted = [];
    },
  };
}
