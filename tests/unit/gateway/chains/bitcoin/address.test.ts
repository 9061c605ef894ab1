import { describe, expect, test } from 'vitest';
import { addressOfScript, readAddress } from '../../../../../gateway/chains/bitcoin/address.ts';
import { bitcoinNetwork } from '../../../../../gateway/chains/bitcoin/network.ts';

const main = bitcoinNetwork('bip122:000000000019d6689c085ae165831e93')!;
const test3 = bitcoinNetwork('bip122:000000000933ea01ad0ee984209779ba')!;

describe('Bitcoin addresses', () => {
  test.each([
    ['BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4', main, '0014751e76e8199196d454941c45d1b3a323f1433bd6'],
    ['bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4', main, '0014751e76e8199196d454941c45d1b3a323f1433bd6'],
    [
      'tb1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3q0sl5k7',
      test3,
      '00201863143c14c5166804bd19203356da136c985678cd4d27a1b8c6329604903262',
    ],
    [
      'bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0',
      main,
      '512079be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798',
    ],
    ['1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2', main, '76a91477bff20c60e522dfaa3350c39b030a5d004e839a88ac'],
    ['3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy', main, 'a914b472a266d0bd89c13706a4132ccfb16f7c3b9fcb87'],
  ])('%s stands for its script', (address, network, script) => {
    expect(readAddress(address, network)).toEqual({ script });
    const written = /^bc1/i.test(address) ? address.toLowerCase() : address;
    expect(addressOfScript(script, network)).toBe(written);
  });

  test.each([
    ['data', '6a0401020304'],
    ['a bare public key', `21${'02'.repeat(33)}ac`],
    ['a program of another length than it says', '00150102'],
    ['nothing', ''],
  ])('%s has no address', (_, script) => {
    expect(addressOfScript(script, main)).toBeNull();
  });

  test('a version that nobody spends yet has its address', () => {
    expect(addressOfScript('6002751e', main)).toBe('bc1sw50qgdz25j');
  });

  test.each([
    ['a mistyped character', 'bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5', main, /checksum/],
    ['both cases', 'bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8F3T4', main, /checksum/],
    ['another network', 'tb1qw508d6qejxtdg4y5r3zarvary0c5xw7kxpjzsx', main, /another network/],
    ['the older checksum on taproot', 'bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqh2y7hd', main, /kind/],
    ['a program of no known length', 'BC1QR508D6QEJXTDG4Y5R3ZARVARYV98GJ9P', main, /kind/],
    ['a version nobody spends', 'BC1SW50QGDZ25J', main, /kind/],
    ['the other case in base58', '1bvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2', main, /mistyped/],
    ['a mistyped base58 character', '3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLz', main, /mistyped/],
    ['base58 of another network', '1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2', test3, /another network/],
    ['an EVM address', '0x52908400098527886E0F7030069857D2E4169EE7', main, /no Bitcoin address/],
    ['nothing', '', main, /no Bitcoin address/],
    ['a book', 'q'.repeat(10_000), main, /no Bitcoin address/],
  ])('%s is refused', (_, address, network, reason) => {
    expect(readAddress(address, network)).toEqual({ fault: expect.stringMatching(reason) as string });
  });
});
