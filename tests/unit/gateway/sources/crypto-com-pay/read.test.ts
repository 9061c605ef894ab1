import { describe, expect, it } from 'vitest';
import { orderFactSchema, orderSchema } from '../../../../../contract/order.ts';
import type { Order } from '../../../../../contract/order.ts';
import { orderId } from '../../../../../gateway/order-id.ts';
import type { CryptoComPayOptions } from '../../../../../gateway/sources/crypto-com-pay/options.ts';
import { polledReports, readDelivery } from '../../../../../gateway/sources/crypto-com-pay/read.ts';
import { paymentObjectSchema } from '../../../../../gateway/sources/crypto-com-pay/schema.ts';
import { parseLossless } from '../../../../../gateway/sources/lossless-json.ts';
import { UnreadableDelivery } from '../../../../../gateway/sources/source.ts';
import { MemoryLedger } from '../memory-ledger.ts';
import {
  delivery,
  Digits,
  envelope,
  fund,
  HASH,
  json,
  options,
  payment,
  PAYMENT,
  refund,
  T0,
} from './sample-events.ts';

type Event = Parameters<typeof delivery>[0];

function after(events: readonly Event[], configured: CryptoComPayOptions = options): MemoryLedger {
  const ledger = new MemoryLedger(() => (T0 + 10_000) * 1000);
  for (const event of events) ledger.add('main', readDelivery(configured, delivery(event)).reports);
  return ledger;
}

function orderAfter(...events: Event[]): Order {
  const { only } = after(events);
  expect(orderSchema.safeParse(only).error).toBeUndefined();
  return only;
}

const created = envelope('payment.created', payment());
const captured = (fields = {}, at = T0 + 200) =>
  envelope('payment.captured', payment({ status: 'succeeded', captured: true, settled_at: at, ...fields }), at);
const withFund = (fields = {}, of = {}) =>
  envelope('payment.created', payment({ current_inbound_fund: fund(fields), ...of }), T0 + 130);

describe('a payment object as an order', () => {
  it('is mapped field by field', () => {
    const order = orderAfter(
      envelope('payment.created', payment({ pay_method: 'Other Wallets', metadata: { customer_name: 'Ada' } })),
    );
    expect(order).toMatchObject({
      id: orderId('main', 'cdc', PAYMENT),
      sourceRef: PAYMENT,
      reference: 'A-1041',
      price: { currency: 'USD', amount: '25' },
      pay: [
        {
          chain: null,
          asset: 'cro',
          symbol: 'CRO',
          decimals: 18,
          amount: '250000000000000000000',
          address: `0x${'d0'.repeat(20)}`,
        },
      ],
      createdAt: T0 * 1000,
      expiresAt: (T0 + 600) * 1000,
      graceUntil: (T0 + 600 + 3600) * 1000,
      live: true,
      method: 'Other Wallets',
      customer: { name: 'Ada' },
      status: 'awaiting',
    });
  });

  it.each([
    ['USD', '2500', { currency: 'USD', amount: '25' }],
    ['USD', '2505', { currency: 'USD', amount: '25.05' }],
    ['jpy', '2500', { currency: 'JPY', amount: '2500' }],
    ['KRW', '1', { currency: 'KRW', amount: '1' }],
    ['CLP', '990', { currency: 'CLP', amount: '990' }],
    ['CRO', '100000000000000000000', { currency: 'CRO', amount: '100' }],
    ['CRO', '100000000000000000001', { currency: 'CRO', amount: '100.000000000000000001' }],
    ['CRO', '1e20', { currency: 'CRO', amount: '100' }],
    ['XYZ', '123456789012345678901', { currency: 'XYZ', amount: '123456789012345678901', decimals: null }],
  ])('prices %s %s exactly, as a number and as a string', (currency, digits, price) => {
    const order = (amount: unknown) =>
      orderAfter(envelope('payment.created', payment({ currency, amount, crypto_amount: undefined })));
    expect(order(new Digits(digits)).price).toEqual(price);
    expect(order(digits).price).toEqual(price);
  });

  it.each([
    ['expired_at', { expired_at: T0 + 60, time_window: 600 }, T0 + 60],
    ['time_window', { expired_at: null, time_window: 300 }, T0 + 300],
    ['ten minutes where neither is given', { expired_at: null, time_window: null }, T0 + 600],
  ])('expires by %s', (_, fields, expires) => {
    expect(orderAfter(envelope('payment.created', payment(fields))).expiresAt).toBe(expires * 1000);
  });

  it.each([
    ['a point means the major unit', { crypto_amount: '0.008', crypto_currency: 'ETH' }, '8000000000000000'],
    ['no point means base units', { crypto_amount: '8000000000000000', crypto_currency: 'ETH' }, '8000000000000000'],
    [
      'a price in the same currency proves the major unit',
      { crypto_amount: '100', currency: 'CRO', amount: new Digits('100000000000000000000') },
      '100000000000000000000',
    ],
    [
      'a price in the same currency proves base units',
      { crypto_amount: '100000000000000000000', currency: 'CRO', amount: new Digits('100000000000000000000') },
      '100000000000000000000',
    ],
  ])('reads crypto amounts: %s', (_, fields, amount) => {
    expect(orderAfter(envelope('payment.created', payment(fields))).pay).toMatchObject([{ amount }]);
  });

  it('is a test order when it is not live', () => {
    expect(orderAfter(envelope('payment.created', payment({ live_mode: false })))).toMatchObject({
      live: false,
      verdict: 'test',
    });
  });

  it('tolerates optional fields of any type', () => {
    const odd = {
      metadata: 'none',
      customer_provided_info: [],
      pay_method: 7,
      expired: 'no',
      current_inbound_fund: 'x',
      crypto_amount: {},
    };
    expect(orderAfter(envelope('payment.created', payment(odd)))).toMatchObject({ status: 'awaiting', pay: [] });
  });
});

