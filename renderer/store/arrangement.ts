/** How the queue is arranged: in groups or flat, and by what its orders are sorted. Pure. */
import { formatUnits } from '../../contract/money.ts';
import type { Order } from '../../contract/order.ts';
import type { Column, Settings } from '../../contract/settings.ts';
import type { OrderKey } from './order-key.ts';
import { compareRanks, rankOf } from './urgency.ts';
import type { Rank } from './urgency.ts';

export type Grouping = 'none' | Settings['groupBy'];
export type Sorting = Settings['sorting'];

export interface Arrangement extends Sorting {
  readonly grouping: Grouping;
}

export const byUrgency: Arrangement = { grouping: 'none', by: 'urgency', descending: false };

export function arrangementOf({ grouped, groupBy, sorting }: Settings): Arrangement {
  return { ...sorting, grouping: grouped ? groupBy : 'none' };
}

export function sameArrangement(a: Arrangement, b: Arrangement): boolean {
  return a.grouping === b.grouping && a.by === b.by && a.descending === b.descending;
}

export function storeOf(key: OrderKey): string {
  return key.slice(0, key.indexOf('/'));
}

/** Digits count as numbers, so that A-9 stands before A-10. */
function natural(text: string): string {
  return text.toLowerCase().replace(/\d+/g, (digits) => digits.padStart(20, '0'));
}

/** Amounts of one unit compare exactly as text; no float takes part. */
function amount(unit: string, decimal: string): string {
  const [whole = '', fraction = ''] = decimal.split('.');
  return `${unit} ${whole.padStart(40, '0')}.${fraction.replace(/0+$/, '')}`;
}

const verdictOrder = ['hold', 'release', 'wait', 'test'] as const satisfies readonly Order['verdict'][];

/** What an order is sorted by in a column: all numbers, or all texts. */
export function columnValue(order: Order, column: Column, rank: Rank): number | string {
  switch (column) {
    case 'state':
      return rank.group;
    case 'order':
      return natural(order.reference || order.sourceRef);
    case 'price':
      return amount(order.price.currency, order.price.amount);
    case 'crypto': {
      const first = order.received[0] ?? order.pay[0];
      if (!first) return '';
      const { decimals } = first;
      return amount(first.symbol, decimals === null ? first.amount : formatUnits(BigInt(first.amount), decimals));
    }
    case 'happening':
      return order.updatedAt;
    case 'verdict':
      return verdictOrder.indexOf(order.verdict);
    case 'source':
      return natural(order.method ?? order.source);
    case 'created':
      return order.createdAt;
    default:
      return column satisfies never;
  }
}

/** The rank of an order in an arrangement. @param now the gateway's time, epoch milliseconds */
export function arrangedRank(order: Order, key: OrderKey, now: number, { by }: Arrangement): Rank {
  const rank = rankOf(order, key, now);
  return by === 'urgency' ? rank : { ...rank, value: columnValue(order, by, rank) };
}

function compareValues(a: number | string | undefined, b: number | string | undefined): number {
  if (a === b || a === undefined || b === undefined) return 0;
  return a < b ? -1 : 1;
}

/** Where orders stand towards each other; never 0 for two different ones. */
export function comparisonOf({ grouping, by, descending }: Arrangement): (a: Rank, b: Rank) => number {
  const column = by !== 'urgency';
  if (!column && grouping !== 'store') return compareRanks;
  const direction = descending ? -1 : 1;
  return (a, b) => {
    const group = grouping === 'urgency' ? a.group - b.group : 0;
    const store = grouping === 'store' ? compareValues(storeOf(a.key), storeOf(b.key)) : 0;
    return group || store || (column ? direction * compareValues(a.value, b.value) : 0) || compareRanks(a, b);
  };
}

/** Columns of which the largest or the newest is what people look for first. */
const largestFirst: ReadonlySet<Column> = new Set<Column>(['price', 'crypto', 'happening', 'created']);

/** What pressing a column's heading makes of the sorting: by it, the other way round, and by urgency again. */
export function nextSorting(before: Sorting, column: Column): Sorting {
  const first = largestFirst.has(column);
  if (before.by !== column) return { by: column, descending: first };
  return before.descending === first ? { by: column, descending: !first } : { by: 'urgency', descending: false };
}
