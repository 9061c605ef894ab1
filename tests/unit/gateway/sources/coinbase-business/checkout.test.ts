import { beforeEach, describe, expect, it } from 'vitest';
import { orderSchema } from '../../../../../contract/order.ts';
import { checkoutReports } from '../../../../../gateway/sources/coinbase-business/checkout-reports.ts';
import type { CoinbaseBusinessOptions } from '../../../../../gateway/sources/coinbase-business/options.ts';
import { readDelivery } from '../../../../../gateway/sources/coinbase-business/read.ts';
import { checkoutSchema } from '../../../../../gateway/sources/coinbase-business/schema.ts';
import { UnreadableDelivery } from '../../../../../gateway/sources/source.ts';
import { MemoryLedger } from '../memory-ledger.ts';
import { checkout, CHECKOUT, delivery, event, HASH, iso, options, refund, T0 } from './sample-checkouts.ts';

let ledger: MemoryLedger;
beforeEach(() => {
  ledger = new MemoryLedger(() => (T0 + 200) * 1000);
});

function poll(fields: object, given: CoinbaseBusinessOptions = options) {
  const parsed = checkoutSchema.parse(checkout({ ...fields }));
  return ledger.add('main', checkoutReports(given, parsed, { polled: true, sent: null }));
}

function hear(eventType: string, fields: object) {
  return ledger.add('main', readDelivery(options, delivery(event(eventType, { ...fields }))).reports);
}

const completed = { status: 'COMPLETED', transactionHash: HASH };

describe('what a checkout becomes', () => {
  it.each([
    ['ACTIVE', {}, 'awaiting', []],
    ['PROCESSING', {}, 'detected', [{ txHash: null, state: 'seen' }]],
    ['COMPLETED', { transactionHash: HASH }, 'paid', [{ txHash: HASH, state: 'settled' }]],
    ['FAILED', {}, 'failed', []],
    ['EXPIRED', {}, 'expired', []],
    ['DEACTIVATED', {}, 'cancelled', []],
    [
      'PARTIALLY_REFUNDED',
      { transactionHash: HASH, refunds: [refund({ status: 'COMPLETED', amount: '1.50' })] },
      'paid',
      [{}],
    ],
    ['REFUNDED', { transactionHash: HASH, refunds: [refund({ status: 'COMPLETED' })] }, 'refunded', [{}]],
  ])('%s', (status, fields, expected, payments) => {
    poll({ status, ...fields });
    expect(ledger.only).toMatchObject({ status: expected, payments, flags: [] });
    expect(orderSchema.parse(ledger.only)).toEqual(ledger.only);
    const before = ledger.events.length;
    poll({ status, ...fields });
    expect(ledger.events).toHaveLength(before);
  });

  it.each(['EXPIRED', 'FAILED', 'DEACTIVATED', 'COMPLETED', 'REFUNDED'])('%s tells of its customer once', (status) => {
    const fields = { status, metadata: { customerEmail: 'ana@example.com' } };
    poll(fields);
    expect(ledger.events[0]?.data).toMatchObject({ order: { customer: { email: 'ana@example.com' } } });
    const { customer: _, ...keptApart } = ledger.only;
    const again = checkoutReports(options, checkoutSchema.parse(checkout(fields)), { polled: true, sent: null });
    expect(again.flatMap((report) => report.decide(keptApart))).toEqual([]);
  });

  it('names price, reference, times and the way to pay', () => {
    poll({});
    expect(ledger.only).toMatchObject({
      sourceRef: CHECKOUT,
      reference: 'A-1041',
      price: { currency: 'USDC', amount: '100.5' },
      expiresAt: (T0 + 1800) * 1000,
      live: true,
      method: 'USDC on base',
      pay: [{ chain: null, asset: 'usdc', decimals: 6, amount: '100500000' }],
    });
  });

  it('is paid in a token of a configured chain', () => {
    const token = `0x${'83'.repeat(20)}`;
    const configured = { ...options, chains: [{ id: 'eip155:8453', tokens: [] }] };
    poll({ ...completed, tokenAddress: token }, configured);
    expect(ledger.only.pay).toMatchObject([{ chain: 'eip155:8453', asset: `erc20:${token}`, decimals: 6 }]);
    expect(ledger.only.payments).toMatchObject([{ chain: 'eip155:8453', txHash: HASH, amount: '100500000' }]);
  });

  it('is a test in the sandbox, on its test network', () => {
    poll(
      { tokenAddress: `0x${'83'.repeat(20)}` },
      { ...options, sandbox: true, chains: [{ id: 'eip155:84532', tokens: [] }] },
    );
    expect(ledger.only).toMatchObject({ live: false, verdict: 'test', pay: [{ chain: 'eip155:84532' }] });
  });

  it('learns its expiry later, where it was not given first', () => {
    poll({ expiresAt: undefined });
    expect(ledger.only.expiresAt).toBe((T0 + 86_400) * 1000);
    poll({});
    expect(ledger.only.expiresAt).toBe((T0 + 1800) * 1000);
  });

  it('was paid in time, however late that is told', () => {
    poll({
      status: 'REFUNDED',
      transactionHash: HASH,
      updatedAt: iso(T0 + 90_000),
      refunds: [refund({ status: 'COMPLETED' })],
    });
    expect(ledger.only.flags).toEqual([]);
    expect(ledger.only.payments[0]?.seenAt).toBe((T0 + 1800) * 1000);
  });
});

