import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coarse, rangeText, waitFor } from '../../../../gateway/diagnosis/estimate.ts';

const MINUTE = 60_000;

describe('[DG5] the estimate', () => {
  it.each([
    [1, 10 * MINUTE, 1, 22.8],
    [6, 10 * MINUTE, 31.5, 92.7],
    [12, 12_000, 1.5, 3.4],
  ])('for %i blocks of %i ms is between %d and %d min', (blocks, blockMs, least, most) => {
    const { fromMs, toMs } = waitFor(blocks, blockMs);
    expect([fromMs / MINUTE, toMs / MINUTE]).toEqual([expect.closeTo(least, 0.3), expect.closeTo(most, 0.3)]);
  });

  it('holds for eight of ten waits that are drawn at random', () => {
    let seed = 7;
    const random = () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;
    const wait = (blocks: number) => Array.from({ length: blocks }, () => -Math.log(random())).reduce((a, b) => a + b);
    for (const blocks of [1, 3, 12]) {
      const { fromMs, toMs } = waitFor(blocks, 1000);
      const waits = Array.from({ length: 4000 }, () => wait(blocks) * 1000);
      const share = waits.filter((ms) => ms >= fromMs && ms <= toMs).length / waits.length;
      expect(share).toBeGreaterThan(0.77);
      expect(share).toBeLessThan(0.83);
    }
  });

  it.each([
    [0, 900, 'up to about 1 s'],
    [20_000, 44_100, 'about 20–45 s'],
    [100_000, 360_000, 'about 1–6 min'],
    [31 * MINUTE, 93 * MINUTE, 'up to about 2 h'],
    [119_000, 119_500, 'about 1–2 min'],
    [3 * 3_600_000, 3 * 3_600_000, 'about 3 h'],
  ])('of %i to %i ms reads %s', (fromMs, toMs, text) => {
    expect(rangeText({ fromMs, toMs })).toBe(text);
  });

  it('goes down in ever larger steps, never below what is left', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 100_000 }), (n) => coarse(n) >= n && coarse(n) < 2 * n + 1));
    expect([1, 2, 3, 4, 5, 6, 9, 12].map(coarse)).toEqual([1, 2, 3, 5, 5, 8, 13, 13]);
  });
});
