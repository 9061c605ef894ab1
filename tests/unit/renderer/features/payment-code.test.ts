import decodeQR from 'qr/decode.js';
import { describe, expect, it } from 'vitest';
import type { Order, PayOption } from '../../../../contract/order.ts';
import { qrPath } from '../../../../renderer/features/case/qr/qr-path.ts';
import { qrStanding } from '../../../../renderer/features/case/qr/qr-standing.ts';
import { paymentUri } from '../../../../renderer/features/case/qr/payment-uri.ts';
import { sampleOrder, samplePayment } from '../../../support/fake-bridge/sample-orders.ts';

const address = '0x52908400098527886E0F7030069857D2E4169EE7';
const token = '0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48';
const bitcoin = 'bip122:000000000019d6689c085ae165831e93';
const way = (changes: Partial<PayOption>): PayOption => ({
  ...{ chain: 'eip155:1', asset: 'native', symbol: 'ETH', decimals: 18, address, amount: '8000000000000000' },
  ...changes,
});

describe('what a wallet is told', () => {
  it('is EIP-681 on EVM chains: the coin by its value, a token by its transfer', () => {
    expect(paymentUri(way({}), 8_000_000_000_000_000n)).toBe(`ethereum:${address}@1?value=8000000000000000`);
    expect(paymentUri(way({ chain: 'eip155:137', asset: `erc20:${token}`, decimals: 6 }), 12_500_000n)).toBe(
      `ethereum:${token}@137/transfer?address=${address}&uint256=12500000`,
    );
  });

  it('is BIP-21 on Bitcoin, the amount in bitcoin and exact', () => {
    const segwit = 'bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq';
    const bitcoinWay = way({ chain: bitcoin, symbol: 'BTC', decimals: 8, address: segwit });
    expect(paymentUri(bitcoinWay, 123_456n)).toBe(`bitcoin:${segwit}?amount=0.00123456`);
    expect(paymentUri(bitcoinWay, 2_100_000_000_000_000n)).toBe(`bitcoin:${segwit}?amount=21000000`);
  });

  it.each([
    ['an unknown chain', { chain: null }],
    ['a chain of another kind', { chain: 'solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp' }],
    ['no address', { address: null }],
    ['an address of another chain', { address: '1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa' }],
    ['an address with more in it', { address: `${address}@5?value=1` }],
    ['an asset that only a processor names', { asset: 'eth' }],
    ['a token that is none', { asset: 'erc20:0xab' }],
    ['a token on Bitcoin', { chain: bitcoin, asset: 'erc20:0xab', address: '1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa' }],
  ] as const)('is nothing for %s', (_, changes) => {
    expect(paymentUri(way(changes), 1n)).toBeNull();
  });

  it('never asks for nothing', () => {
    expect(paymentUri(way({}), 0n)).toBeNull();
    expect(paymentUri(way({}), -1n)).toBeNull();
  });
});

/** The code as a camera sees it, drawn from the path alone. */
function picture(text: string) {
  const { size, path } = qrPath(text);
  const scale = 4;
  const edge = size * scale;
  const data = new Uint8Array(edge * edge * 4).fill(255);
  for (const [, x, y, width] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
    for (let row = Number(y) * scale; row < (Number(y) + 1) * scale; row += 1) {
      const from = (row * edge + Number(x) * scale) * 4;
      for (let at = from; at < from + Number(width) * scale * 4; at += 4) data.fill(0, at, at + 3);
    }
  }
  return { width: edge, height: edge, data };
}

describe('the code', () => {
  it.each([
    `ethereum:${token}@137/transfer?address=${address}&uint256=115792089237316195423570985008687907853269984665640564`,
    'bitcoin:bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq?amount=0.00000001',
  ])('is read back as %s', (uri) => {
    expect(decodeQR(picture(uri))).toBe(uri);
  });

  it('keeps four modules free around itself', () => {
    const { size, path } = qrPath('bitcoin:x');
    const runs = [...path.matchAll(/M(\d+) (\d+)h(\d+)/g)].map(([, x, y, width]) => [x, y, width].map(Number));
    expect(Math.min(...runs.map(([x = 0]) => x))).toBe(4);
    expect(Math.max(...runs.map(([x = 0, , width = 0]) => x + width))).toBe(size - 4);
    expect(Math.max(...runs.map(([, y = 0]) => y))).toBe(size - 5);
  });
});

describe('whether it is shown', () => {
  const now = 1_795_000_000_000;
  const at = { now, current: true, time: String };
  const open = sampleOrder(44, now, {});
  const due = open.pay[0]!;
  const standing = (changes: Partial<Order>, when: Partial<typeof at> = {}) =>
    qrStanding({ ...open, ...changes }, { ...at, ...when });
  const said = (changes: Partial<Order>, when: Partial<typeof at> = {}) => {
    const { kind, why } = standing(changes, when);
    return [kind, why?.key ?? null];
  };

  it('is for an order that waits, with exactly what is due', () => {
    const { kind, ways } = standing({});
    expect(kind).toBe('ready');
    expect(ways.map((each) => each.due)).toEqual(open.pay.map(({ amount }) => BigInt(amount)));
  });

  it('asks for the rest where a part came', () => {
    const part = (BigInt(due.amount) - 1n).toString();
    const received = [{ ...samplePayment(open, 44), amount: part }];
    expect(standing({ received }).ways[0]?.due).toBe(1n);
    expect(said({ received: [{ ...samplePayment(open, 44), amount: due.amount }] })).toEqual(['no', 'qr.paid']);
  });

  it.each(['detected', 'confirming'] as const)('is not for an order that is %s: that would pay twice', (status) => {
    expect(said({ status })).toEqual(['no', 'qr.coming']);
  });

  it.each(['failed', 'cancelled', 'refunding', 'refunded'] as const)('is not for an order that is %s', (status) => {
    expect(said({ status })).toEqual(['no', 'qr.over']);
  });

  it('is not for a paid order, nor for one whose grace is over', () => {
    expect(said({ status: 'paid' })).toEqual(['no', 'qr.paid']);
    expect(said({ status: 'expired' }, { now: open.graceUntil })).toEqual(['no', 'qr.over']);
    expect(said({}, { now: open.graceUntil + 1 })).toEqual(['no', 'qr.over']);
  });

  it('comes with words for late money, a screen that is not live, and a test order', () => {
    expect(said({ status: 'expired' }, { now: open.expiresAt + 1 })).toEqual(['ask', 'qr.late']);
    expect(said({}, { now: open.expiresAt })).toEqual(['ask', 'qr.late']);
    expect(said({}, { current: false })).toEqual(['ask', 'qr.notCurrent']);
    expect(said({ live: false })).toEqual(['ask', 'qr.test']);
  });

  it('says where to look instead when chain or address are not known', () => {
    expect(said({ pay: [{ ...due, address: null }] })).toEqual(['no', 'qr.unknown']);
    expect(said({ pay: [] })).toEqual(['no', 'qr.unknown']);
  });
});
