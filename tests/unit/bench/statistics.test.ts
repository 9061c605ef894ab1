import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mostInBuckets, quantile, ratios, spreadOf } from '../../bench/statistics.ts';

describe('quantile', () => {
  it('lies between the nearest two', () => {
    expect(quantile([10, 30, 20, 40], 0.5)).toBe(25);
    expect(quantile([1, 2, 3, 4, 5], 0.99)).toBeCloseTo(4.96);
    expect(quantile([7], 0.99)).toBe(7);
  });

  it('sorts numbers as numbers, and leaves what it was given as it is', () => {
    const given = [100, 9, 20];
    expect(quantile(given, 1)).toBe(100);
    expect(quantile(given, 0)).toBe(9);
    expect(given).toEqual([100, 9, 20]);
  });

  it('refuses no values, and shares that are none', () => {
    expect(() => quantile([], 0.5)).toThrow(RangeError);
    expect(() => quantile([1], 1.01)).toThrow(RangeError);
    expect(() => quantile([1], Number.NaN)).toThrow(RangeError);
  });

  it('never leaves the range of its values, and grows with the share', () => {
    const values = fc.array(fc.double({ noNaN: true, min: -1e9, max: 1e9 }), { minLength: 1 });
    const share = fc.double({ noNaN: true, min: 0, max: 1 });
    fc.assert(
      fc.property(values, share, share, (all, a, b) => {
        const { min, max } = spreadOf(all);
        const [low, high] = [quantile(all, Math.min(a, b)), quantile(all, Math.max(a, b))];
        const slack = Math.max(1, Math.abs(min), Math.abs(max)) * 1e-9;
        expect(low).toBeGreaterThanOrEqual(min - slack);
        expect(high).toBeLessThanOrEqual(max + slack);
        expect(low).toBeLessThanOrEqual(high + slack);
      }),
    );
  });
});

describe('ratios', () => {
  it('are taken pair by pair, so that what slows a whole round changes none', () => {
    expect(ratios([20, 10, 40], [10, 5, 20])).toEqual([2, 2, 2]);
  });

  it('refuses a figure without its anchor', () => {
    expect(() => ratios([1, 2], [1])).toThrow(RangeError);
  });
});

describe('mostInBuckets', () => {
  it('counts what falls into the fullest', () => {
    expect(mostInBuckets([0, 100, 249, 250, 251, 600], 250)).toBe(3);
    expect(mostInBuckets([], 250)).toBe(0);
  });
});
