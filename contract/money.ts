/**
 * Money without floating point: amounts are bigint base units with a number of decimals, or decimal strings in the
 * major unit. Nothing here rounds silently.
 */

/** A decimal string in the major unit, such as `19.99`; at most 40 digits before and 30 after the point. */
export const DECIMAL_PATTERN = /^(?:0|[1-9]\d{0,39})(?:\.\d{1,30})?$/;

/** A non-negative integer of base units as a string, such as `8000000000000000`; at most 78 digits (uint256). */
export const BASE_UNITS_PATTERN = /^(?:0|[1-9]\d{0,77})$/;

/** A sum of base units: so many digits more than one amount that no number of payments outgrows it. */
export const BASE_UNITS_SUM_PATTERN = /^(?:0|[1-9]\d{0,99})$/;

/** ISO 4217 currencies whose minor unit is not two decimals. Source: ISO 4217 list one, checked 2026. */
const ISO_EXPONENTS: Readonly<Record<string, number>> = {
  BHD: 3,
  BIF: 0,
  CLF: 4,
  CLP: 0,
  DJF: 0,
  GNF: 0,
  IQD: 3,
  ISK: 0,
  JOD: 3,
  JPY: 0,
  KMF: 0,
  KRW: 0,
  KWD: 3,
  LYD: 3,
  OMR: 3,
  PYG: 0,
  RWF: 0,
  TND: 3,
  UGX: 0,
  UYI: 0,
  UYW: 4,
  VND: 0,
  VUV: 0,
  XAF: 0,
  XOF: 0,
  XPF: 0,
};

/** ISO 4217 currencies with two decimals that processors of crypto payments price in. */
const ISO_TWO_DECIMALS: ReadonlySet<string> = new Set(
  (
    'AED ALL AMD ARS AUD AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BWP BYN BZD CAD CHF CNY COP CRC CUP CVE CZK DKK DOP DZD ' +
    'EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KYD KZT LAK LBP ' +
    'LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN ' +
    'QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD ' +
    'UYU UZS VES WST XCD YER ZAR ZMW'
  ).split(' '),
);

/**
 * Decimals of the base unit of well-known crypto assets by symbol. Only for processors that name an asset by its
 * symbol; on a configured chain the configuration decides. Sources: each asset's own specification.
 */
const CRYPTO_DECIMALS: Readonly<Record<string, number>> = {
  ADA: 6,
  ATOM: 6,
  BCH: 8,
  BNB: 18,
  BTC: 8,
  CRO: 18,
  DAI: 18,
  DOGE: 8,
  ETH: 18,
  LTC: 8,
  MATIC: 18,
  POL: 18,
  PYUSD: 6,
  SHIB: 18,
  SOL: 9,
  TRX: 6,
  USDC: 6,
  USDT: 6,
  WBTC: 8,
  XRP: 6,
};

/** Decimals of a fiat or crypto currency's smallest unit, or null when the currency is unknown. */
export function currencyDecimals(currency: string): number | null {
  const code = currency.toUpperCase();
  return ISO_EXPONENTS[code] ?? (ISO_TWO_DECIMALS.has(code) ? 2 : (CRYPTO_DECIMALS[code] ?? null));
}

/** True for an ISO 4217 currency, which `Intl.NumberFormat` can show as money. */
export function isFiat(currency: string): boolean {
  const code = currency.toUpperCase();
  return code in ISO_EXPONENTS || ISO_TWO_DECIMALS.has(code);
}

/** Base units → exact decimal string in the major unit without trailing zeros: `(1500n, 3)` → `"1.5"`. */
export function formatUnits(units: bigint, decimals: number): string {
  const negative = units < 0n;
  const digits = (negative ? -units : units).toString().padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  const fraction = digits.slice(digits.length - decimals).replace(/0+$/, '');
  return `${negative ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}

/**
 * Decimal string in the major unit → base units.
 * @throws RangeError when it is not a plain decimal, or finer than the unit allows.
 */
export function parseUnits(amount: string, decimals: number): bigint {
  if (!DECIMAL_PATTERN.test(amount)) throw new RangeError(`"${amount}" is not a decimal amount such as 19.99`);
  const [whole = '0', fraction = ''] = amount.split('.');
  const significant = fraction.replace(/0+$/, '');
  if (significant.length > decimals) {
    throw new RangeError(`"${amount}" has more than the ${decimals} decimals its currency allows`);
  }
  return BigInt(whole + significant.padEnd(decimals, '0'));
}

/** A decimal of any length, because sums outgrow what a single amount may be, as an integer of `decimals` places. */
function scaled(amount: string, decimals: number): bigint {
  if (!/^\d+(?:\.\d+)?$/.test(amount)) throw new RangeError(`"${amount}" is not a decimal amount such as 19.99`);
  const [whole = '0', fraction = ''] = amount.split('.');
  return BigInt(whole + fraction.padEnd(decimals, '0'));
}

function decimalsOf(amount: string): number {
  return amount.split('.')[1]?.length ?? 0;
}

/** Compares two decimal strings: negative, zero or positive, exactly. */
export function compareDecimals(a: string, b: string): number {
  const decimals = Math.max(decimalsOf(a), decimalsOf(b));
  const difference = scaled(a, decimals) - scaled(b, decimals);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** Adds decimal strings exactly; the sum keeps no trailing zeros. */
export function addDecimals(amounts: readonly string[]): string {
  const decimals = Math.max(0, ...amounts.map(decimalsOf));
  return formatUnits(
    amounts.reduce((sum, amount) => sum + scaled(amount, decimals), 0n),
    decimals,
  );
}

/**
 * The least amount that is taken as paid: `due` less a tolerance of `basisPoints` hundredths of a percent, rounded up
 * so that the tolerance is never exceeded.
 */
export function leastAccepted(due: bigint, basisPoints: number): bigint {
  const kept = due * BigInt(10_000 - basisPoints);
  return (kept + 9_999n) / 10_000n;
}
