/** Days as the calendar names them, `2026-11-21`: no instants, and therefore no time zone. */
import type { DayRange, Preset } from '../../../store/insight-choice.ts';

const DAY_MS = 86_400_000;
/** Longer ranges have more months than a chart has points. */
export const DAYS_MOST = 2900;

/** UTC midnight of the same name, by which days are counted. */
function numberOf(day: string): number {
  return Date.parse(`${day}T00:00:00Z`) / DAY_MS;
}

function dayOf(number: number): string {
  return new Date(number * DAY_MS).toISOString().slice(0, 10);
}

export function addDays(day: string, days: number): string {
  return dayOf(numberOf(day) + days);
}

/** How many days a range holds; none where it ends before it begins. */
export function daysIn({ from, to }: DayRange): number {
  return Math.max(0, numberOf(to) - numberOf(from) + 1);
}

export function daysOf(range: DayRange): string[] {
  return Array.from({ length: daysIn(range) }, (_, n) => addDays(range.from, n));
}

/** True for a Monday, with which a week begins by ISO 8601. */
export function isMonday(day: string): boolean {
  // The first of January 1970 was a Thursday.
  return (numberOf(day) + 3) % 7 === 0;
}

/**
 * The days a preset means.
 * @param today the store's day
 * @param since the first day anything is held of; today where nothing is
 */
export function presetRange(preset: Preset, today: string, since: string): DayRange {
  switch (preset) {
    case 'today':
      return { from: today, to: today };
    case 'yesterday':
      return { from: addDays(today, -1), to: addDays(today, -1) };
    case 'week':
      return { from: addDays(today, -6), to: today };
    case 'month':
      return { from: addDays(today, -29), to: today };
    case 'all': {
      const first = addDays(today, 1 - DAYS_MOST);
      const from = since < first ? first : since;
      return { from: from < today ? from : today, to: today };
    }
    default:
      return preset satisfies never;
  }
}
