import { describe, expect, it } from 'vitest';
import { after, captured, created, orderAfter } from './order-after.ts';
import { Digits, envelope, PAYMENT, refund, T0 } from './sample-events.ts';

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

  it.each(['failed', 'cancelled', 'canceled', 'rejected'])('that end as %s leave the order paid', (status) => {
    const ended = envelope('payment.refund_requested', refund({ status }), T0 + 990, 'evt_ended');
    const order = orderAfter(captured(), requested, ended);
    expect(order).toMatchObject({ status: 'paid', refunds: [] });
    expect(orderAfter(captured(), transferred, ended)).toMatchObject({ status: 'refunded' });
    expect(after([captured(), ended]).kinds()).not.toContain('refund.failed');
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
