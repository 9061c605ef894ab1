import { describe, expect, it } from 'vitest';
import { backoffMs, jittered, nextLookMs } from '../../../../../gateway/sources/reconcile/poll-plan.ts';

const times = { intervalMs: 15_000, longestBackoffMs: 300_000 };
const MINUTE = 60_000;

describe('the next look at an order', () => {
  it.each([
    ['a young order', 5 * MINUTE, 0, 15_000],
    ['an order of an hour', 60 * MINUTE, 0, 30_000],
    ['an old order', 7 * 24 * 60 * MINUTE, 0, 300_000],
    ['one unknown once', 0, 1, 30_000],
    ['one unknown for ever', 0, 1000, 300_000],
  ])('%s', (_, age, vain, expected) => {
    expect(nextLookMs(times, age, vain, 0.5)).toBeCloseTo(expected);
  });
});

describe('the wait after failures', () => {
  it.each([
    [0, null, 0, 7_500],
    [0, null, 1, 15_000],
    [1, null, 1, 30_000],
    [4, null, 1, 240_000],
    [5, null, 1, 300_000],
    [5000, null, 0, 150_000],
    [0, 60_000, 0, 60_000],
    [5, 1000, 1, 300_000],
  ])('%i before, Retry-After %s, chance %s', (failures, retryAfterMs, random, expected) => {
    expect(backoffMs(times, failures, retryAfterMs, random)).toBe(expected);
  });
});

it('spreads by 15 %', () => {
  expect(jittered(100, 0)).toBeCloseTo(85);
  expect(jittered(100, 1)).toBeCloseTo(115);
});
