/** Refunds, which name their payment but do not carry it. */
import type { OrderFact } from '../../../contract/order.ts';
import type { EventDraft, Report } from '../../ledger.ts';
import { priceOf } from './amount.ts';
import { referenceOf } from './order-fact.ts';
import type { RefundObject } from './schema.ts';
import { about } from './sight.ts';
import type { Sight } from './sight.ts';

export interface RefundSight extends Sight {
  readonly refund: RefundObject;
  /** True for `payment.refund_transferred` with status `succeeded`. */
  readonly completed: boolean;
}

/** How a refund may end without money: documented nowhere, and a refund that is asked for for ever would be none. */
const failed: ReadonlySet<string | undefined> = new Set(['failed', 'cancelled', 'canceled', 'rejected']);

/**
 * Creates a provisional order where the payment is not known yet, then says what is new about the refund. A refund in a
 * currency whose decimals are not known keeps its base units, as the price does.
 * @throws AmountError when the amount is not what is documented
 */
export function refundReports(sight: RefundSight): Report[] {
  const { refund, completed, order: id } = sight;
  const { currency, amount } = priceOf(refund.currency.toUpperCase(), refund.amount);
  const fact = provisionalOrder(sight);
  const kind = completed ? 'refund.completed' : 'refund.requested';
  return [
    {
      order: id,
      decide: (order) => (order ? [] : [{ kind: 'order.created', ...about(sight, null), data: { order: fact } }]),
    },
    {
      order: id,
      decide(order) {
        const known = order?.refunds.find((each) => each.id === refund.id);
        if (failed.has(refund.status)) return known?.state === 'requested' ? [failure(sight)] : [];
        if (known && (known.state === 'completed' || !completed)) return [];
        return [{ kind, ...about(sight, sight.occurred), data: { refundId: refund.id, amount, currency } }];
      },
    },
  ];
}

function failure(sight: RefundSight): EventDraft {
  return { kind: 'refund.failed', ...about(sight, sight.occurred), data: { refundId: sight.refund.id } };
}

/** All that a refund tells of its order: price, times and ways to pay come with the payment. */
function provisionalOrder({ refund, options, asOf }: RefundSight): OrderFact {
  const at = refund.created ?? asOf;
  return {
    sourceRef: refund.payment_id,
    reference: referenceOf(refund.order_id, refund.payment_id),
    price: { currency: refund.currency.toUpperCase(), amount: '0' },
    pay: [],
    createdAt: at,
    expiresAt: at,
    graceUntil: at + options.lateGraceMinutes * 60_000,
    live: refund.live_mode ?? true,
    provisional: true,
  };
}
