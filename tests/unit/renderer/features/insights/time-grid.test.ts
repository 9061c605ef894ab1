import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wallTime } from '../../../../../contract/zoned-time.ts';
import { addDays, DAYS_MOST } from '../../../../../renderer/features/insights/count/calendar.ts';
import {
  createHourOfDay,
  createTimeGrid,
  finestUnit,
  POINTS_MOST,
  unitsOf,
} from '../../../../../renderer/features/insights/count/time-grid.ts';

const HOUR_MS = 3_600_000;
const zones = [
  'Europe/Lisbon',
  'America/New_York',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Asia/Beirut',
  'America/Havana',
  'Pacific/Apia',
  'Pacific/Kiritimati',
  'UTC',
];
const day = (date: string) => ({ from: date, to: date });

describe('the hours of a day by the store’s clock', () => {
  it('are 24 on most days, 23 and 25 where the clock is set', () => {
    const hours = (date: string, zone: string) => createTimeGrid(day(date), 'hour', [zone]).buckets;
    expect(hours('2026-11-21', 'Europe/Lisbon')).toHaveLength(24);
    expect(hours('2026-03-29', 'Europe/Lisbon')).toHaveLength(23);
    expect(hours('2026-10-25', 'Europe/Lisbon')).toHaveLength(25);
    expect(hours('2026-10-25', 'Europe/Lisbon').map(({ key }) => key.slice(11))).toEqual(
      expect.arrayContaining(['01', '01+', '02']),
    );
    expect(hours('2026-03-08', 'America/New_York').map(({ key }) => key.slice(11))).not.toContain('02');
  });

  it('begin where the day does, also where there is no midnight', () => {
    // Beirut sets its clock forward at midnight of the 29th of March.
    const [first] = createTimeGrid(day('2026-03-29'), 'hour', ['Asia/Beirut']).buckets;
    expect(first).toEqual({ key: '2026-03-29T01', start: Date.UTC(2026, 2, 28, 22) });
  });

  it('are one longer where a clock is set back by half an hour', () => {
    const { buckets } = createTimeGrid(day('2026-04-05'), 'hour', ['Australia/Lord_Howe']);
    expect(buckets).toHaveLength(24);
    expect(buckets.map(({ start }, n) => ((buckets[n + 1]?.start ?? start) - start) / HOUR_MS)).toContain(1.5);
  });

  it('share a day with the hours of a store elsewhere', () => {
    const grid = createTimeGrid(day('2026-10-25'), 'hour', ['Europe/Lisbon', 'UTC']);
    expect(grid.buckets).toHaveLength(25);
    const noon = grid.buckets.findIndex(({ key }) => key === '2026-10-25T12');
    expect(grid.indexOf(Date.UTC(2026, 9, 25, 12), 'UTC')).toBe(noon);
    expect(grid.indexOf(Date.UTC(2026, 9, 25, 12), 'Europe/Lisbon')).toBe(noon);
    expect(grid.indexOf(Date.UTC(2026, 9, 25, 12), 'Asia/Tokyo')).toBe(-1);
  });
});

describe('a time grid', () => {
  const cases = fc.record({
    zone: fc.constantFrom(...zones),
    from: fc.integer({ min: 0, max: 800 }).map((days) => addDays('2025-06-01', days)),
    days: fc.integer({ min: 1, max: 120 }),
    unit: fc.constantFrom('hour' as const, 'day' as const, 'week' as const, 'month' as const),
    at: fc.double({ min: -0.1, max: 1.1, noNaN: true }),
  });

  it('puts any instant where the wall clock says, and nothing from outside the range', () => {
    fc.assert(
      fc.property(cases, ({ zone, from, days, unit, at: share }) => {
        const range = { from, to: addDays(from, unit === 'hour' ? Math.min(days, 4) - 1 : days - 1) };
        const grid = createTimeGrid(range, unit, [zone]);
        const start = Date.parse(from);
        const at = Math.floor(start + share * (Date.parse(addDays(range.to, 1)) - start));
        const wall = wallTime(at, zone);
        const name = `${wall.year}-${String(wall.month).padStart(2, '0')}-${String(wall.day).padStart(2, '0')}`;
        const place = grid.buckets[grid.indexOf(at, zone)];
        expect(place !== undefined).toBe(name >= range.from && name <= range.to);
        if (!place) return;
        const hour = `${name}T${String(wall.hour).padStart(2, '0')}`;
        if (unit === 'hour') expect(place.key.replace('+', '')).toBe(hour);
        else expect(place.key <= name).toBe(true);
        const next = grid.buckets[grid.indexOf(at, zone) + 1];
        if (next && unit !== 'hour') expect(next.key > name).toBe(true);
        expect(place.start).toBeLessThanOrEqual(at);
        expect(next?.start ?? Infinity).toBeGreaterThan(at);
      }),
      { numRuns: 600 },
    );
  });

  it('has no more points than a chart can hold', () => {
    fc.assert(
      fc.property(fc.constantFrom(...zones), fc.integer({ min: 1, max: DAYS_MOST }), (zone, days) => {
        const range = { from: '2024-02-10', to: addDays('2024-02-10', days - 1) };
        const { buckets } = createTimeGrid(range, finestUnit(range), [zone]);
        expect(buckets.length).toBeGreaterThan(0);
        expect(buckets.length).toBeLessThanOrEqual(POINTS_MOST);
      }),
      { numRuns: 60 },
    );
  });

  it('begins weeks on Mondays and months on their first, after a first one that may be short', () => {
    const keys = (unit: 'week' | 'month', to: string) =>
      createTimeGrid({ from: '2026-11-18', to }, unit, ['UTC']).buckets.map(({ key }) => key);
    expect(keys('week', '2026-12-01')).toEqual(['2026-11-18', '2026-11-23', '2026-11-30']);
    expect(keys('month', '2027-01-05')).toEqual(['2026-11-18', '2026-12-01', '2027-01-01']);
  });

  it('offers hours and days where both fit', () => {
    expect(unitsOf(day('2026-11-21'))).toEqual(['hour']);
    expect(unitsOf({ from: '2026-11-18', to: '2026-11-21' })).toEqual(['hour', 'day']);
    expect(unitsOf({ from: '2026-11-17', to: '2026-11-21' })).toEqual(['day']);
    expect(unitsOf({ from: '2026-01-01', to: '2026-11-21' })).toEqual(['week']);
  });
});

describe('the hour of the day', () => {
  it('is what the wall clock shows', () => {
    const hourOfDay = createHourOfDay();
    fc.assert(
      fc.property(fc.constantFrom(...zones), fc.integer({ min: 1.7e12, max: 1.9e12 }), (zone, at) => {
        expect(hourOfDay(at, zone)).toBe(wallTime(at, zone).hour);
      }),
    );
  });
});
