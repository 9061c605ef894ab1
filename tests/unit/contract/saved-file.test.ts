import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PART_MOST, partsOf, savedFileSchema } from '../../../contract/saved-file.ts';

const named = (suggestedName: string) =>
  savedFileSchema.safeParse({ suggestedName, mediaType: 'text/csv', parts: [] }).success;

test.each(['orders.csv', '订单 2026-11.csv', 'A–Z (1).json', 'chart.png'])('%s is a name for a file', (name) => {
  expect(named(name)).toBe(true);
});

test.each([
  '../orders.csv',
  '/etc/orders.csv',
  'a\\b.csv',
  'C:evil.csv',
  '.hidden.csv',
  ' orders.csv',
  'orders.exe',
  'orders.csv.exe',
  'orders.csv\n',
  'a\u0000.csv',
  'a\u202Evsc.csv',
  'csv',
  `${'x'.repeat(130)}.csv`,
])('%j is none', (name) => {
  expect(named(name)).toBe(false);
});

test('a part that ends within a character is refused', () => {
  const file = { suggestedName: 'a.txt', mediaType: 'text/plain', parts: ['😀'.slice(0, 1)] };
  expect(savedFileSchema.safeParse(file).success).toBe(false);
});

test('any text in parts is that text, and each part can be sent', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), fc.nat(40), (text, before) => {
      const long = 'x'.repeat(PART_MOST - before) + text;
      const parts = partsOf(long);
      expect(parts.join('')).toBe(long);
      expect(parts.every((part) => part.length <= PART_MOST && part.isWellFormed())).toBe(true);
    }),
    { numRuns: 60 },
  );
  expect(partsOf('')).toEqual([]);
});