describe('a payment', () => {
  it('takes on its transaction once it has one', () => {
    poll({ status: 'PROCESSING' });
    hear('checkout.payment.success', completed);
    expect(ledger.only.payments).toMatchObject([{ txHash: HASH, state: 'settled' }]);
  });

  it.each(['ACTIVE', 'FAILED', 'EXPIRED', 'DEACTIVATED'])(
    'that was processed is dropped when a poll finds %s',
    (status) => {
      poll({ status: 'PROCESSING' });
      poll({ status });
      expect(ledger.only.payments).toMatchObject([{ state: 'dropped' }]);
      poll({ status: 'COMPLETED', transactionHash: HASH });
      expect(ledger.only).toMatchObject({ status: 'paid', payments: [{ state: 'settled', txHash: HASH }] });
    },
  );
});

it('money that a node took back is not brought back by asking again', () => {
  const base = 'eip155:8453';
  const configured = { ...options, chains: [{ id: base, tokens: [] }] };
  const token = { tokenAddress: `0x${'83'.repeat(20)}` };
  poll({ ...completed, ...token }, configured);
  const { id: order, payments } = ledger.only;
  const data = { paymentId: payments[0]?.id ?? '', fromBlock: { number: 5, hash: 'h' } };
  const draft = { kind: 'payment.reorged', order, source: base, occurred: null, sent: null, data } as const;
  ledger.add('main', [{ order, decide: () => [draft] }]);
  expect(ledger.only).toMatchObject({ status: 'awaiting', payments: [{ state: 'reorged' }] });
  const before = ledger.events.length;
  poll({ ...completed, ...token }, configured);
  const again = event('checkout.payment.success', { ...completed, ...token, updatedAt: iso(T0 + 900) });
  ledger.add('main', readDelivery(configured, delivery(again)).reports);
  expect(ledger.events.slice(before)).toEqual([]);
});

describe('a refund', () => {
  it('is asked for, and done', () => {
    poll({ ...completed, refunds: [refund()] });
    expect(ledger.only).toMatchObject({ status: 'refunding', refunds: [{ state: 'requested', amount: '100.5' }] });
    hear('checkout.refund.success', {
      status: 'REFUNDED',
      transactionHash: HASH,
      refunds: [refund({ status: 'COMPLETED' })],
    });
    expect(ledger.only).toMatchObject({ status: 'refunded', refunds: [{ state: 'completed' }] });
  });

  it('that failed leaves the order paid, and no old delivery asks for it again', () => {
    poll({ ...completed, refunds: [refund()] });
    hear('checkout.refund.failed', { ...completed, refunds: [refund({ status: 'FAILED' })] });
    expect(ledger.only).toMatchObject({ status: 'paid', refunds: [] });
    hear('checkout.refund.success', { ...completed, refunds: [refund()] });
    expect(ledger.only.refunds).toEqual([]);
  });
});

describe('an old delivery', () => {
  it.each([
    ['checkout.payment.failed', { status: 'FAILED' }],
    ['checkout.payment.expired', { status: 'EXPIRED' }],
    ['checkout.payment.success', completed],
    ['checkout.something.new', { status: 'ACTIVE' }],
  ])('%s changes nothing after the money went back', (type, fields) => {
    poll({ status: 'REFUNDED', transactionHash: HASH, refunds: [refund({ status: 'COMPLETED' })] });
    const before = ledger.events.length;
    hear(type, fields);
    expect(ledger.events).toHaveLength(before);
  });

  it('does not make a checkout that ended be processed', () => {
    hear('checkout.payment.failed', { status: 'FAILED' });
    poll({ status: 'PROCESSING' });
    expect(ledger.only).toMatchObject({ status: 'failed', payments: [] });
  });
});

it.each([
  ['no JSON', '{'],
  ['no checkout', '{"eventType":"checkout.payment.success"}'],
  ['no type', JSON.stringify(checkout())],
  ['an unknown state', event('checkout.payment.success', { status: 'PONDERING' })],
  ['no amount', event('checkout.payment.success', { amount: 'much' })],
  ['an amount finer than its unit', event('checkout.payment.success', { amount: '1.0000001' })],
  [
    'a settlement of no amount',
    event('checkout.payment.success', { ...completed, settlement: { totalAmount: '-1', currency: 'USDC' } }),
  ],
  ['a currency that is none', event('checkout.payment.success', { currency: 'ß'.repeat(16) })],
  ['a year that is none', event('checkout.payment.success', { createdAt: '+010000-01-01T00:00:00Z' })],
])('a delivery that is %s is unreadable', (_, body) => {
  expect(() => readDelivery(options, delivery(body))).toThrow(UnreadableDelivery);
});
