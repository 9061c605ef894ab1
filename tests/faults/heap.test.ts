import { expect, test } from 'vitest';
import { readMemory, slope } from '../support/fault-bench/heap.ts';

test('the slope of what grows evenly, of what does not grow, and of a single reading', () => {
  const line = [0, 1, 2, 3].map((x) => ({ x, y: 40 + 2 * x }));
  expect(slope(line)).toBeCloseTo(2);
  expect(slope(line.map(({ x }) => ({ x, y: x % 2 === 0 ? 1 : 2 })).slice(0, 3))).toBeCloseTo(0);
  expect(slope(line.slice(0, 1))).toBe(0);
});

test('what is held is read, and what nobody holds any more is not', () => {
  const before = readMemory().heapMb;
  let held: unknown[] | null = Array.from({ length: 300_000 }, (_, n) => ({ n }));
  const during = readMemory().heapMb;
  expect(during - before).toBeGreaterThan(5);
  expect(held.length).toBe(300_000);
  held = null;
  expect(readMemory().heapMb - before).toBeLessThan((during - before) / 2);
});
