/** How the processor ended a payment without money: no webhook says so, hence the polls. */
import type { Order } from '../../../contract/order.ts';
import type { EventDraft, Report } from '../../ledger.ts';
import type { PaymentObject } from './schema.ts';
import { about } from './sight.ts';
import type { PaymentSight } from './sight.ts';

/**
 * `cancelled` → `order.cancelled`; `expired`, or pending with no money after its time → `order.expired`, which the
 * gateway's own scheduler may have said before. Neither follows the processor's settlement.
 */
export function endingReport(sight: PaymentSight): Report {
  return {
    order: sight.order,
    decide(order) {
      if (!order || sight.captured || order.payments.some(({ settledBy }) => settledBy === 'processor')) return [];
      if (isCancelled(sight.payment)) return cancelled(sight, order);
      if (order.ended || !hasExpired(sight, order)) return [];
      return [{ kind: 'order.expired', ...about(sight, order.expiresAt), data: {} }];
    },
  };
}

/** The status is documented second-hand, so both spellings are read. */
export function isCancelled({ status }: PaymentObject): boolean {
  return status === 'cancelled' || status === 'canceled';
}

function cancelled(sight: PaymentSight, order: Order): EventDraft[] {
  if (order.ended?.as === 'cancelled') return [];
  return [{ kind: 'order.cancelled', ...about(sight, sight.occurred), data: {} }];
}

function hasExpired({ payment, asOf }: PaymentSight, order: Order): boolean {
  return (
    payment.expired === true || payment.status === 'expired' || (asOf >= order.expiresAt && order.status === 'awaiting')
  );
}
