import { expect, test } from 'vitest';
import { Challenges } from '../../../../gateway/auth/challenges.ts';
import { ExpiringMap } from '../../../../gateway/auth/expiring-map.ts';
import {
  isSecret,
  newPairingCode,
  newSecret,
  normalPairingCode,
  secretHash,
} from '../../../../gateway/auth/secrets.ts';

test('[AU1] a pairing code has at least 60 bits, and survives being typed', () => {
  const code = newPairingCode();
  expect(code).toMatch(/^(?:[A-HJ-NP-TV-Z2-9]{4}-){3}[A-HJ-NP-TV-Z2-9]{4}$/);
  expect(16 * Math.log2(30)).toBeGreaterThan(60);
  expect(normalPairingCode(` ${code.toLowerCase().replaceAll('-', ' ')}`)).toBe(normalPairingCode(code));
  expect(new Set(Array.from({ length: 1000 }, newPairingCode)).size).toBe(1000);
});

test('secrets say what they are, and nothing else does', () => {
  const key = newSecret('twk');
  expect([isSecret('twk', key), isSecret('tws', key), isSecret('twk', `${key}x`), isSecret('twk', 'twk_')]).toEqual([
    true,
    false,
    false,
    false,
  ]);
  expect(secretHash(key)).toMatch(/^[0-9a-f]{64}$/);
});

test('[AU2] a challenge is good once, for its desk, for 30 s, at the process that issued it', () => {
  const challenges = new Challenges();
  const { challenge, expiresAt } = challenges.issue('desk', 1_000);
  expect(expiresAt).toBe(31_000);
  expect(challenges.use('other', challenge, 1_000)).toBe(false);
  expect(new Challenges().use('desk', challenge, 1_000)).toBe(false);
  expect(challenges.use('desk', `${challenge}x`, 1_000)).toBe(false);
  expect(challenges.use('desk', challenge.replace('.', '.z'), 1_000)).toBe(false);
  expect(challenges.use('desk', '', 1_000)).toBe(false);
  expect(challenges.use('desk', challenge, 31_000)).toBe(false);
  expect(challenges.use('desk', challenge, 30_999)).toBe(true);
  expect(challenges.use('desk', challenge, 30_999)).toBe(false);
});

test('what has expired is gone, and the oldest makes room', () => {
  const map = new ExpiringMap<number>(2);
  map.set('a', 1, 10, 0);
  expect([map.get('a', 9), map.get('a', 10)]).toEqual([1, undefined]);
  map.set('b', 2, 100, 10);
  expect(map.size).toBe(1);
  map.set('c', 3, 100, 10);
  map.set('d', 4, 100, 10);
  expect([map.get('b', 10), map.get('c', 10), map.get('d', 10)]).toEqual([undefined, 3, 4]);
});
