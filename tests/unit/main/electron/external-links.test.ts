import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { externalLink } from '../../../../main/electron/external-links.ts';
import { hostileAddresses } from '../../../support/electron-stand-in/hostile-addresses.ts';

const hash = `0x${'ab'.repeat(32)}`;
const allowed = [
  `https://etherscan.io/tx/${hash}`,
  `https://sepolia.etherscan.io/address/0x${'1F'.repeat(20)}`,
  'https://basescan.org/block/123456',
  `https://mempool.space/tx/${'0f'.repeat(32)}`,
  'https://mempool.space/testnet/address/tb1qw508d6qejxtdg4y5r3zarvary0c5xw7kxpjzsx',
];

describe('addresses that may be opened outside', () => {
  it.each(allowed)('lets %s pass unchanged', (address) => {
    expect(externalLink(address)).toBe(address);
  });

  it('refuses 200 hostile addresses, none passes', () => {
    expect(hostileAddresses.length).toBeGreaterThanOrEqual(200);
    expect(hostileAddresses.filter((address) => externalLink(address) !== null)).toEqual([]);
  });

  it('gives nothing but what it was given, whatever comes', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.webUrl(), fc.constantFrom(...allowed).chain(mutated)), (text) => {
        const link = externalLink(text);
        expect(link === null || link === text).toBe(true);
        if (link !== null) expect(allowed.map((each) => new URL(each).host)).toContain(new URL(link).host);
      }),
      { seed: 7, numRuns: 2_000 },
    );
  });
});

/** An allowed address with one character put in, taken out or changed. */
function mutated(address: string): fc.Arbitrary<string> {
  return fc
    .tuple(fc.nat(address.length - 1), fc.string({ minLength: 0, maxLength: 1 }), fc.nat(1))
    .map(([at, put, taken]) => address.slice(0, at) + put + address.slice(at + taken));
}
