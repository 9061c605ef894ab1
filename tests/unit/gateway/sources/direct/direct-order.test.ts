import { describe, expect, it } from 'vitest';
import { directOrderSchema } from '../../../../../contract/protocol.ts';
import type { Order } from '../../../../../contract/order.ts';
import type { ChainAssets } from '../../../../../gateway/sources/chain-assets.ts';
import { directOrderReport } from '../../../../../gateway/sources/direct/direct-order.ts';
import { MemoryLedger } from '../memory-ledger.ts';

const NOW = 1_772_359_200_000;
const ADDRESS = '0x52908400098527886E0F7030069857D2E4169EE7';
const TOKEN = '0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48';
const chains: ChainAssets[] = [
  { id: 'eip155:1', tokens: [{ symbol: 'USDC', address: TOKEN, decimals: 6 }] },
  { id: 'eip155:7777', native: { symbol: 'SEV', decimals: 12 }, tokens: [] },
];
const native = { chain: 'eip155:1', asset: 'native', address: ADDRESS, amount: '8000000000000000' };

function mapped(pay: readonly object[], underpaidBasisPoints = 0) {
  const input = directOrderSchema.parse({ reference: 'A-1', price: { currency: 'USD', amount: '19.99' }, pay });
  const policy = { lateGraceMinutes: 30, underpaidBasisPoints };
  return directOrderReport({ store: 'main', sourceRef: 'ref-1', input, chains, policy, now: NOW });
}

function order(pay: readonly object[], basisPoints?: number): Order {
  const mapping = mapped(pay, basisPoints);
  if (!mapping.ok) throw new Error(JSON.stringify(mapping.faults));
  const ledger = new MemoryLedger(() => NOW);
  ledger.add('main', [mapping.report, mapping.report]);
  expect(ledger.kinds()).toEqual(['order.created']);
  expect(ledger.only.id).toBe(mapping.order);
  return ledger.only;
}

describe('a direct order', () => {
  it('is created once, with its times and its grace', () => {
    expect(order([native])).toMatchObject({
      source: 'direct',
      sourceRef: 'ref-1',
      reference: 'A-1',
      price: { currency: 'USD', amount: '19.99' },
      createdAt: NOW,
      expiresAt: NOW + 900_000,
      graceUntil: NOW + 900_000 + 1_800_000,
      live: true,
      status: 'awaiting',
    });
  });

  it.each([
    ['a well-known coin', native, { symbol: 'ETH', decimals: 18 }],
    ['a configured coin', { ...native, chain: 'eip155:7777' }, { symbol: 'SEV', decimals: 12 }],
    [
      'a configured token, in any case',
      { ...native, asset: `erc20:${TOKEN.toLowerCase()}` },
      { symbol: 'USDC', decimals: 6 },
    ],
    ['the coin of a chain that is not configured', { ...native, chain: 'eip155:137' }, { symbol: 'POL', decimals: 18 }],
    ['a coin nobody knows', { ...native, chain: 'eip155:999999' }, { symbol: 'native', decimals: null }],
    ['a token nobody knows', { ...native, asset: `erc20:0x${'ab'.repeat(20)}` }, { symbol: 'token', decimals: null }],
  ])('names %s', (_, option, asset) => {
    expect(order([option]).pay).toEqual([{ ...option, ...asset }]);
  });

  it.each([
    [0, '1000', undefined],
    [50, '1000', '995'],
    [50, '999', '995'],
    [50, '1', undefined],
    [9999, '1', undefined],
  ])('with a tolerance of %i basis points on %s takes %s', (basisPoints, amount, minimum) => {
    expect(order([{ ...native, amount }], basisPoints).pay[0]?.minimum).toBe(minimum);
  });
});

describe('what is wrong with a direct order', () => {
  it.each([
    ['no CAIP-2 chain', { chain: 'ethereum' }, 'pay.0.chain'],
    ['an address that is too short', { address: '0x1234' }, 'pay.0.address'],
    ['an address of another chain', { address: 'bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq' }, 'pay.0.address'],
    ['the zero address', { address: `0x${'0'.repeat(40)}` }, 'pay.0.address'],
    ['the zero token', { asset: `erc20:0x${'0'.repeat(40)}` }, 'pay.0.asset'],
    ["the token's own contract", { asset: `erc20:${TOKEN}`, address: TOKEN.toLowerCase() }, 'pay.0.address'],
    [
      'a token on a chain without any',
      {
        chain: 'bip122:000000000019d6689c085ae165831e93',
        asset: `erc20:${TOKEN}`,
        address: '1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2',
      },
      'pay.0.asset',
    ],
  ])('%s', (_, changes, field) => {
    expect(mapped([{ ...native, ...changes }])).toMatchObject({ ok: false, faults: [{ field }] });
  });

  it.each([ADDRESS, ADDRESS.toLowerCase(), `0x${ADDRESS.slice(2).toUpperCase()}`])('not the case of %s', (address) => {
    expect(mapped([{ ...native, address }]).ok).toBe(true);
  });

  it('is told all at once, duplicates too', () => {
    const token = { ...native, asset: `erc20:${TOKEN}` };
    const faults = [{ field: 'pay.1.address' }, { field: 'pay.3.asset' }, { field: 'pay.4.asset' }];
    const result = mapped([
      native,
      { ...native, chain: 'eip155:10', address: 'x' },
      token,
      { ...token, asset: `erc20:${TOKEN.toLowerCase()}` },
      native,
    ]);
    expect(result).toMatchObject({ ok: false, faults });
  });
});
