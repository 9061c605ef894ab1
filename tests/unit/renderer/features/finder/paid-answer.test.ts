import { describe, expect, it } from 'vitest';
import type { Order } from '../../../../../contract/order.ts';
import { paidAnswer } from '../../../../../renderer/features/finder/paid-answer.ts';
import { everyState, sampleOrder } from '../../../../support/fake-bridge/sample-orders.ts';

const NOW = 1_795_000_000_000;
const received = [{ chain: 'eip155:1', asset: 'native', symbol: 'ETH', decimals: 18, amount: '1' }];
const answer = (changes: Partial<Order>, current = true) =>
  paidAnswer(sampleOrder(1, NOW, changes), 'so it is', current).text.key;

describe('did they pay', () => {
  it.each([
    [{ status: 'awaiting' }, 'finder.notYet'],
    [{ status: 'awaiting', received }, 'finder.part'],
    [{ status: 'detected', received }, 'finder.seen'],
    [{ status: 'confirming', received, verdict: 'release' }, 'finder.seenRelease'],
    [{ status: 'confirming', received, verdict: 'hold' }, 'finder.paidHold'],
    [{ status: 'paid', received, verdict: 'release' }, 'finder.paidRelease'],
    [{ status: 'paid', received, verdict: 'release', releasedAt: NOW }, 'finder.paidReleased'],
    [{ status: 'paid', received, verdict: 'hold' }, 'finder.paidHold'],
    [{ status: 'paid', received }, 'finder.paid'],
    [{ status: 'expired' }, 'finder.no'],
    [{ status: 'expired', received }, 'finder.moneyAllTheSame'],
    [{ status: 'cancelled' }, 'finder.no'],
    [{ status: 'refunded', received }, 'finder.refund'],
    [{ status: 'paid', received, live: false, verdict: 'test' }, 'finder.test'],
  ] as const)('of an order that is %j: %s', (changes, key) => {
    expect(answer(changes as unknown as Partial<Order>)).toBe(key);
  });

  it('[FR4] never lets anybody hand over on what is not current', () => {
    for (const order of everyState(NOW)) {
      expect(['finder.paidRelease', 'finder.seenRelease']).not.toContain(paidAnswer(order, '', false).text.key);
    }
    expect(answer({ status: 'paid', received, verdict: 'release' }, false)).toBe('finder.paid');
    expect(answer({ status: 'confirming', received, verdict: 'release' }, false)).toBe('finder.seen');
  });
});