describe('what cannot be read', () => {
  it.each([
    ['no JSON', 'hello'],
    ['no UTF-8', '\u0000'],
    ['an empty object', '{}'],
    ['no data', json({ id: 'e', type: 'payment.created' })],
    ['a payment without an id', json(envelope('payment.created', payment({ id: undefined })))],
    ['a negative amount', json(envelope('payment.created', payment({ amount: -1 })))],
    ['a fraction of a base unit', json(envelope('payment.created', payment({ amount: '25.5' })))],
    ['an amount that is none', json(envelope('payment.created', payment({ amount: 'NaN' })))],
    ['an amount beyond 256 bits', json(envelope('payment.created', payment({ amount: '9'.repeat(79) })))],
    ['a depth that no payment has', '['.repeat(200_000)],
    ['a key twice', '{"id":"a","id":"b"}'],
  ])('%s is said to be unreadable, and not repeated', (_, body) => {
    expect(() => readDelivery(options, delivery(body))).toThrow(UnreadableDelivery);
  });
});

describe('events of a payment', () => {
  it('creates the order once, whichever type brings it', () => {
    for (const first of [created, captured(), withFund()]) {
      expect(after([first]).kinds()[0]).toBe('order.created');
      expect(
        after([first, created, first])
          .kinds()
          .filter((kind) => kind === 'order.created'),
      ).toHaveLength(1);
    }
  });

  it('shows an inbound fund as a payment the processor saw, at the time of its transaction', () => {
    const { payments, status } = orderAfter(created, withFund());
    expect(status).toBe('detected');
    expect(payments).toMatchObject([
      {
        id: `${PAYMENT}:${HASH}`,
        chain: null,
        asset: 'cro',
        amount: '250000000000000000000',
        txHash: HASH,
        witness: 'processor',
        seenAt: (T0 + 120) * 1000,
      },
    ]);
  });

  it.each([
    ['alone', [], [{ id: 'node:1', witness: 'processor', words: { node: {}, processor: {} } }]],
    [
      'beside a nameless settlement, which stays the processor’s word',
      [captured()],
      [
        { id: PAYMENT, txHash: null, state: 'settled' },
        { id: 'node:1', witness: 'node' },
      ],
    ],
  ] as const)('takes a transaction that a node saw first for the same money, %s', (_, before, expected) => {
    const ledger = after([created, ...before]);
    const order = ledger.only.id;
    const coins = { chain: 'eip155:25', asset: 'native', symbol: 'CRO', decimals: 18, amount: '250000000000000000000' };
    const seen = { ...coins, id: 'node:1', txHash: HASH, required: 3, witness: 'node' as const };
    const about = { order, source: 'eip155:25', occurred: null, sent: null };
    ledger.add('main', [{ order, decide: () => [{ kind: 'payment.detected', ...about, data: { payment: seen } }] }]);
    ledger.add('main', readDelivery(options, delivery(withFund())).reports);
    expect(ledger.only.payments).toMatchObject(expected);
    expect(ledger.only.received).toMatchObject([{ amount: coins.amount }]);
    const said = ledger.events.length;
    ledger.add('main', readDelivery(options, delivery(withFund())).reports);
    expect(ledger.events).toHaveLength(said);
  });

  it('settles the fund it saw', () => {
    const order = orderAfter(created, withFund(), captured());
    expect(order).toMatchObject({ status: 'paid', paidAt: (T0 + 200) * 1000, flags: [] });
    expect(order.payments).toMatchObject([{ txHash: HASH, state: 'settled', settledBy: 'processor' }]);
  });

  it('synthesises a payment where none was seen', () => {
    const order = orderAfter(captured());
    expect(order).toMatchObject({
      status: 'paid',
      flags: [],
      received: [{ asset: 'cro', amount: '250000000000000000000' }],
    });
    expect(order.payments).toMatchObject([{ id: PAYMENT, txHash: null, witness: 'processor', state: 'settled' }]);
  });

  it('synthesises in the price where no crypto currency is known', () => {
    const order = orderAfter(captured({ crypto_currency: undefined, crypto_amount: undefined }));
    expect(order).toMatchObject({
      status: 'paid',
      flags: [],
      received: [{ asset: 'usd', amount: '2500', decimals: 2 }],
    });
  });

  it('turns a synthesised payment into the currency asked for once that is known', () => {
    const order = orderAfter(captured({ crypto_currency: undefined, crypto_amount: undefined }), created);
    expect(order).toMatchObject({
      status: 'paid',
      flags: [],
      received: [{ asset: 'cro', amount: '250000000000000000000' }],
    });
  });

  it('merges a synthesised payment with the fund that comes after it', () => {
    const order = orderAfter(captured(), withFund());
    expect(order).toMatchObject({ status: 'paid', flags: [], received: [{ amount: '250000000000000000000' }] });
    expect(order.payments).toMatchObject([{ id: PAYMENT, txHash: HASH, state: 'settled', seenAt: (T0 + 120) * 1000 }]);
  });

  it('ignores what is repeated or stale', () => {
    const ledger = after([created, withFund(), captured()]);
    const count = ledger.events.length;
    for (const again of [created, withFund(), captured(), captured({}, T0 + 300)]) {
      ledger.add('main', readDelivery(options, delivery(again)).reports);
    }
    expect(ledger.kinds()).toHaveLength(count);
  });

  it('keeps when it occurred, was sent and by whom', () => {
    const reading = readDelivery(options, delivery(captured(), T0 + 205));
    const ledger = new MemoryLedger();
    ledger.add('main', reading.reports);
    expect(reading.dedupeKey).toBe(`evt_payment.captured_${T0 + 200}`);
    expect(ledger.events.at(-1)).toMatchObject({
      source: 'cdc',
      kind: 'payment.settled',
      at: { occurred: (T0 + 200) * 1000, sent: (T0 + 205) * 1000 },
    });
  });

  it('takes the transaction a node saw as the same money, and settles it', () => {
    const ledger = after([created]);
    const node = {
      id: 'eip155:25:x',
      chain: null,
      asset: 'cro',
      symbol: 'CRO',
      decimals: 18,
      amount: '250000000000000000000',
      txHash: HASH.toUpperCase().replace('0X', '0x'),
      required: 12,
      witness: 'node',
    } as const;
    ledger.write('main', {
      kind: 'payment.detected',
      order: ledger.only.id,
      source: 'eip155:25',
      occurred: null,
      sent: null,
      data: { payment: node },
    });
    ledger.add('main', readDelivery(options, delivery(withFund())).reports);
    ledger.add('main', readDelivery(options, delivery(captured({ current_inbound_fund: fund() }))).reports);
    expect(ledger.only).toMatchObject({
      status: 'paid',
      flags: [],
      payments: [{ id: 'eip155:25:x', settledBy: 'processor' }],
    });
  });

  it('counts a nameless settlement and the same money seen by a node later once', () => {
    const ledger = after([captured()]);
    const node = {
      id: 'n',
      chain: null,
      asset: 'cro',
      symbol: 'CRO',
      decimals: 18,
      amount: '250000000000000000000',
      txHash: HASH,
      required: 12,
      witness: 'node',
    } as const;
    ledger.write('main', {
      kind: 'payment.detected',
      order: ledger.only.id,
      source: 'eip155:25',
      occurred: null,
      sent: null,
      data: { payment: node },
    });
    expect(ledger.only).toMatchObject({ status: 'paid', received: [{ amount: '250000000000000000000' }] });
    expect(ledger.only.flags).not.toContain('multiple');
  });
});

