/** Findings about the order rather than its money. */
import { counts } from '../../../contract/settlement.ts';
import type { Found, View } from '../view.ts';

export function orderFindings(view: View): Found[] {
  return [...expiredUnpaid(view), ...provisional(view)];
}

function expiredUnpaid({ order }: View): Found[] {
  if (order.status !== 'expired' || order.payments.some(counts)) return [];
  return [
    {
      code: 'expired-unpaid',
      evidence: ['no money was seen before the order expired'],
      nextStep: 'Nothing to do. If the customer says they paid, ask for the transaction hash.',
    },
  ];
}

function provisional({ order }: View): Found[] {
  if (!order.provisional) return [];
  return [
    {
      code: 'provisional',
      evidence: [`only a refund of payment ${order.sourceRef} has been heard of`],
      nextStep: 'Look the payment up at the processor; with an API key the gateway fetches it by itself.',
    },
  ];
}
