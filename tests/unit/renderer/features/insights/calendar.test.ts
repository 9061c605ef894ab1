import { describe, expect, it } from 'vitest';
import {
  addDays,
  DAYS_MOST,
  daysIn,
  daysOf,
  isMonday,
  presetRange,
} from '../../../../../renderer/features/insights/count/calendar.ts';

describe('calendar', () => {
  it('counts days over months, years and leap days', () => {
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
    expect(addDays('2028-03-01', -1)).toBe('2028-02-29');
    expect(daysIn({ from: '2028-02-28', to: '2028-03-01' })).toBe(3);
    expect(daysIn({ from: '2026-11-21', to: '2026-11-20' })).toBe(0);
    expect(daysOf({ from: '2026-02-27', to: '2026-03-02' })).toEqual([
      '2026-02-27',
      '2026-02-28',
      '2026-03-01',
      '2026-03-02',
    ]);
  });

  it('knows Mondays', () => {
    expect(daysOf({ from: '2026-11-16', to: '2026-11-23' }).filter(isMonday)).toEqual(['2026-11-16', '2026-11-23']);
  });

  it('reads presets off the store’s day', () => {
    const of = (preset: Parameters<typeof presetRange>[0], since = '2026-11-03') =>
      presetRange(preset, '2026-11-21', since);
    expect(of('today')).toEqual({ from: '2026-11-21', to: '2026-11-21' });
    expect(of('yesterday')).toEqual({ from: '2026-11-20', to: '2026-11-20' });
    expect(of('week')).toEqual({ from: '2026-11-15', to: '2026-11-21' });
    expect(of('month')).toEqual({ from: '2026-10-23', to: '2026-11-21' });
    expect(of('all')).toEqual({ from: '2026-11-03', to: '2026-11-21' });
    expect(of('all', '2026-11-29')).toEqual({ from: '2026-11-21', to: '2026-11-21' });
    expect(daysIn(of('all', '1999-01-01'))).toBe(DAYS_MOST);
  });
});