describe('exceptions as Crypto.com Pay names them', () => {
  it('underpaid', () => {
    expect(orderAfter(withFund({ amount: '249.5', mismatched_reason: 'underpaid' }))).toMatchObject({
      status: 'awaiting',
      flags: ['underpaid'],
    });
  });

  it('underpaid within the threshold is taken as paid', () => {
    const order = orderAfter(created, withFund({ amount: '249.9', is_within_threshold: true }));
    expect(order.flags).toEqual(['underpaid']);
    expect(orderAfter(withFund({ amount: '249.9', is_within_threshold: true })).flags).toEqual([]);
  });

  it('overpaid', () => {
    expect(
      orderAfter(withFund({ amount: '260.0' }), captured({ current_inbound_fund: fund({ amount: '260.0' }) })),
    ).toMatchObject({ status: 'paid', flags: ['overpaid'] });
  });

  it('late', () => {
    const late = { txn_created_at: new Date((T0 + 700) * 1000).toISOString() };
    expect(orderAfter(created, withFund(late))).toMatchObject({ status: 'detected', flags: ['late'] });
    expect(orderAfter(created, captured({ current_inbound_fund: fund(late), settled_at: T0 + 900 }))).toMatchObject({
      status: 'paid',
      flags: ['late'],
    });
  });

  it('in time but captured after expiry is not late, whichever comes first', () => {
    const slow = captured({ settled_at: T0 + 900 }, T0 + 900);
    expect(orderAfter(withFund(), slow).flags).toEqual([]);
    expect(orderAfter(slow, withFund()).flags).toEqual([]);
  });

  it('multiple', () => {
    const second = { txn_id: `0x${'b2'.repeat(32)}` };
    for (const order of [
      orderAfter(withFund(), captured({ current_inbound_fund: fund() }), withFund(second)),
      orderAfter(withFund(second), captured({ current_inbound_fund: fund() })),
      orderAfter(captured(), withFund(second), withFund()),
    ]) {
      expect(order).toMatchObject({
        status: 'paid',
        flags: ['overpaid', 'multiple'],
        received: [{ amount: '500000000000000000000' }],
      });
    }
  });

  it('wrong currency', () => {
    expect(orderAfter(withFund({ currency: 'ETH', amount: '0.01' }))).toMatchObject({
      status: 'awaiting',
      flags: ['wrong-asset'],
    });
  });

  it('a network behind the symbol is the same currency', () => {
    expect(orderAfter(withFund({ currency: 'CRO_CRONOS' }))).toMatchObject({ status: 'detected', flags: [] });
  });
});

