import { describe, expect, it } from 'vitest';
import { foldAll } from '../../../contract/fold.ts';
import type { Event } from '../../../contract/events.ts';
import type { Order } from '../../../contract/order.ts';

const EPOCH = 'epoch';

/** Events of one order by its source, or by a chain. */
function folded(...said: readonly (readonly [kind: string, data: object, source?: string])[]): Order {
  const order = { sourceRef: 'r', reference: 'r', price: { currency: 'USD', amount: '10' }, pay: [], live: true };
  const created = { order: { ...order, createdAt: 0, expiresAt: 100, graceUntil: 200 } };
  const events = [['order.created', created] as const, ...said].map(
    ([kind, data, source = 'btcpay'], index): Event => ({
      seq: index + 1,
      id: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
      epoch: EPOCH,
      store: 'main',
      order: 'ord_1',
      kind,
      source,
      at: { occurred: null, sent: null, received: index },
      data: { ...data },
    }),
  );
  const after = foldAll(new Map(), events).get('ord_1');
  if (!after) throw new Error('no order');
  return after;
}

const payment = {
  id: 'p',
  chain: 'bip122:1',
  asset: 'native',
  symbol: 'BTC',
  decimals: 8,
  amount: '1',
  txHash: 'h',
  required: null,
  witness: 'processor',
};
const detected = ['payment.detected', { payment }] as const;
const settled = ['payment.settled', { paymentId: 'p' }] as const;
const dropped = ['payment.dropped', { paymentId: 'p', reason: 'taken back' }] as const;

describe('a processor that takes its word back', () => {
  it('has to settle again what it sees again', () => {
    const order = folded(detected, settled, dropped, detected, ['order.failed', {}]);
    expect(order).toMatchObject({ status: 'failed', payments: [{ state: 'seen' }] });
    expect(order.payments[0]).not.toHaveProperty('settledBy');
    expect(folded(detected, settled, dropped, detected, settled).status).toBe('paid');
  });

  it('does not lose it to a node that sees the payment again after a reorg', () => {
    const block = { number: 1, hash: 'b' };
    const reorged = ['payment.reorged', { paymentId: 'p', fromBlock: block }, 'bip122:1'] as const;
    const back = ['payment.detected', { payment }, 'bip122:1'] as const;
    expect(folded(detected, settled, reorged, back).payments).toMatchObject([
      { state: 'seen', settledBy: 'processor' },
    ]);
  });
});

describe('a refund that failed', () => {
  const refund = { refundId: 'rf', amount: '10', currency: 'USD' };

  it('counts no more', () => {
    const order = folded(detected, settled, ['refund.requested', refund], ['refund.failed', { refundId: 'rf' }]);
    expect(order).toMatchObject({ status: 'paid', refunds: [] });
  });

  it('is none once it was completed, or where nobody asked for it', () => {
    const done = folded(detected, settled, ['refund.completed', refund], ['refund.failed', { refundId: 'rf' }]);
    expect(done).toMatchObject({ status: 'refunded', refunds: [{ state: 'completed' }] });
    expect(folded(['refund.failed', { refundId: 'other' }]).refunds).toEqual([]);
  });
});
