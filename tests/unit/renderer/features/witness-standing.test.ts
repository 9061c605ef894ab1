import { describe, expect, it } from 'vitest';
import type { Order, Payment } from '../../../../contract/order.ts';
import { witnessStanding } from '../../../../renderer/features/case/witness-standing.ts';
import { sampleOrder, samplePayment } from '../../../support/fake-bridge/sample-orders.ts';

const NOW = 1_795_000_000_000;
const base = sampleOrder(3, NOW, { source: 'cdc' });
function standing(words: NonNullable<Payment['words']>, changes: Partial<Order> = {}) {
  const order = { ...base, payments: [samplePayment(base, 3, { words })], ...changes };
  const { agreement, processorSays, nodeSays } = witnessStanding(order);
  return { agreement, processorSays, nodeSays };
}
const settled = { at: 1, settledAt: 2 };

describe('two witnesses', () => {
  it('agree when both say the same', () => {
    expect(standing({ processor: settled, node: settled })).toEqual({
      ...{ agreement: 'agree', processorSays: 'settled', nodeSays: 'settled' },
    });
    expect(standing({ processor: { at: 1 }, node: { at: 5 } }).agreement).toBe('agree');
  });

  it('differ when one says more, or took its word back', () => {
    expect(standing({ processor: settled })).toMatchObject({ agreement: 'differ', nodeSays: 'nothing' });
    expect(standing({ node: { at: 1 } })).toMatchObject({ agreement: 'differ', processorSays: 'nothing' });
    expect(standing({ processor: settled, node: { at: 1, lostAt: 2 } })).toMatchObject({
      ...{ agreement: 'differ', nodeSays: 'lost' },
    });
  });

  it('contradict each other when the gateway says so, and never before', () => {
    const words = { processor: settled, node: { at: 1, lostAt: 2 } };
    expect(standing(words, { flags: ['witness-conflict'] }).agreement).toBe('conflict');
  });

  it('is one alone where the shop sells by itself, and where no node could watch', () => {
    expect(standing({ node: settled }, { source: 'direct' })).toEqual({
      ...{ agreement: 'alone', processorSays: null, nodeSays: 'settled' },
    });
    const blind = { ...base, pay: base.pay.map((option) => ({ ...option, chain: null })) };
    const { agreement, nodeSays } = witnessStanding({ ...blind, payments: [] });
    expect({ agreement, nodeSays }).toEqual({ agreement: 'alone', nodeSays: 'blind' });
  });
});
