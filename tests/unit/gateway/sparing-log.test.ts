import { expect, test } from 'vitest';
import { SparingLog } from '../../../gateway/sparing-log.ts';

test('the same is said at once, then every 10 s with how often it happened unsaid', () => {
  const log = new SparingLog();
  expect([0, 1, 9_999, 10_000, 10_001].map((at) => log.turn('cdc bad-signature', at))).toEqual([
    0,
    null,
    null,
    2,
    null,
  ]);
  expect(log.turn('cdc missing-signature', 10_001)).toBe(0);
  expect(log.turn('cdc bad-signature', 60_000)).toBe(1);
});

test('a clock that is set back silences nothing', () => {
  const log = new SparingLog();
  log.turn('it', 1_000_000);
  expect(log.turn('it', 5_000)).toBe(0);
});
