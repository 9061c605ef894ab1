import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RateLimit } from '../../../../gateway/auth/rate-limit.ts';

const RATE = { burst: 3, perSecond: 2 };

describe('a rate', () => {
  test('gives a burst, then at its own pace, and says how long to wait', () => {
    const limit = new RateLimit(RATE);
    expect([1, 2, 3].map(() => limit.take('a', 1_000))).toEqual([0, 0, 0]);
    expect(limit.take('a', 1_000)).toBe(500);
    expect(limit.take('a', 1_200)).toBe(300);
    expect(limit.take('a', 1_500)).toBe(0);
    expect(limit.take('a', 1_500)).toBe(500);
    expect(limit.take('b', 1_500)).toBe(0);
  });

  test('is whole again after a quiet while, and never more than whole', () => {
    const limit = new RateLimit(RATE);
    for (let n = 0; n < 3; n += 1) limit.take('a', 0);
    const later = 3_600_000;
    expect([1, 2, 3].map(() => limit.take('a', later))).toEqual([0, 0, 0]);
    expect(limit.take('a', later)).toBe(500);
  });

  test('[CK3] a clock that is set back locks nobody out, and gives no more than another burst', () => {
    const limit = new RateLimit(RATE);
    for (let n = 0; n < 3; n += 1) limit.take('a', 3_600_000);
    expect([1, 2, 3].map(() => limit.take('a', 0))).toEqual([0, 0, 0]);
    expect(limit.take('a', 0)).toBe(500);
  });

  test('in any stretch of time no more than the burst and what comes back in it, and who waits as told gets one', () => {
    const steps = fc.array(fc.nat(2_000), { maxLength: 60 });
    fc.assert(
      fc.property(steps, (pauses) => {
        const limit = new RateLimit(RATE);
        const taken: number[] = [];
        let now = 0;
        for (const pause of pauses) {
          now += pause;
          const wait = limit.take('a', now);
          if (wait > 0) expect(limit.take('a', (now += wait))).toBe(0);
          taken.push(now);
        }
        return taken.every((from, n) =>
          taken.slice(n).every((to, more) => more + 1 <= RATE.burst + ((to - from) / 1000) * RATE.perSecond + 1e-6),
        );
      }),
    );
  });
});
