import { describe, expect, it } from 'vitest';
import type { ChainAssets } from '../../../../gateway/sources/chain-assets.ts';
import { cryptoAsset } from '../../../../gateway/sources/crypto-asset.ts';
import { HASH } from './crypto-com-pay/sample-events.ts';

const USDC = '0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48';
const ethereum: ChainAssets = { id: 'eip155:1', tokens: [{ symbol: 'USDC', address: USDC, decimals: 6 }] };
const polygon: ChainAssets = { id: 'eip155:137', tokens: [{ symbol: 'USDC', address: USDC, decimals: 6 }] };
const cronos: ChainAssets = { id: 'eip155:25', tokens: [] };
const address = `0x${'d0'.repeat(20)}`;

describe('the chain of a currency that Crypto.com Pay names', () => {
  it.each([
    ['its only native chain', 'ETH', HASH, [ethereum], {}, { chain: 'eip155:1', asset: 'native' }],
    ['its only token chain', 'USDC', HASH, [ethereum], {}, { chain: 'eip155:1', asset: `erc20:${USDC}`, decimals: 6 }],
    ['by an address as by a hash', 'ETH', address, [ethereum], {}, { chain: 'eip155:1' }],
    ['none of several', 'USDC', HASH, [ethereum, polygon], {}, { chain: null, asset: 'usdc', decimals: 6 }],
    [
      'the one configured among several',
      'USDC',
      HASH,
      [ethereum, polygon],
      { USDC: 'eip155:137' },
      { chain: 'eip155:137' },
    ],
    ['the one configured, without a trace', 'ETH', null, [ethereum], { ETH: 'eip155:1' }, { chain: 'eip155:1' }],
    ['none that nobody configured', 'BTC', 'ab'.repeat(32), [ethereum], {}, { chain: null, asset: 'btc', decimals: 8 }],
    ['none by an identifier of another form', 'ETH', 'internal-4711', [ethereum], {}, { chain: null, asset: 'eth' }],
    ['none without a trace', 'ETH', null, [ethereum], {}, { chain: null, asset: 'eth' }],
    [
      'the network behind the symbol',
      'CRO_CRONOS',
      HASH,
      [cronos],
      {},
      { chain: 'eip155:25', symbol: 'CRO', asset: 'native' },
    ],
    ['none for a network that nobody knows', 'USDC_SOMEWHERE', HASH, [ethereum], {}, { chain: null, asset: 'usdc' }],
    [
      'the configured network behind the symbol',
      'USDC_ETH',
      HASH,
      [ethereum],
      { USDC_ETH: 'eip155:1' },
      { chain: 'eip155:1' },
    ],
    [
      'none where the configured chain does not carry it',
      'DOGE',
      HASH,
      [ethereum],
      { DOGE: 'eip155:1' },
      { chain: null, asset: 'doge' },
    ],
    ['in any case', 'usdc', HASH, [ethereum], {}, { chain: 'eip155:1', symbol: 'USDC' }],
  ])('is %s', (_, currency, trace, chains, networks, expected) => {
    expect(cryptoAsset(currency, trace, { chains, networks })).toMatchObject(expected);
  });
});
