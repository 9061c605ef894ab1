import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { currencyDecimals, parseUnits } from '../../../../contract/money.ts';
import { seededRandom } from '../../../../demo/clock/random.ts';
import { basket, pointed, quoteIn, share } from '../../../../demo/shop/wares.ts';

describe('what the pretend shop sells', () => {
  it('has a price in its currency, a customer nobody can write to, and amounts above nothing', () => {
    const currencies = new Set<string>();
    fc.assert(
      fc.property(fc.string(), (seed) => {
        const { price, customer } = basket(seededRandom(seed));
        currencies.add(price.currency);
        expect(parseUnits(price.amount, currencyDecimals(price.currency) ?? -1)).toBeGreaterThan(0n);
        expect(customer.email).toMatch(/^[a-z]+\.[a-z]+@example\.(com|org|net)$/);
        for (const symbol of ['ETH', 'BTC', 'CRO', 'USDC']) expect(quoteIn(symbol, price)).toBeGreaterThan(0n);
      }),
      { numRuns: 300, seed: 1 },
    );
    expect(currencies.size).toBeGreaterThanOrEqual(5);
  });

  it.each([
    ['ETH', 'USD', '2499.00', 10n ** 18n],
    ['USDC', 'USD', '19.99', 19_990_000n],
    ['USDC', 'EUR', '100.00', 109_000_000n],
    ['USDC', 'JPY', '790', 7_900_000n],
    ['USD', 'USD', '19.99', 1_999n],
    ['CRO', 'CRO', '100', 10n ** 20n],
  ] as const)('%s for %s %s', (symbol, currency, amount, expected) => {
    expect(quoteIn(symbol, { currency, amount })).toBe(expected);
  });

  it('writes crypto amounts with a point, always', () => {
    expect(pointed(10n ** 20n, 'CRO')).toBe('100.0');
    expect(pointed(8_000_000_000_000_000n, 'ETH')).toBe('0.008');
  });

  it('takes shares rounded down', () => {
    expect([share(10n, 55), share(200n, 150), share(1n, 99)]).toEqual([5n, 300n, 0n]);
  });
});