describe('endings', () => {
  const polled = (fields: object, now: number) =>
    polledReports(
      options,
      paymentObjectSchema.parse(parseLossless(Buffer.from(json(payment({ ...fields }))))),
      now * 1000,
    );

  it('cancelled, once, and over an expiry', () => {
    const ledger = after([created]);
    ledger.add('main', polled({ expired: true }, T0 + 700));
    ledger.add('main', polled({ status: 'cancelled' }, T0 + 701));
    ledger.add('main', polled({ status: 'cancelled', expired: true }, T0 + 702));
    expect(ledger.kinds()).toEqual(['order.created', 'order.expired', 'order.cancelled']);
    expect(ledger.only.status).toBe('cancelled');
  });

  it('expired by the processor or by time, once', () => {
    for (const [fields, now] of [
      [{ expired: true }, T0 + 10],
      [{}, T0 + 600],
    ] as const) {
      const ledger = after([created]);
      ledger.add('main', polled(fields, now));
      ledger.add('main', polled(fields, now + 100));
      expect(ledger.kinds()).toEqual(['order.created', 'order.expired']);
      expect(ledger.events[1]?.at.occurred).toBe((T0 + 600) * 1000);
    }
  });

  it('not before its time, and not with the money seen', () => {
    const ledger = after([created]);
    ledger.add('main', polled({}, T0 + 599));
    ledger.add('main', readDelivery(options, delivery(withFund())).reports);
    ledger.add('main', polled({ current_inbound_fund: fund() }, T0 + 601));
    expect(ledger.only).toMatchObject({ status: 'detected' });
    expect(ledger.kinds()).not.toContain('order.expired');
  });

  it('never after the processor settled', () => {
    const ledger = after([captured()]);
    ledger.add('main', polled({ status: 'cancelled', expired: true }, T0 + 900));
    expect(ledger.only).toMatchObject({ status: 'paid' });
    expect(ledger.only.ended).toBeUndefined();
  });

  it('a poll corrects an open order and no settled one', () => {
    const ledger = after([created]);
    ledger.add('main', polled({ expired_at: T0 + 1200, crypto_amount: '251.0' }, T0 + 20));
    expect(ledger.only).toMatchObject({ expiresAt: (T0 + 1200) * 1000, pay: [{ amount: '251000000000000000000' }] });
    ledger.add('main', readDelivery(options, delivery(created)).reports);
    expect(ledger.only.expiresAt).toBe((T0 + 1200) * 1000);
  });
});

