import { expect, test } from 'vitest';
import { SteadyClock } from '../../../../../main/desk/clock/steady-clock.ts';
import { fakeTime } from '../fake-time.ts';

const HOUR_MS = 3_600_000;

test('[CK3] a moment is told by the wall clock as it is set now, and is as long ago as before', () => {
  const time = fakeTime();
  const steady = new SteadyClock(time);
  const moment = steady.now();
  time.advance(7_000);
  for (const by of [-HOUR_MS, 2 * HOUR_MS, -HOUR_MS]) {
    time.jump(by);
    expect(time.now() - steady.onTheWall(moment)).toBe(7_000);
    expect(steady.now() - moment).toBe(7_000);
  }
});

test('what a sleep took is counted where the monotonic clock stood still', () => {
  const time = fakeTime();
  const steady = new SteadyClock(time);
  const moment = steady.now();
  time.jump(8 * HOUR_MS);
  steady.slept(8 * HOUR_MS);
  expect(steady.now() - moment).toBe(8 * HOUR_MS);
  expect(steady.onTheWall(moment)).toBe(moment);
});

test('what was told of a moment does not waver with the rounding of clocks', () => {
  const time = fakeTime();
  const steady = new SteadyClock(time);
  const moment = steady.now();
  time.jump(-HOUR_MS);
  const told = steady.onTheWall(moment);
  for (const by of [1, 20, -30]) {
    time.jump(by);
    expect(steady.onTheWall(moment)).toBe(told);
  }
});
