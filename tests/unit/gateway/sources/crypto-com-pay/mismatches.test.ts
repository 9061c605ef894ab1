import { describe, expect, it } from 'vitest';
import { captured, created, orderAfter, withFund } from './order-after.ts';
import { fund, T0 } from './sample-events.ts';

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
