/** Refunds, which a checkout lists. */
import type { EventDraft, Report } from '../../ledger.ts';
import { decimalAmount } from '../amount.ts';
import type { RefundObject } from './schema.ts';
import type { CheckoutSight } from './sight.ts';

/**
 * `PENDING` → `refund.requested`, `COMPLETED` → `refund.completed`, `FAILED` → `refund.failed` where it was requested.
 * @throws AmountError when an amount is none
 */
export function refundReports(sight: CheckoutSight): Report[] {
  return (sight.checkout.refunds ?? []).flatMap((refund) => refundReport(sight, refund));
}

function refundReport(sight: CheckoutSight, refund: RefundObject): Report[] {
  const draft = draftOf(sight, refund);
  if (!draft) return [];
  return [
    {
      order: sight.order,
      decide(order) {
        const known = order?.refunds.find((each) => each.id === refund.id);
        if (!order || known?.state === 'completed') return [];
        if (draft.kind === 'refund.failed') return known ? [draft] : [];
        // An old delivery may call a refund pending that failed since; only a poll knows that it is.
        return draft.kind === 'refund.completed' || (!known && sight.polled) ? [draft] : [];
      },
    },
  ];
}

function draftOf({ about }: CheckoutSight, refund: RefundObject): EventDraft | null {
  const { id: refundId, status, currency, createdAt = null, completedAt = null } = refund;
  const data = { refundId, amount: decimalAmount(refund.amount), currency: currency.toUpperCase() };
  switch (status) {
    case 'PENDING':
      return { kind: 'refund.requested', ...about(createdAt), data };
    case 'COMPLETED':
      return { kind: 'refund.completed', ...about(completedAt), data };
    case 'FAILED':
      return { kind: 'refund.failed', ...about(completedAt), data: { refundId } };
    default:
      return null;
  }
}
