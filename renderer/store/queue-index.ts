/** Keeps the orders of all stores sorted as they are arranged, at a cost that follows what changed, not what is held. */
import type { Order } from '../../contract/order.ts';
import type { OrderKey } from './order-key.ts';
import { arrangedRank, byUrgency, comparisonOf, sameArrangement } from './arrangement.ts';
import type { Arrangement } from './arrangement.ts';
import { movesWithTime, urgencyOf } from './urgency.ts';
import type { Rank } from './urgency.ts';

type Comparison = (a: Rank, b: Rank) => number;

/** Where `rank` stands or would stand in a sorted list. */
function placeOf(sorted: readonly Rank[], rank: Rank, compare: Comparison): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const other = sorted[middle];
    if (other && compare(other, rank) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

type Changes = ReadonlyMap<OrderKey, Order | null>;

export class QueueIndex {
  readonly #ranks = new Map<OrderKey, Rank>();
  /** Orders that time alone can move. */
  readonly #timed = new Map<OrderKey, Order>();
  #sorted: readonly Rank[] = [];
  #arrangement = byUrgency;
  #compare = comparisonOf(byUrgency);

  /** First to last. A new array whenever anything moved, the same one while nothing did. */
  get sorted(): readonly Rank[] {
    return this.#sorted;
  }

  /** Takes orders that are new or changed; null for one that is gone. `now` is gateway time. */
  apply(changes: Changes, now: number): void {
    if (changes.size === 0) return;
    // Few changes are moved one by one; many are cheaper sorted together.
    if (changes.size * 8 < this.#ranks.size) {
      this.#move(changes, now);
      return;
    }
    for (const [key, order] of changes) this.#rerank(key, order, now);
    this.#sorted = [...this.#ranks.values()].sort(this.#compare);
  }

  /**
   * Arranges all anew.
   * @param orders all that are held; @returns false where they are arranged so already
   */
  arrange(arrangement: Arrangement, orders: ReadonlyMap<OrderKey, Order>, now: number): boolean {
    if (sameArrangement(arrangement, this.#arrangement)) return false;
    this.#arrangement = arrangement;
    this.#compare = comparisonOf(arrangement);
    this.#ranks.clear();
    for (const [key, order] of orders) this.#rerank(key, order, now);
    this.#sorted = [...this.#ranks.values()].sort(this.#compare);
    return true;
  }

  /** Moves what time alone has moved. @returns true when anything did */
  retime(now: number): boolean {
    const moved = new Map<OrderKey, Order>();
    for (const [key, order] of this.#timed) {
      if (this.#ranks.get(key)?.urgency !== urgencyOf(order, now)) moved.set(key, order);
    }
    this.apply(moved, now);
    return moved.size > 0;
  }

  /** Most changes move nothing: an order that confirms stays where it is, and the list stays the same list. */
  #move(changes: Changes, now: number): void {
    let next: Rank[] | null = null;
    for (const [key, order] of changes) {
      const before = this.#ranks.get(key);
      this.#rerank(key, order, now);
      const after = this.#ranks.get(key);
      if (before === after) continue;
      next ??= this.#sorted.slice();
      if (before) next.splice(placeOf(next, before, this.#compare), 1);
      if (after) next.splice(placeOf(next, after, this.#compare), 0, after);
    }
    if (next) this.#sorted = next;
  }

  #rerank(key: OrderKey, order: Order | null, now: number): void {
    this.#timed.delete(key);
    if (!order) {
      this.#ranks.delete(key);
      return;
    }
    const before = this.#ranks.get(key);
    const after = arrangedRank(order, key, now, this.#arrangement);
    if (!before || isOther(before, after)) this.#ranks.set(key, after);
    if (movesWithTime(order, now)) this.#timed.set(key, order);
  }
}

function isOther(a: Rank, b: Rank): boolean {
  return a.group !== b.group || a.position !== b.position || a.value !== b.value;
}
