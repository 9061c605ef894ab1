/** Crypto.com Pay's amounts: whole base units, but for crypto amounts, which may be in the major unit. */
import { currencyDecimals, formatUnits } from '../../../contract/money.ts';
import type { Price } from '../../../contract/order.ts';
import { decimalAmount, majorUnits, scaledUnits } from '../amount.ts';
import type { Units } from '../amount.ts';

/** @throws AmountError when it is not a whole number of base units */
export function baseUnits(text: string): bigint {
  return scaledUnits(text, 0);
}

/**
 * A pricing amount, which is a whole number of the currency's smallest unit: `2500` USD → 25.00, JPY has no decimals.
 * A currency whose decimals are not known keeps its base units, and `decimals: null` says so.
 * @throws AmountError when it is none, or more than an order can hold
 */
export function priceOf(currency: string, amount: string): Price {
  const units = baseUnits(amount);
  const decimals = currencyDecimals(currency);
  return decimals === null
    ? { currency, amount: decimalAmount(units.toString()), decimals: null }
    : { currency, amount: decimalAmount(formatUnits(units, decimals)) };
}

/** How a body writes its crypto amounts. */
export type CryptoNotation = 'major' | 'base';

/** Of a coin, in its tenth powers: nobody asks for less than a billionth. */
const LEAST_POWER = 9;

/**
 * The samples write crypto amounts in the major unit and always with a point (`"100.0"`), while all other amounts are
 * integers of base units and the reference leaves crypto amounts open. So one point in a body means the major unit
 * for both its amounts; without any, base units, unless the price in the same currency proves the other reading, or the
 * base unit is so small that they would be next to nothing.
 * @param amounts what is asked for, then what came
 * @param decimals of what is asked for, null where they are not known
 */
export function cryptoNotation(
  amounts: readonly (string | undefined)[],
  samePrice: { readonly amount: string; readonly decimals: number | null } | null,
  decimals: number | null,
): CryptoNotation {
  if (amounts.some((amount) => amount?.includes('.'))) return 'major';
  const [quoted] = amounts;
  if (quoted !== undefined && isNextToNothing(quoted, decimals)) return 'major';
  if (!samePrice || samePrice.decimals === null || quoted === undefined) return 'base';
  const proves = (places: number) => scaledUnits(quoted, places) === baseUnits(samePrice.amount);
  return !proves(0) && proves(samePrice.decimals) ? 'major' : 'base';
}

function isNextToNothing(quoted: string, decimals: number | null): boolean {
  if (decimals === null || decimals <= LEAST_POWER || !/^\d{1,36}$/.test(quoted)) return false;
  const units = BigInt(quoted);
  return units > 0n && units < 10n ** BigInt(decimals - LEAST_POWER);
}

/**
 * A crypto amount in base units.
 * @param decimals of the asset, null where they are not known
 * @throws AmountError when it is no amount, or finer than the asset's unit
 */
export function cryptoUnits(text: string, decimals: number | null, notation: CryptoNotation): Units {
  return notation === 'base' ? { amount: baseUnits(text), decimals } : majorUnits(text, decimals);
}