describe('refunds', () => {
  const requested = envelope('payment.refund_requested', refund(), T0 + 900);
  const transferred = envelope('payment.refund_transferred', refund({ status: 'succeeded' }), T0 + 950);

  it('are requested, then completed', () => {
    expect(orderAfter(captured(), requested)).toMatchObject({ status: 'refunding' });
    expect(orderAfter(captured(), requested, transferred)).toMatchObject({
      status: 'refunded',
      refunds: [{ id: 'rf_1', amount: '25', currency: 'USD', state: 'completed' }],
    });
  });

  it('are not taken back by a request that arrives late', () => {
    expect(
      after([captured(), transferred, requested, transferred])
        .kinds()
        .filter((kind) => kind.startsWith('refund')),
    ).toEqual(['refund.completed']);
  });

  it('transferred without success are still under way', () => {
    expect(orderAfter(captured(), envelope('payment.refund_transferred', refund({ status: 'pending' })))).toMatchObject(
      { status: 'refunding' },
    );
  });

  it('leave a partly refunded order paid', () => {
    expect(
      orderAfter(captured(), envelope('payment.refund_transferred', refund({ amount: 500, status: 'succeeded' }))),
    ).toMatchObject({ status: 'paid', refunds: [{ amount: '5' }] });
  });

  it('create a provisional order that the payment completes', () => {
    const before = orderAfter(requested);
    expect(before).toMatchObject({
      provisional: true,
      sourceRef: PAYMENT,
      reference: PAYMENT,
      price: { amount: '0' },
      status: 'refunding',
    });
    const completed = orderAfter(requested, transferred, captured(), created);
    expect(completed).toMatchObject({
      provisional: false,
      reference: 'A-1041',
      price: { currency: 'USD', amount: '25' },
      status: 'refunded',
      createdAt: T0 * 1000,
      expiresAt: (T0 + 600) * 1000,
    });
    expect(completed.flags).toEqual([]);
  });

  it('keep base units of an unknown currency', () => {
    expect(
      orderAfter(
        envelope('payment.refund_requested', refund({ currency: 'XYZ', amount: new Digits('900719925474099301') })),
      ).refunds,
    ).toMatchObject([{ amount: '900719925474099301', currency: 'XYZ' }]);
  });
});

it('makes order facts that fit the contract', () => {
  const [event] = after([created]).events;
  expect(orderFactSchema.safeParse((event?.data as { order: unknown }).order).success).toBe(true);
});
