import { describe, expect, test } from 'vitest';
import { describeTimes, spanOf } from '../../support/check-reports/step-times.ts';

describe('a span', () => {
  test.each([
    [340, '0.3 s'],
    [59_940, '59.9 s'],
    [60_000, '1 min 0 s'],
    [119_600, '2 min 0 s'],
    [754_200, '12 min 34 s'],
  ])('of %d ms is %s', (ms, said) => expect(spanOf(ms)).toBe(said));
});

test('steps are told as they began, with those beside them, and the whole is what passed and not their sum', () => {
  const times = [
    { title: 'lint', from: 0, to: 90_000 },
    { title: 'unit', from: 90_000, to: 130_000 },
    { title: 'format', from: 10, to: 15_000 },
    { title: 'types', from: 15_000, to: 40_000 },
  ];
  expect(describeTimes(times)).toEqual([
    'Where the time went:',
    '  lint    1 min 30 s, beside format, types',
    '  format  15.0 s, beside lint',
    '  types   25.0 s, beside lint',
    '  unit    40.0 s',
    '  all     2 min 10 s',
  ]);
});
