import { describe, expect, it } from 'vitest';
import { orderFactSchema, orderSchema } from '../../../../../contract/order.ts';
import { orderId } from '../../../../../gateway/order-id.ts';
import { readDelivery } from '../../../../../gateway/sources/crypto-com-pay/read.ts';
import { UnreadableDelivery } from '../../../../../gateway/sources/source.ts';
import { after, created, orderAfter } from './order-after.ts';
import { delivery, Digits, envelope, fund, json, options, payment, PAYMENT, T0 } from './sample-events.ts';

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
    ['next to nothing in base units means the major unit', { crypto_amount: '250' }, '250000000000000000000'],
    [
      'where the base unit is not that small, no point means base units',
      {
        crypto_amount: '2500',
        crypto_currency: 'BTC',
      },
      '2500',
    ],
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

  it('is known by the shop’s own number, also where that is written as a number', () => {
    expect(orderAfter(envelope('payment.created', payment({ order_id: 1041 }))).reference).toBe('1041');
    expect(orderAfter(envelope('payment.created', payment({ order_id: '  ' }))).reference).toBe(PAYMENT);
  });

  it.each(['_', '_CRONOS', '__'])('takes a currency of no symbol: %s', (crypto_currency) => {
    const order = orderAfter(envelope('payment.created', payment({ crypto_currency })));
    expect(orderSchema.parse(order)).toEqual(order);
  });

  it('takes next to nothing that came for what it is, and a quote that is none for none', () => {
    const dust = fund({ amount: '100' });
    const came = (fields: object) =>
      orderAfter(envelope('payment.created', payment({ current_inbound_fund: dust, ...fields })));
    const quoted = came({ crypto_amount: '250000000000000000000' });
    expect(quoted).toMatchObject({ status: 'awaiting', received: [{ amount: '100' }], flags: ['underpaid'] });
    expect(came({ crypto_amount: undefined })).toMatchObject({ pay: [], received: [{ amount: '100' }] });
    expect(came({ crypto_amount: 'much' })).toMatchObject({ pay: [], received: [{ amount: '100' }] });
  });

  it('sees no money in an inbound fund of nothing', () => {
    const nothing = fund({ txn_id: null, amount: '0' });
    const order = orderAfter(envelope('payment.created', payment({ current_inbound_fund: nothing })));
    expect(order).toMatchObject({ payments: [], flags: [] });
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

describe('an event of something else', () => {
  const subscription = { id: 'sub_1', amount: 2500, currency: 'USD', status: 'active' };
  it.each([
    ['subscription', 'subscription.created'],
    ['customer', 'payment.something'],
    [undefined, 'subscription.created'],
  ])('%s, %s is taken and means nothing', (object_type, type) => {
    const reading = readDelivery(options, delivery({ ...envelope(type, subscription), object_type }));
    expect(reading).toMatchObject({ reports: [], about: [] });
  });

  it.each(['payment', null])(
    'a dispute, told as an object of %s, makes no order, and has its payment asked for',
    (named) => {
      const dispute = { id: 'dp_1', payment_id: PAYMENT, amount: 2500, currency: 'USD', status: 'open' };
      const event = { ...envelope('payment.dispute_created', dispute), object_type: named };
      expect(readDelivery(options, delivery(event))).toMatchObject({ reports: [], about: [PAYMENT] });
    },
  );

  it('a payment is one also where the event does not name its object', () => {
    const reading = readDelivery(options, delivery({ ...envelope('payment.created', payment()), object_type: null }));
    expect(reading.about).toEqual([PAYMENT]);
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
    ['a currency that is none', json(envelope('payment.created', payment({ currency: 'ß'.repeat(16) })))],
    ['an amount beyond 256 bits', json(envelope('payment.created', payment({ amount: '9'.repeat(79) })))],
    ['a depth that no payment has', '['.repeat(200_000)],
    ['a key twice', '{"id":"a","id":"b"}'],
  ])('%s is said to be unreadable, and not repeated', (_, body) => {
    expect(() => readDelivery(options, delivery(body))).toThrow(UnreadableDelivery);
  });
});

it('makes order facts that fit the contract', () => {
  const [event] = after([created]).events;
  expect(orderFactSchema.safeParse((event?.data as { order: unknown }).order).success).toBe(true);
});
