import { describe, expect, it } from 'vitest';
import type { Order } from '../../../../contract/order.ts';
import { depthOf, excess, rowAmount } from '../../../../renderer/features/orders/amounts.ts';
import { orderLine } from '../../../../renderer/features/orders/order-line.ts';
import { orderState } from '../../../../renderer/features/orders/order-state.ts';
import { verdictShown } from '../../../../renderer/features/orders/verdict-shown.ts';
import { english } from '../../../../renderer/strings/english.ts';
import { createFormat } from '../../../../renderer/strings/format.ts';
import { createWords } from '../../../../renderer/strings/translate.ts';
import { MINUTE, sampleOrder, samplePayment } from '../../../support/fake-bridge/sample-orders.ts';

const NOW = 1_795_000_000_000;
const words = { ...createWords('en', english), format: createFormat('en-US') };
const base = sampleOrder(1, NOW, {
  createdAt: NOW - MINUTE,
  expiresAt: NOW + 14 * MINUTE,
  graceUntil: NOW + 74 * MINUTE,
});
const way = base.pay[0]!;
const order = (changes: Partial<Order> = {}): Order => ({ ...base, ...changes });
const received = (amount: string) => [{ chain: way.chain, asset: way.asset, symbol: 'ETH', decimals: 18, amount }];
const line = (changes: Partial<Order>, now = NOW) => words.tell(orderLine(order(changes), now, words));
const state = (changes: Partial<Order>, now = NOW, approximate = false) => {
  const { text, tone, shape, share } = orderState(order(changes), now, approximate);
  return [words.tell(text), tone, shape, share];
};

describe('an order in one line', () => {
  const due = { pay: [{ ...way, amount: '8000000000000000' }] };
  it.each([
    [{}, 'waiting for payment'],
    [{ ...due, flags: ['underpaid'], received: received('4000000000000000') }, '0.004 ETH of 0.008 ETH arrived'],
    [{ flags: ['reorged'] }, 'the chain took its payment back, waiting again'],
    [{ flags: ['reverted'] }, 'its payment failed on chain, waiting again'],
    [{ flags: ['dropped'] }, 'its payment vanished, waiting again'],
    [{ expiresAt: NOW }, 'time is up, late money still counts'],
    [{ status: 'detected' }, 'payment seen, not in a block yet'],
    [{ status: 'confirming' }, 'confirming'],
    [{ status: 'paid' }, 'paid'],
    [
      {
        ...due,
        status: 'paid',
        flags: ['late'],
        expiresAt: NOW - 5 * MINUTE,
        payments: [samplePayment(order(due), 1, { seenAt: NOW - 2 * MINUTE })],
        paidAt: NOW,
      },
      'paid 3 min after expiry',
    ],
    [
      { ...due, status: 'paid', flags: ['overpaid'], received: received('9000000000000000') },
      'paid, 0.001 ETH too much',
    ],
    [{ status: 'expired', expiresAt: NOW - 1 }, 'expired, late money still counts'],
    [{ status: 'expired', graceUntil: NOW }, 'expired unpaid'],
    [
      { ...due, status: 'expired', flags: ['underpaid'], received: received('1') },
      'expired with <0.00000001 ETH of 0.008 ETH',
    ],
    [{ provisional: true, status: 'refunded' }, 'only a refund of it is known so far'],
  ] satisfies [Partial<Order>, string][])('%j', (changes, expected) => {
    expect(line(changes)).toBe(expected);
  });
});

describe('state at a glance', () => {
  it('[CK2] counts down, then through the grace, marks what is only nearly right, and never goes below zero', () => {
    expect(state({})).toEqual(['14:00', 'calm', 'ring', 0.93]);
    expect(state({}, NOW + 13 * MINUTE)).toEqual(['01:00', 'warn', 'ring', 0.07]);
    expect(state({}, NOW, true)[0]).toBe('≈ 14:00');
    expect(state({}, NOW + 14 * MINUTE)).toEqual(['late 1:00:00', 'warn', 'dashed', 1]);
    expect(state({}, NOW + 80 * MINUTE)[0]).toBe('expired');
  });

  it('shows the payment that has the fewest confirmations, and caps its ring', () => {
    const payments = [3, 1].map((confirmations, n) =>
      samplePayment(base, n, { confirmations, required: 12, state: 'confirming' }),
    );
    expect(depthOf(order({ payments }))).toEqual({ confirmations: 1, required: 12 });
    const gone = samplePayment(base, 9, { confirmations: 0, state: 'replaced' });
    expect(depthOf(order({ payments: [...payments, gone] }))).toEqual({ confirmations: 1, required: 12 });
    expect(state({ status: 'confirming', payments })).toEqual(['1/12', 'calm', 'ring', 0.08]);
    const deep = [samplePayment(base, 1, { confirmations: 30, required: 12, state: 'confirming' })];
    expect(state({ status: 'confirming', payments: deep })[3]).toBe(1);
  });
});

describe('amounts of a row', () => {
  it('shows the way the customer chose, once money tells', () => {
    const other = { ...way, asset: 'erc20:0x1', symbol: 'USDC', decimals: 6, amount: '5' };
    const both = { pay: [way, other] };
    expect(rowAmount(order(both))?.symbol).toBe('ETH');
    const usdc = { chain: way.chain, asset: 'ERC20:0x1', symbol: 'USDC', decimals: 6, amount: '9' };
    expect(rowAmount(order({ ...both, received: [usdc] }))?.symbol).toBe('USDC');
    expect(excess(order({ ...both, received: [usdc] }))?.amount).toBe('4');
  });

  it('calls no other coin too much', () => {
    const wrong = {
      chain: way.chain,
      asset: 'erc20:0xbad',
      symbol: 'BAD',
      decimals: 0,
      amount: '99999999999999999999',
    };
    expect(excess(order({ received: [wrong] }))).toBeNull();
  });
});

describe('verdict that may be shown', () => {
  it.each([
    [{ verdict: 'release' }, true, 'release'],
    [{ verdict: 'release' }, false, 'was-release'],
    [{ verdict: 'release', status: 'paid' }, false, 'was-release'],
    [{ verdict: 'hold' }, false, 'hold'],
    [{ verdict: 'wait' }, true, 'wait'],
    [{ verdict: 'wait', status: 'cancelled' }, true, 'none'],
    [{ verdict: 'release', releasedAt: NOW }, true, 'released'],
    [{ verdict: 'hold', releasedAt: NOW }, true, 'hold'],
    [{ verdict: 'test' }, true, 'test'],
  ] satisfies [Partial<Order>, boolean, string][])('[FR4] %j, current %s → %s', (changes, current, expected) => {
    expect(verdictShown(order(changes), current)).toBe(expected);
  });
});
