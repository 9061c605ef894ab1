import type { OrderKey } from '../../store/order-key.ts';
import type { Rank, Urgency } from '../../store/urgency.ts';

export type QueueRow =
  | { readonly kind: 'order'; readonly key: OrderKey }
  | { readonly kind: 'group'; readonly urgency: Urgency; readonly count: number };

/** Heights in CSS pixels. */
export const ROW_PX = 48;
export const GROUP_PX = 34;

/** Orders of one group: `first` is the place of its first in the sorted queue. */
interface Section {
  readonly urgency: Urgency;
  readonly first: number;
  readonly count: number;
}

/**
 * Where every row of the queue stands, the headings of its groups among them. Made in the time its few groups take,
 * however many orders there are; a row is made when it is asked for. Pure.
 */
export class QueueLayout {
  readonly #ranks: readonly Rank[];
  readonly #sections: readonly Section[];

  /** @param ranks sorted; @param grouped whether each group has a heading */
  constructor(ranks: readonly Rank[], grouped: boolean) {
    this.#ranks = ranks;
    this.#sections = grouped ? sectionsOf(ranks) : [];
  }

  get length(): number {
    return this.#ranks.length + this.#sections.length;
  }

  /** Of all rows together. */
  get height(): number {
    return this.#ranks.length * ROW_PX + this.#sections.length * GROUP_PX;
  }

  at(index: number): QueueRow | undefined {
    const headings = this.#headingsUpTo(index);
    const section = this.#sections[headings - 1];
    if (section && section.first + headings - 1 === index) {
      return { kind: 'group', urgency: section.urgency, count: section.count };
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
    return above * GROUP_PX + (index - above) * ROW_PX;
  }

  heightOf(index: number): number {
    return this.at(index)?.kind === 'group' ? GROUP_PX : ROW_PX;
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

function sectionsOf(ranks: readonly Rank[]): Section[] {
  const sections: Section[] = [];
  for (let first = 0; first < ranks.length;) {
    const { urgency, group } = ranks[first] as Rank;
    const next = firstBeyond(ranks, first, group);
    sections.push({ urgency, first, count: next - first });
    first = next;
  }
  return sections;
}

/** The place of the first order of a later group. */
function firstBeyond(ranks: readonly Rank[], from: number, group: number): number {
  let low = from;
  let high = ranks.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ranks[middle]?.group ?? 0) <= group) low = middle + 1;
    else high = middle;
  }
  return low;
}
