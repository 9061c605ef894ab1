/** Numbers, money and times as a person of the given locale writes them. Every Intl object is made once. */
import { currencyDecimals, formatUnits, isFiat } from '../../contract/money.ts';

/** Most decimals of a crypto amount on a row; what is cut is shown by an ellipsis and in full on hover. */
const ROW_DECIMALS = 8;

export interface Format {
  readonly locale: string;
  readonly number: (value: number) => string;
  /** A decimal string of the major unit as money: `("USD", "19.99")` → `$19.99`. */
  readonly money: (currency: string, amount: string) => string;
  /** Base units with their symbol, cut to what a row can hold. */
  readonly crypto: (amount: string, decimals: number | null, symbol: string) => string;
  /** The same, never cut. */
  readonly cryptoExact: (amount: string, decimals: number | null, symbol: string) => string;
  /** hh:mm:ss of the device's time zone. */
  readonly time: (at: number) => string;
  /** Date, time and zone, for a title. */
  readonly full: (at: number) => string;
  /** Time to the millisecond. */
  readonly precise: (at: number) => string;
  /** `3 min ago`, `in 2 h`; seconds below a minute. */
  readonly relative: (at: number, now: number) => string;
}

const steps: readonly (readonly [limitMs: number, unitMs: number, unit: Intl.RelativeTimeFormatUnit])[] = [
  [60_000, 1000, 'second'],
  [3_600_000, 60_000, 'minute'],
  [86_400_000, 3_600_000, 'hour'],
  [Infinity, 86_400_000, 'day'],
];

function relativeParts(differenceMs: number): readonly [number, Intl.RelativeTimeFormatUnit] {
  const size = Math.abs(differenceMs);
  const [, unitMs, unit] = steps.find(([limit]) => size < limit) ?? [0, 86_400_000, 'day' as const];
  return [Math.trunc(differenceMs / unitMs), unit];
}

/** A decimal string groups and localises without passing through a float: Intl reads numeric strings exactly. */
function exact(format: Intl.NumberFormat, decimal: string): string {
  return format.format(decimal as `${number}`);
}

function cut(decimal: string, decimals: number): { text: string; cut: boolean } {
  const [whole = '0', fraction = ''] = decimal.split('.');
  if (fraction.length <= decimals) return { text: decimal, cut: false };
  return { text: `${whole}.${fraction.slice(0, decimals)}`, cut: true };
}

interface Times {
  time: Intl.DateTimeFormat;
  precise: Intl.DateTimeFormat;
  full: Intl.DateTimeFormat;
}

function timeFormats(locale: string): Times {
  const clock = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' } as const;
  return {
    time: new Intl.DateTimeFormat(locale, clock),
    precise: new Intl.DateTimeFormat(locale, { ...clock, fractionalSecondDigits: 3 }),
    full: new Intl.DateTimeFormat(locale, {
      ...{ year: 'numeric', month: 'short', day: 'numeric', weekday: 'short' },
      ...clock,
      timeZoneName: 'short',
    }),
  };
}

function moneyFormats(locale: string): (currency: string) => Intl.NumberFormat {
  const made = new Map<string, Intl.NumberFormat>();
  return (currency) => {
    const known = made.get(currency);
    if (known) return known;
    const format = isFiat(currency)
      ? new Intl.NumberFormat(locale, { style: 'currency', currency })
      : new Intl.NumberFormat(locale, { maximumFractionDigits: currencyDecimals(currency) ?? 18 });
    made.set(currency, format);
    return format;
  };
}

export function createFormat(locale: string): Format {
  const integer = new Intl.NumberFormat(locale);
  const units = new Intl.NumberFormat(locale, { maximumFractionDigits: 36 });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'narrow' });
  const times = timeFormats(locale);
  const moneyFormat = moneyFormats(locale);

  const cryptoTo = (limit: number) => (amount: string, decimals: number | null, symbol: string) => {
    // An unknown asset has no decimals: its base units are shown as they are, and named so by the symbol alone.
    const short = cut(decimals === null ? amount : formatUnits(BigInt(amount), decimals), limit);
    // Dust that was cut to nothing is still something.
    if (short.cut && /^[0.]+$/.test(short.text)) return `<${exact(units, short.text.replace(/0$/, '1'))} ${symbol}`;
    return `${exact(units, short.text)}${short.cut ? '…' : ''} ${symbol}`;
  };
  return {
    locale,
    number: (value) => integer.format(value),
    money: (currency, amount) => {
      const text = exact(moneyFormat(currency), amount);
      return isFiat(currency) ? text : `${text} ${currency}`;
    },
    crypto: cryptoTo(ROW_DECIMALS),
    cryptoExact: cryptoTo(Infinity),
    time: (at) => times.time.format(at),
    full: (at) => times.full.format(at),
    precise: (at) => times.precise.format(at),
    relative: (at, now) => relative.format(...relativeParts(at - now)),
  };
}
