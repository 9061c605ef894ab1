/**
 * A range of days cut into buckets by the wall clocks of the stores: a day has 23, 24 or 25 hours, and begins when it
 * begins there.
 */
import { createWallClock } from '../../../../contract/zoned-time.ts';
import type { DayRange, Unit } from '../../../store/insight-choice.ts';
import { addDays, daysIn, daysOf, isMonday } from './calendar.ts';

export interface Bucket {
  /** What the wall clock calls it; sorts in time. The repeated hour of a day of 25 carries a `+`. */
  readonly key: string;
  /** When it begins, epoch milliseconds; by the first of the zones where there are several. */
  readonly start: number;
}

export interface TimeGrid {
  readonly unit: Unit;
  readonly buckets: readonly Bucket[];
  /** The bucket in which an instant falls by a zone's clock; −1 outside the range. */
  readonly indexOf: (at: number, timeZone: string) => number;
}

/** Charts stay readable, and drawing them cheap, up to about this many points. */
export const POINTS_MOST = 100;
const HOUR_MS = 3_600_000;
/** Wall clocks are set by quarters of an hour, and days begin on one. */
const QUARTER_MS = 15 * 60_000;

/** The finest unit that stays within the points of a chart. */
export function finestUnit(range: DayRange): Unit {
  const days = daysIn(range);
  // The longest day has 25 hours.
  if (days * 25 <= POINTS_MOST) return 'hour';
  if (days <= POINTS_MOST) return 'day';
  return days / 7 <= POINTS_MOST - 1 ? 'week' : 'month';
}

/** The units a person may choose from: the finest, and days where they are not the finest already. */
export function unitsOf(range: DayRange): readonly Unit[] {
  const finest = finestUnit(range);
  return finest === 'hour' && daysIn(range) > 1 ? ['hour', 'day'] : [finest];
}

type Clock = ReturnType<typeof createWallClock>;

function two(number: number): string {
  return number.toString().padStart(2, '0');
}

function dayAt(clock: Clock, at: number): string {
  const { year, month, day } = clock(at);
  return `${year}-${two(month)}-${two(day)}`;
}

/** When a day begins: not always at midnight, where the clock is set forward just then. */
function startOfDay(day: string, clock: Clock): number {
  const midnight = Date.parse(`${day}T00:00:00Z`);
  // No zone is more than 14 hours from UTC; an hour more for a clock that is set.
  let [before, after] = [midnight - 15 * HOUR_MS, midnight + 15 * HOUR_MS];
  while (after - before > QUARTER_MS) {
    const middle = before + Math.round((after - before) / 2 / QUARTER_MS) * QUARTER_MS;
    if (dayAt(clock, middle) >= day) after = middle;
    else before = middle;
  }
  return after;
}

/** The buckets of one zone, and after the last one where the range ends. */
interface ZoneBuckets {
  readonly buckets: readonly Bucket[];
  readonly end: number;
}

function beginsUnit(day: string, n: number, unit: Unit): boolean {
  if (n === 0 || unit === 'day') return true;
  return unit === 'week' ? isMonday(day) : day.endsWith('-01');
}

function hoursBetween(start: number, end: number, clock: Clock): Bucket[] {
  const hours: Bucket[] = [];
  let [last, offset] = ['', 0];
  for (let at = start; at < end; at += QUARTER_MS) {
    const wall = clock(at);
    const { year, month, day, hour, minute } = wall;
    const key = `${year}-${two(month)}-${two(day)}T${two(hour)}`;
    const ahead = Date.UTC(year, month - 1, day, hour, minute) - at;
    // An hour that the clock shows twice is two; where it is set by less than an hour, the same goes on.
    const again = key === last && offset - ahead >= HOUR_MS;
    if (key !== last || again) hours.push({ key: again ? `${key}+` : key, start: at });
    [last, offset] = [key, ahead];
  }
  return hours;
}

function bucketsOf(range: DayRange, unit: Unit, clock: Clock): ZoneBuckets {
  const end = startOfDay(addDays(range.to, 1), clock);
  if (unit === 'hour') return { buckets: hoursBetween(startOfDay(range.from, clock), end, clock), end };
  const days = daysOf(range).filter((day, n) => beginsUnit(day, n, unit));
  return { buckets: days.map((key) => ({ key, start: startOfDay(key, clock) })), end };
}

/** The last bucket that begins at an instant or before it; −1 outside. */
function placeIn({ buckets, end }: ZoneBuckets, at: number): number {
  if (at >= end) return -1;
  let [low, high] = [0, buckets.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((buckets[middle]?.start ?? Infinity) <= at) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** @param zones of the stores that are counted; what is of another falls outside */
export function createTimeGrid(range: DayRange, unit: Unit, zones: readonly string[]): TimeGrid {
  const own = new Map(zones.map((zone) => [zone, bucketsOf(range, unit, createWallClock(zone))]));
  const starts = new Map<string, number>();
  for (const { buckets } of own.values()) {
    for (const { key, start } of buckets) if (!starts.has(key)) starts.set(key, start);
  }
  const keys = [...starts.keys()].sort();
  const places = new Map(keys.map((key, n) => [key, n]));
  return {
    unit,
    buckets: keys.map((key) => ({ key, start: starts.get(key) ?? 0 })),
    indexOf: (at, timeZone) => {
      const zone = own.get(timeZone);
      const key = zone?.buckets[zone ? placeIn(zone, at) : -1]?.key;
      return key === undefined ? -1 : (places.get(key) ?? -1);
    },
  };
}

/** The hour of the day that a zone's clock shows, 0 to 23; each quarter of an hour is looked up once. */
export function createHourOfDay(): (at: number, timeZone: string) => number {
  const zones = new Map<string, { clock: Clock; hours: Map<number, number> }>();
  return (at, timeZone) => {
    let zone = zones.get(timeZone);
    if (!zone) zones.set(timeZone, (zone = { clock: createWallClock(timeZone), hours: new Map() }));
    const quarter = Math.floor(at / QUARTER_MS);
    let hour = zone.hours.get(quarter);
    if (hour === undefined) zone.hours.set(quarter, (hour = zone.clock(at).hour));
    return hour;
  };
}
