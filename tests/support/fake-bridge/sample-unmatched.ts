/** Unmatched money in every state, beside the sample orders. */
import type { UnmatchedPayment } from '../../../contract/unmatched.ts';
import type { UnmatchedPush } from '../../../contract/ipc.ts';
import { MINUTE, sampleOrder } from './sample-orders.ts';

function unmatched(n: number, now: number, changes: Partial<UnmatchedPayment> = {}): UnmatchedPayment {
  const digit = n.toString(16);
  const id = `eip155:1:0x${digit.repeat(64).slice(0, 64)}:0`;
  return {
    ...{ id, store: 'main', state: 'open', seenAt: now - n * 7 * MINUTE, confirmations: n * 3 },
    payment: {
      ...{ id, chain: 'eip155:1', asset: 'native', symbol: 'ETH', decimals: 18, amount: `${n}204500000000000` },
      ...{ txHash: `0x${digit.repeat(64).slice(0, 64)}`, from: `0x${digit.repeat(40)}`, to: `0x${'9c'.repeat(20)}` },
      ...{ required: 12, witness: 'node' },
    },
    block: { number: 21_480_100 + n, hash: `0x${digit.repeat(64).slice(0, 64)}` },
    candidates: [],
    updatedAt: now - n * 7 * MINUTE,
    updatedSeq: 10_000 + n,
    ...changes,
  };
}

export function someUnmatched(now: number): UnmatchedPush {
  const [likely, possible] = [sampleOrder(45, now), sampleOrder(47, now)];
  const candidates: UnmatchedPayment['candidates'] = [
    {
      ...{ order: likely.id, reference: likely.reference, score: 82 },
      reasons: [
        { code: 'same-amount', text: 'exactly the amount that is due' },
        { code: 'recent', text: 'the order was made 40 s before the money came' },
      ],
    },
    {
      ...{ order: possible.id, reference: possible.reference, score: 35 },
      reasons: [{ code: 'near-amount', text: 'within 2 % of the amount that is due' }],
    },
  ];
  const by = { deskId: 'desk_2', name: 'Back office' };
  return {
    ...{ store: 'main', reset: true },
    payments: [
      unmatched(1, now, { candidates, confirmations: 2 }),
      unmatched(2, now),
      unmatched(3, now, { state: 'attached', order: sampleOrder(39, now).id, by }),
      unmatched(4, now, { state: 'dismissed', reason: 'A tip for the staff, told by the customer at the till.', by }),
      unmatched(5, now, { state: 'vanished', reason: 'reorg' }),
    ],
  };
}
