import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDecimals,
  BASE_UNITS_PATTERN,
  compareDecimals,
  currencyDecimals,
  DECIMAL_PATTERN,
  formatUnits,
  isFiat,
  leastAccepted,
  parseUnits,
} from '../../../contract/money.ts';

const units = fc.bigInt({ min: 0n, max: 10n ** 60n });
const decimals = fc.integer({ min: 0, max: 30 });
/** Decimal strings as a contract admits them. */
const decimalText = fc
  .tuple(fc.bigInt({ min: 0n, max: 10n ** 40n - 1n }), fc.option(fc.stringMatching(/^\d{1,30}$/), { nil: null }))
  .map(([whole, fraction]) => `${whole}${fraction === null ? '' : `.${fraction}`}`);

describe('base units as decimal text', () => {
  it.each([
    [0n, 0, '0'],
    [0n, 18, '0'],
    [1n, 0, '1'],
    [1n, 18, '0.000000000000000001'],
    [1500n, 3, '1.5'],
    [1999n, 2, '19.99'],
    [1900n, 2, '19'],
    [100n, 2, '1'],
    [5n, 2, '0.05'],
    [10n ** 20n, 18, '100'],
    [2n ** 256n - 1n, 18, '115792089237316195423570985008687907853269984665640564039457.584007913129639935'],
    [-1n, 2, '-0.01'],
    [-1500n, 3, '-1.5'],
  ])('%s with %i decimals is %s', (amount, places, text) => expect(formatUnits(amount, places)).toBe(text));

  it.each([
    ['0', 0, 0n],
    ['0.00', 0, 0n],
    ['19.99', 2, 1999n],
    ['19.9', 2, 1990n],
    ['19.9900', 2, 1999n],
    ['1', 18, 10n ** 18n],
    ['0.000000000000000001', 18, 1n],
    ['9'.repeat(40), 0, 10n ** 40n - 1n],
  ])('%s at %i decimals is %s', (text, places, amount) => expect(parseUnits(text, places)).toBe(amount));

  it.each([
    '',
    ' 1',
    '1 ',
    '-1',
    '+1',
    '1.',
    '.5',
    '01',
    '1e3',
    '0x1',
    '1,5',
    'NaN',
    'Infinity',
    '1.2.3',
    '١',
    '9'.repeat(41),
  ])('%j is no amount', (text) => expect(() => parseUnits(text, 2)).toThrow(RangeError));

  it.each([
    ['0.001', 2],
    ['1.5', 0],
    ['0.0000000000000000001', 18],
  ])('%s is finer than %i decimals allow, and is not rounded', (text, places) => {
    expect(() => parseUnits(text, places)).toThrow(/decimals/);
  });

  it('survives the way there and back', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 40n - 1n }), decimals, (amount, places) => {
        const text = formatUnits(amount, places);
        expect(text).toMatch(DECIMAL_PATTERN);
        expect(parseUnits(text, places)).toBe(amount);
      }),
    );
  });

  it('is written without trailing zeros, and never as an exponent', () => {
    fc.assert(
      fc.property(units, decimals, (amount, places) => {
        expect(formatUnits(amount, places)).toMatch(/^\d+(\.\d*[1-9])?$/);
      }),
    );
  });
});

describe('decimals', () => {
  it.each([
    ['0', '0.00', 0],
    ['1', '1.000', 0],
    ['0.1', '0.09', 1],
    ['2', '10', -1],
    ['0.30', '0.3000000000000000001', -1],
    ['9007199254740993', '9007199254740992', 1],
  ])('%s compared with %s', (a, b, sign) => {
    expect(Math.sign(compareDecimals(a, b))).toBe(sign);
    expect(Math.sign(compareDecimals(b, a))).toBe(sign === 0 ? 0 : -sign);
  });

  it.each([
    [[], '0'],
    [['0.1', '0.2'], '0.3'],
    [['19.99', '0.01'], '20'],
    [['1', '0.000000000000000001'], '1.000000000000000001'],
  ])('%j add up to %s', (amounts, sum) => expect(addDecimals(amounts)).toBe(sum));

  it('add up whatever their order and grouping, however large the sum', () => {
    fc.assert(
      fc.property(fc.array(decimalText, { maxLength: 12 }), (amounts) => {
        const sum = addDecimals(amounts);
        expect(addDecimals([...amounts].reverse())).toBe(sum);
        for (const amount of amounts) expect(compareDecimals(sum, amount)).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it.each(['', '-1', '1.', 'x', '1e3'])('%j cannot be added or compared', (text) => {
    expect(() => addDecimals([text])).toThrow(RangeError);
    expect(() => compareDecimals('1', text)).toThrow(RangeError);
  });

  it('have one order', () => {
    fc.assert(
      fc.property(decimalText, decimalText, decimalText, (a, b, c) => {
        const [low = a, middle = b, high = c] = [a, b, c].sort(compareDecimals);
        expect(compareDecimals(low, middle)).toBeLessThanOrEqual(0);
        expect(compareDecimals(low, high)).toBeLessThanOrEqual(0);
      }),
    );
  });
});

describe('currencies', () => {
  it.each([
    ['USD', 2],
    ['eur', 2],
    ['JPY', 0],
    ['KRW', 0],
    ['CLP', 0],
    ['KWD', 3],
    ['CLF', 4],
    ['ETH', 18],
    ['CRO', 18],
    ['BTC', 8],
    ['USDC', 6],
    ['XYZ', null],
    ['', null],
    ['constructor', null],
    ['__proto__', null],
    ['toString', null],
  ])('%s has %s decimals', (code, expected) => expect(currencyDecimals(code)).toBe(expected));

  it.each([
    ['USD', true],
    ['jpy', true],
    ['ETH', false],
    ['USDC', false],
    ['nothing', false],
    ['constructor', false],
  ])('%s is fiat: %s', (code, expected) => expect(isFiat(code)).toBe(expected));
});

describe('the least that is taken as paid', () => {
  it.each([
    [1000n, 0, 1000n],
    [1000n, 50, 995n],
    [1001n, 50, 996n],
    [1n, 50, 1n],
    [0n, 50, 0n],
    [10n ** 20n, 50, 995n * 10n ** 17n],
    [100n, 10_000, 0n],
  ])('of %s with %i basis points is %s', (due, points, least) => expect(leastAccepted(due, points)).toBe(least));

  it('never forgives more than the tolerance', () => {
    fc.assert(
      fc.property(units, fc.integer({ min: 0, max: 10_000 }), (due, points) => {
        const least = leastAccepted(due, points);
        expect((due - least) * 10_000n <= due * BigInt(points)).toBe(true);
        expect(least <= due).toBe(true);
      }),
    );
  });
});

describe('the forms of amounts', () => {
  it.each(['0', '1', '8000000000000000', '9'.repeat(78)])('%s are base units', (text) =>
    expect(text).toMatch(BASE_UNITS_PATTERN),
  );
  it.each(['', '00', '01', '-1', '1.0', '1e5', '9'.repeat(79), '1\n'])('%j are none', (text) =>
    expect(text).not.toMatch(BASE_UNITS_PATTERN),
  );
  it.each(['1\n', '0.', '00.1', '1.'.concat('1'.repeat(31))])('%j is no decimal', (text) =>
    expect(text).not.toMatch(DECIMAL_PATTERN),
  );
});
