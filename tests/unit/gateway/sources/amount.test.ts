import { expect, test } from 'vitest';
import { AmountError, decimalAmount } from '../../../../gateway/sources/amount.ts';

test.each([
  ['19.90', '19.9'],
  ['007.50', '7.5'],
  [' 5.000 ', '5'],
])('%s is kept as %s', (text, kept) => {
  expect(decimalAmount(text)).toBe(kept);
});

test('an amount of a million zeros is refused at once', () => {
  expect(() => decimalAmount(`1.${'0'.repeat(1_000_000)}1`)).toThrow(AmountError);
});
