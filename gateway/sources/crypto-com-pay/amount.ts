/** Crypto.com Pay's amounts as exact integers and decimals; nothing here passes through a JavaScript number. */
import { BASE_UNITS_PATTERN, currencyDecimals, formatUnits } from '../../../contract/money.ts';
import type { Price } from '../../../contract/order.ts';

/** An amount that is not what Crypto.com Pay documents. */
export class AmountError extends Error {
  override readonly name = 'AmountError';
}

interface Numeral {
  /** All digits, without the point. */
  readonly digits: string;
  /** How many of them stand behind the point; may be negative after an exponent. */
  readonly scale: number;
}

const NUMERAL = /^(\d{1,80})(?:\.(\d{1,40}))?(?:[eE]([+-]?\d{1,2}))?$/;

function numeralOf(text: string): Numeral {
  const [, whole, fraction = '', exponent = '0'] = NUMERAL.exec(text.trim()) ?? [];
  if (whole === undefined) throw new AmountError(`"${text.slice(0, 100)}" is not an amount`);
  return { digits: whole + fraction, scale: fraction.length - Number(exponent) };
}

/** Scales a numeral by 10^decimals; an inexact result is an error, never rounded. */
function scaled(text: string, decimals: number): bigint {
  const { digits, scale } = numeralOf(text);
  const shift = decimals - scale;
  const units = shift >= 0 ? BigInt(digits) * 10n ** BigInt(shift) : exactQuotient(BigInt(digits), -shift, text);
  if (!BASE_UNITS_PATTERN.test(units.toString())) throw new AmountError(`"${text.slice(0, 100)}" is out of range`);
  return units;
}

function exactQuotient(value: bigint, zeros: number, text: string): bigint {
  const divisor = 10n ** BigInt(zeros);
  if (value % divisor !== 0n) throw new AmountError(`"${text.slice(0, 100)}" is finer than its currency's unit`);
  return value / divisor;
}

/** @throws AmountError when it is not a whole number of base units */
export function baseUnits(text: string): bigint {
  return scaled(text, 0);
}

/**
 * A pricing amount, which is a whole number of the currency's smallest unit: `2500` USD → 25.00, JPY has no decimals.
 * A currency whose decimals are not known keeps its base units, and `decimals: null` says so.
 */
export function priceOf(currency: string, amount: string): Price {
  const units = baseUnits(amount);
  const decimals = currencyDecimals(currency);
  return decimals === null
    ? { currency, amount: units.toString(), decimals: null }
    : { currency, amount: formatUnits(units, decimals) };
}

/** How a body writes its crypto amounts. */
export type CryptoNotation = 'major' | 'base';

/**
 * The samples write crypto amounts in the major unit and always with a point (`"100.0"`), while all other amounts are
 * integers of base units and the reference leaves crypto amounts open. So one point in a body means the major unit
 * for both its amounts; without any, base units, unless the price in the same currency proves the other reading.
 */
export function cryptoNotation(
  amounts: readonly (string | undefined)[],
  samePrice: { readonly amount: string; readonly decimals: number | null } | null,
): CryptoNotation {
  if (amounts.some((amount) => amount?.includes('.'))) return 'major';
  const [quoted] = amounts;
  if (!samePrice || samePrice.decimals === null || quoted === undefined) return 'base';
  const proves = (decimals: number) => scaled(quoted, decimals) === baseUnits(samePrice.amount);
  return !proves(0) && proves(samePrice.decimals) ? 'major' : 'base';
}

/** Decimals at which amounts of an asset are held that is written in the major unit and known to nobody here. */
const NOMINAL_DECIMALS = 18;

export interface Units {
  readonly amount: bigint;
  /** Null for base units of an asset whose decimals are not known. */
  readonly decimals: number | null;
}

/**
 * A crypto amount in base units.
 * @param decimals of the asset, null where they are not known
 * @throws AmountError when it is no amount, or finer than the asset's unit
 */
export function cryptoUnits(text: string, decimals: number | null, notation: CryptoNotation): Units {
  if (notation === 'base') return { amount: scaled(text, 0), decimals };
  const held = decimals ?? NOMINAL_DECIMALS;
  return { amount: scaled(text, held), decimals: held };
}
