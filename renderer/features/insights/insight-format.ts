/** How the insights write days, hours, shares and round amounts, by the locale. */
import { isFiat } from '../../../contract/money.ts';
import type { Unit } from '../../store/insight-choice.ts';
import type { Words } from '../../strings/translate.ts';
import type { Bucket } from './count/time-grid.ts';

export interface InsightFormat {
  /** Short, for an axis. */
  readonly tick: (key: string, unit: Unit) => string;
  /** In full, for a table and a tooltip. */
  readonly bucket: (bucket: Bucket, unit: Unit) => string;
  /** `2026-11-21` as people write it. */
  readonly day: (day: string) => string;
  /** The hour of the day, 0 to 23. */
  readonly hour: (hour: number) => string;
  /** 0 to 1. */
  readonly percent: (share: number) => string;
  /** A round amount for an axis, such as `$1.2K`. */
  readonly round: (currency: string, amount: number) => string;
}

/** The least share that is told as a figure. */
const LEAST_SHARE = 0.001;

/** What a key names, as if it were UTC: the key itself is by the store's clock. */
function named(key: string): number {
  return Date.parse(key.includes('T') ? `${key.slice(0, 13)}:00Z` : `${key}T00:00Z`);
}

function roundFormats(locale: string): InsightFormat['round'] {
  const made = new Map<string, Intl.NumberFormat>();
  return (currency, amount) => {
    let format = made.get(currency);
    if (!format) {
      const money = isFiat(currency) ? ({ style: 'currency', currency } as const) : {};
      format = new Intl.NumberFormat(locale, { ...money, notation: 'compact', maximumFractionDigits: 1 });
      made.set(currency, format);
    }
    return format.format(amount);
  };
}

export function createInsightFormat({ locale, t }: Pick<Words, 'locale' | 't'>): InsightFormat {
  const of = (parts: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, { ...parts, timeZone: 'UTC' });
  const short = of({ month: 'short', day: 'numeric' });
  const long = of({ weekday: 'short', year: 'numeric', month: 'short', day: 'numeric' });
  const month = of({ year: 'numeric', month: 'long' });
  const shortMonth = of({ year: '2-digit', month: 'short' });
  const hour = of({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const percents = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 });
  const hourOf = (key: string) => {
    const text = hour.format(named(key));
    return key.endsWith('+') ? t('time.hourAgain', { hour: text }) : text;
  };
  return {
    tick: (key, unit) => {
      if (unit === 'hour') return hourOf(key);
      return unit === 'month' ? shortMonth.format(named(key)) : short.format(named(key));
    },
    bucket: ({ key }, unit) => {
      const day = long.format(named(key.slice(0, 10)));
      if (unit === 'hour') return `${day}, ${hourOf(key)}`;
      if (unit === 'month') return month.format(named(key));
      return unit === 'week' ? t('time.weekFrom', { day }) : day;
    },
    day: (day) => long.format(named(day)),
    hour: (of24) => hour.format(of24 * 3_600_000),
    percent: (share) => {
      // Never rounded up to all, nor down to nothing.
      if (share > 0 && share < LEAST_SHARE) return `<${percents.format(LEAST_SHARE)}`;
      return share < 1 && share > 1 - LEAST_SHARE ? `>${percents.format(1 - LEAST_SHARE)}` : percents.format(share);
    },
    round: roundFormats(locale),
  };
}
