import fc from 'fast-check';
import { expect, test } from 'vitest';
import { backoff, obeyed } from '../../../../../main/desk/connection/backoff.ts';
import { timing } from '../../../../../main/desk/timing.ts';

const times = timing();
const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

test('[CN3] the first retry after a stable connection waits U(0.2 s, 2 s)', () => {
  expect(backoff(0, 0, false, times)).toBe(200);
  expect(backoff(0, 0.5, false, times)).toBe(1_100);
  fc.assert(fc.property(random, (r) => backoff(0, r, false, times) < 2_000));
});

test.each([
  [1, 8_000],
  [2, 16_000],
  [3, 16_000],
  [40, 16_000],
  [5_000, 16_000],
])('[CN3] try %i waits 1 s + U(0, %i ms)', (tries, spread) => {
  expect(backoff(tries, 0, false, times)).toBe(1_000);
  expect(backoff(tries, 0.25, false, times)).toBe(1_000 + spread / 4);
  expect(backoff(tries, 0.999_999, false, times)).toBeCloseTo(1_000 + spread, -2);
});

test('[CN3] towards this machine no wait is longer than 2 s, and still spread', () => {
  fc.assert(
    fc.property(fc.nat(100), random, (tries, r) => {
      const ms = backoff(tries, r, true, times);
      return ms >= 200 && ms <= 2_000;
    }),
  );
  expect(backoff(9, 0.9, true, times)).not.toBe(backoff(9, 0.1, true, times));
});

test('[CN3] an asked wait is never cut short, but bounded by a quarter of an hour', () => {
  fc.assert(
    fc.property(fc.nat(900_000), random, (ms, r) => obeyed(ms, r, times) >= ms && obeyed(ms, r, times) <= ms + 1_000),
  );
  expect(obeyed(10 ** 9, 0, times)).toBe(900_000);
  expect(obeyed(-5, 0, times)).toBe(0);
});

test('every timer scales', () => {
  for (const [name, ms] of Object.entries(timing(0.02)))
    expect(ms).toBeCloseTo(times[name as keyof typeof times] * 0.02);
});
