import { expect, test } from 'vitest';
import { AmountError, decimalAmount } from '../../../../gateway/sources/amount.ts';

test.each([
  ['19.90', '19.9'],
  ['007.50', '7.5'],
  [' 5.000 ', '5'],
  ['1e2', '100'],
  ['1.5E-3', '0.0015'],
  ['0.0', '0'],
])('%s is kept as %s', (text, kept) => {
  expect(decimalAmount(text)).toBe(kept);
});

test.each(['', '-1', '.5', '5.', '1,5', '0x10', 'Infinity', '1e99', `0.${'0'.repeat(30)}1`])('%s is none', (text) => {
  expect(() => decimalAmount(text)).toThrow(AmountError);
});

test('an amount of a million zeros is refused at once', () => {
  expect(() => decimalAmount(`1.${'0'.repeat(1_000_000)}1`)).toThrow(AmountError);
});
