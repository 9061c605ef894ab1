/** Amounts as processors write them, as exact integers; nothing here passes through a JavaScript number. */
import { BASE_UNITS_PATTERN, DECIMAL_PATTERN, formatUnits } from '../../contract/money.ts';

/** An amount that is not what its processor documents. */
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

/**
 * A numeral times 10^decimals, as base units.
 * @throws AmountError when it is no amount, or finer than the unit: nothing is rounded
 */
export function scaledUnits(text: string, decimals: number): bigint {
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

/** Decimals at which amounts of an asset are held that is written in the major unit and known to nobody here. */
const NOMINAL_DECIMALS = 18;

export interface Units {
  readonly amount: bigint;
  /** Null for base units of an asset whose decimals are not known. */
  readonly decimals: number | null;
}

/**
 * A crypto amount in the major unit → base units.
 * @param decimals of the asset, null where they are not known
 * @throws AmountError when it is no amount, or finer than the asset's unit
 */
export function majorUnits(text: string, decimals: number | null): Units {
  const held = decimals ?? NOMINAL_DECIMALS;
  return { amount: scaledUnits(text, held), decimals: held };
}

/** No amount that is kept has more, whatever zeros, spaces and exponent it is written with. */
const MOST_CHARACTERS = 200;

/**
 * A decimal amount of a price or refund as orders hold it, without trailing zeros behind the point.
 * @throws AmountError when it is no amount
 */
export function decimalAmount(text: string): string {
  if (text.length > MOST_CHARACTERS) throw new AmountError(`"${text.slice(0, 100)}…" is not an amount`);
  const { digits, scale } = numeralOf(text);
  const whole = scale < 0 ? digits + '0'.repeat(-scale) : digits;
  const plain = formatUnits(BigInt(whole), Math.max(0, scale));
  if (!DECIMAL_PATTERN.test(plain)) throw new AmountError(`"${text.slice(0, 100)}" is not an amount`);
  return plain;
}
