import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../../demo/clock/random.ts';

describe('seeded randomness', () => {
  it('gives the same sequence for the same seed, another for another', () => {
    const draw = (seed: string) => Array.from({ length: 20 }, seededRandom(seed).next);
    expect(draw('a')).toEqual(draw('a'));
    expect(draw('a')).not.toEqual(draw('b'));
  });

  it('stays within what was asked for, and reaches both ends', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.integer({ min: -50, max: 50 }),
        fc.integer({ min: 0, max: 5 }),
        (seed, least, span) => {
          const random = seededRandom(seed);
          const drawn = new Set(Array.from({ length: 400 }, () => random.between(least, least + span)));
          expect(Math.min(...drawn)).toBe(least);
          expect(Math.max(...drawn)).toBe(least + span);
          expect(drawn.size).toBe(span + 1);
        },
      ),
    );
  });

  it('is spread evenly enough for a shop', () => {
    const random = seededRandom('spread');
    const mean = Array.from({ length: 10_000 }, random.next).reduce((sum, value) => sum + value, 0) / 10_000;
    expect(mean).toBeGreaterThan(0.48);
    expect(mean).toBeLessThan(0.52);
  });

  it('makes version 4 UUIDs that do not repeat', () => {
    const random = seededRandom('ids');
    const ids = Array.from({ length: 1_000 }, () => random.uuid());
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(new Set(ids).size).toBe(1_000);
  });

  it('refuses to pick from nothing', () => {
    expect(() => seededRandom('x').pick([])).toThrow(RangeError);
  });
});
