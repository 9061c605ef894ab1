/** Money of one currency as it is counted, and as it is told. */
import { formatUnits, parseUnits } from '../../../../contract/money.ts';
import type { Sum } from './insights.ts';

/** A decimal amount has no more digits behind its point. */
const DECIMALS_MOST = 30;

export interface MoneyCount {
  orders: number;
  /** Of 30 decimals. */
  units: bigint;
}

export function noMoney(): MoneyCount {
  return { orders: 0, units: 0n };
}

/** @param by 1 to count, −1 to count no more */
export function countMoney(count: MoneyCount, units: bigint, by: 1 | -1): void {
  count.orders += by;
  count.units += BigInt(by) * units;
}

/** @param amount a decimal string of the major unit */
export function unitsOf(amount: string): bigint {
  return parseUnits(amount, DECIMALS_MOST);
}

export function sumOf({ orders, units }: MoneyCount): Sum {
  return { orders, amount: formatUnits(units, DECIMALS_MOST) };
}

/** The largest amount first, then by name. */
export function largestFirst<T extends { readonly money: MoneyCount; readonly name: string }>(
  counts: Iterable<T>,
): readonly T[] {
  const compare = (a: T, b: T) =>
    a.money.units === b.money.units ? (a.name < b.name ? -1 : 1) : a.money.units > b.money.units ? -1 : 1;
  return [...counts].sort(compare);
}
