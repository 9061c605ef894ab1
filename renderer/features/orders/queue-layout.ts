import type { Settings } from '../../../contract/settings.ts';
import { storeOf } from '../../store/arrangement.ts';
import type { Grouping } from '../../store/arrangement.ts';
import type { OrderKey } from '../../store/order-key.ts';
import type { Rank, Urgency } from '../../store/urgency.ts';

/** What the orders of a group have in common. */
export type GroupOf =
  { readonly by: 'urgency'; readonly urgency: Urgency } | { readonly by: 'store'; readonly store: string };

export type QueueRow =
  | { readonly kind: 'order'; readonly key: OrderKey }
  | { readonly kind: 'group'; readonly of: GroupOf; readonly count: number };

/** Heights in CSS pixels. */
export const ROW_PX = { comfortable: 48, compact: 34 } as const satisfies Record<Settings['density'], number>;
export const GROUP_PX = 34;

/** Orders of one group: `first` is the place of its first in the sorted queue. */
interface Section {
  readonly of: GroupOf;
  readonly first: number;
  readonly count: number;
}

/** Names a group among the others. */
export function groupName(of: GroupOf): string {
  return of.by === 'urgency' ? of.urgency : of.store;
}

/**
 * Where every row of the queue stands, the headings of its groups among them. Made in the time its few groups take,
 * however many orders there are; a row is made when it is asked for. Pure.
 */
export class QueueLayout {
  readonly #ranks: readonly Rank[];
  readonly #sections: readonly Section[];
  /** Height of an order's row. */
  readonly rowPx: number;

  /** @param ranks sorted, those of one group together; @param grouping which groups have a heading */
  constructor(ranks: readonly Rank[], grouping: Grouping, rowPx: number = ROW_PX.comfortable) {
    this.#ranks = ranks;
    this.#sections = grouping === 'none' ? [] : sectionsOf(ranks, grouping);
    this.rowPx = rowPx;
  }

  get length(): number {
    return this.#ranks.length + this.#sections.length;
  }

  /** Of all rows together. */
  get height(): number {
    return this.#ranks.length * this.rowPx + this.#sections.length * GROUP_PX;
  }

  at(index: number): QueueRow | undefined {
    const headings = this.#headingsUpTo(index);
    const section = this.#sections[headings - 1];
    if (section && section.first + headings - 1 === index) {
      return { kind: 'group', of: section.of, count: section.count };
    }
    const rank = this.#ranks[index - headings];
    return rank && { kind: 'order', key: rank.key };
  }

  /** @returns -1 where the order is not in the queue, or no order is meant */
  indexOf(key: OrderKey | null): number {
    const place = key === null ? -1 : this.#ranks.findIndex((rank) => rank.key === key);
    if (place === -1) return -1;
    return place + this.#sections.filter(({ first }) => first <= place).length;
  }

  topOf(index: number): number {
    // The headings above it; its own, where it is one, is not above itself.
    const above = this.#headingsUpTo(index - 1);
    return above * GROUP_PX + (index - above) * this.rowPx;
  }

  heightOf(index: number): number {
    return this.at(index)?.kind === 'group' ? GROUP_PX : this.rowPx;
  }

  /** The row at a height from the top; the first or the last beyond them. 0 where there are none. */
  indexAt(y: number): number {
    let low = 0;
    let high = Math.max(0, this.length - 1);
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if (this.topOf(middle) <= y) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  #headingsUpTo(index: number): number {
    let headings = 0;
    for (const { first } of this.#sections) {
      if (first + headings > index) break;
      headings += 1;
    }
    return headings;
  }
}

function groupOf({ urgency, key }: Rank, grouping: Exclude<Grouping, 'none'>): GroupOf {
  return grouping === 'urgency' ? { by: grouping, urgency } : { by: grouping, store: storeOf(key) };
}

function sectionsOf(ranks: readonly Rank[], grouping: Exclude<Grouping, 'none'>): Section[] {
  const sections: Section[] = [];
  for (let first = 0; first < ranks.length;) {
    const rank = ranks[first] as Rank;
    const belongs =
      grouping === 'urgency'
        ? (other: Rank) => other.group === rank.group
        : (other: Rank) => storeOf(other.key) === storeOf(rank.key);
    const next = firstBeyond(ranks, first, belongs);
    sections.push({ of: groupOf(rank, grouping), first, count: next - first });
    first = next;
  }
  return sections;
}

/** The place of the first order that does not belong; all that do stand together from `from` on. */
function firstBeyond(ranks: readonly Rank[], from: number, belongs: (rank: Rank) => boolean): number {
  let low = from;
  let high = ranks.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (belongs(ranks[middle] as Rank)) low = middle + 1;
    else high = middle;
  }
  return low;
}
