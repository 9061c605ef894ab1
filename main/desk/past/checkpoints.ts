import type { Order } from '../../../contract/order.ts';
import type { Base } from '../journal/journal.ts';

/** A picture from which a later one is made with less work than from the base. */
export interface Checkpoint {
  /** The last event in it. */
  readonly seq: number;
  /** For an answer, the moment it is of, gateway time: what replaced orders later than that is not in it. */
  readonly at: number;
  /** How many of the store's replacements are in it. */
  readonly replaced: number;
  readonly orders: ReadonlyMap<string, Order>;
}

/** Events between two of them. */
const APART = 2_000;
/** Orders of all of them together: each holds references alone, about 50 bytes an order. */
const ORDERS_MOST = 500_000;

/** Pictures on the way, for whoever moves back and forth in time. */
export class Checkpoints {
  #base: Base | null = null;
  /** On the way to an answer, by their event. */
  #kept: Checkpoint[] = [];
  #last: Checkpoint | null = null;

  /** Those of another base are void. */
  keepFor(base: Base): void {
    if (!this.#base || !isSameBase(this.#base, base)) this.clear();
    this.#base = base;
  }

  /** The latest from which the picture after event `seq` at the moment `at` can be made. */
  before(seq: number, at: number): Checkpoint | null {
    const kept = this.#kept.findLast((each) => each.seq <= seq) ?? null;
    const last = this.#last;
    const leads = last !== null && (last.seq < seq || (last.seq === seq && last.at <= at));
    return leads && last.seq >= (kept?.seq ?? 0) ? last : kept;
  }

  /** @param orders as they are now; they are copied where the picture is kept */
  offer(checkpoint: Checkpoint): void {
    const newest = this.#kept.at(-1);
    const held = this.#kept.reduce((sum, { orders }) => sum + orders.size, 0);
    const apart = checkpoint.seq - (newest?.seq ?? this.#base?.seq ?? 0) >= APART;
    if (!apart || held + checkpoint.orders.size > ORDERS_MOST) return;
    this.#kept.push({ ...checkpoint, orders: new Map(checkpoint.orders) });
  }

  /** The last answer; whoever asks next asks near it. */
  remember(checkpoint: Checkpoint): void {
    this.#last = checkpoint;
  }

  clear(): void {
    this.#kept = [];
    this.#last = null;
  }
}

export function isSameBase(one: Base, other: Base): boolean {
  return one.epoch === other.epoch && one.seq === other.seq && one.at === other.at;
}
