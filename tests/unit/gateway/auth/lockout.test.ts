import { expect, test } from 'vitest';
import { Lockout } from '../../../../gateway/auth/lockout.ts';

const policy = { free: 3, firstMs: 1_000, mostMs: 8_000, forgetMs: 60_000 };

test('[AU2] a lock comes after the free failures, doubles with each, and has a bound', () => {
  const lockout = new Lockout(policy);
  const locks = Array.from({ length: 8 }, () => {
    lockout.failed('x', 0);
    return lockout.lockedFor('x', 0);
  });
  expect(locks).toEqual([0, 0, 0, 1_000, 2_000, 4_000, 8_000, 8_000]);
  expect(lockout.lockedFor('y', 0)).toBe(0);
  expect(lockout.lockedFor('x', 7_999)).toBe(1);
  expect(lockout.lockedFor('x', 8_000)).toBe(0);
});

test('success, and a quiet hour, forgive', () => {
  const lockout = new Lockout(policy);
  for (let n = 0; n < 4; n += 1) lockout.failed('x', 0);
  lockout.succeeded('x');
  lockout.failed('x', 1);
  expect(lockout.lockedFor('x', 1)).toBe(0);
  for (let n = 0; n < 4; n += 1) lockout.failed('y', 0);
  lockout.failed('y', 60_000);
  expect(lockout.lockedFor('y', 60_000)).toBe(0);
});
