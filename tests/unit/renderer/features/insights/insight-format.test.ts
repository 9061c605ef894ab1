import { describe, expect, it } from 'vitest';
import { createInsightFormat } from '../../../../../renderer/features/insights/insight-format.ts';
import { createStrings } from '../../../../../renderer/strings/create-strings.ts';

const english = createInsightFormat(createStrings('en', ['en-US']));
const chinese = createInsightFormat(createStrings('zh-CN', ['zh-CN']));

describe('how the insights write', () => {
  it('days and hours as the store’s clock has them, wherever this device is', () => {
    expect(english.tick('2026-11-21', 'day')).toBe('Nov 21');
    expect(english.tick('2026-11-21T08', 'hour')).toBe('08:00');
    expect(english.tick('2026-11-01', 'month')).toBe('Nov 26');
    expect(english.bucket({ key: '2026-10-25T01+', start: 0 }, 'hour')).toBe('Sun, Oct 25, 2026, 01:00 again');
    expect(english.bucket({ key: '2026-11-16', start: 0 }, 'week')).toBe('week from Mon, Nov 16, 2026');
    expect(english.bucket({ key: '2026-11-16', start: 0 }, 'month')).toBe('November 2026');
    expect(english.hour(8)).toBe('08:00');
    expect(chinese.day('2026-11-21')).toBe('2026年11月21日周六');
  });

  it('shares never as all where something is missing, nor as nothing where there is something', () => {
    expect(english.percent(1)).toBe('100%');
    expect(english.percent(0.99999)).toBe('>99.9%');
    expect(english.percent(0)).toBe('0%');
    expect(english.percent(1 / 3057)).toBe('<0.1%');
    expect(english.percent(0.1234)).toBe('12.3%');
  });

  it('round amounts in their currency', () => {
    expect(english.round('USD', 38_000)).toBe('$38K');
    expect(english.round('POINTS', 1250)).toBe('1.3K');
    expect(english.round('EUR', 0)).toBe('€0');
  });
});
