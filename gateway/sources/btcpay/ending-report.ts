/** How BTCPay Server ended an invoice. */
import { settledByProcessor } from '../../../contract/settlement.ts';
import type { Report } from '../../ledger.ts';
import { aboutOf } from './sight.ts';
import type { Sight } from './sight.ts';

/**
 * `Invalid` → `order.failed`: a person marked it so, or its money was not confirmed while BTCPay Server still watched.
 * Never follows a settlement that stands.
 */
export function invalidReport(sight: Sight, manually: boolean, occurred: number | null): Report {
  const reason = manually ? 'marked as invalid at BTCPay Server' : 'not confirmed in the time BTCPay Server waits';
  return {
    order: sight.order,
    decide(order) {
      if (!order || order.ended?.as === 'failed' || order.payments.some(settledByProcessor)) return [];
      return [{ kind: 'order.failed', ...aboutOf(sight)(occurred), data: { reason } }];
    },
  };
}

/** `Expired` → `order.expired`, which the gateway's own scheduler may have said before. */
export function expiredReport(sight: Sight): Report {
  return {
    order: sight.order,
    decide(order) {
      if (!order || order.ended || order.payments.some(settledByProcessor)) return [];
      return [{ kind: 'order.expired', ...aboutOf(sight)(order.expiresAt), data: {} }];
    },
  };
}
