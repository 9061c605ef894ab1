import { describe, expect, it } from 'vitest';
import { middayZone } from '../../support/midday-zone.ts';

const HOUR = 3_600_000;
const last = Date.UTC(2026, 11, 31);

describe('the zone in which it is midday', () => {
  it.each(Array.from({ length: 24 }, (_, hour) => hour))('is known at %i o’clock UTC', (hour) => {
    const now = last + hour * HOUR + 59 * 60_000;
    const clock = new Intl.DateTimeFormat('en-GB', { timeZone: middayZone(now), hour: '2-digit', minute: '2-digit' });
    expect(clock.format(now)).toBe('12:59');
  });
});
