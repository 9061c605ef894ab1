/** That a webhook about an order came, though it said nothing new: else it would be missed. Pure. */
import type { Order } from '../../contract/order.ts';
import { wordsOf } from '../../contract/words.ts';
import { orderId } from '../order-id.ts';
import type { Report } from '../ledger.ts';
import type { RawDelivery, Reading, Source } from '../sources/source.ts';

/** Processors say the same in several webhooks; of those close together one is enough to know that the line works. */
const ENOUGH_MS = 60_000;

/**
 * Reports that follow a delivery's own: each says something only where those did not. What a delivery reports on is what it is about;
 * one that reports nothing names it all the same.
 */
export function heardReports(source: Source, { receivedAt }: RawDelivery, { reports, about = [] }: Reading): Report[] {
  const named = reports.map(({ order }) => order);
  const orders = named.length > 0 ? named : about.map((ref) => orderId(source.store, source.id, ref));
  return [...new Set(orders)].map((order) => ({
    order,
    decide: (held) =>
      held?.source !== source.id || isHeard(held, receivedAt)
        ? []
        : [{ kind: 'webhook.heard', order, source: source.id, occurred: null, sent: null, data: {} }],
  }));
}

/** Nothing that the processor said was learnt since the last webhook, and that one is not long ago. */
function isHeard({ payments, webhookAt }: Order, receivedAt: number): boolean {
  if (webhookAt === undefined || receivedAt - webhookAt >= ENOUGH_MS) return false;
  return payments.every((payment) => {
    const { processor } = wordsOf(payment);
    return Math.max(processor?.at ?? 0, processor?.settledAt ?? 0) <= webhookAt;
  });
}
