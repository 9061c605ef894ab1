/** That a webhook about an order came, though it said nothing new: else it would be missed. Pure. */
import { orderId } from '../order-id.ts';
import type { Report } from '../ledger.ts';
import type { RawDelivery, Reading, Source } from '../sources/source.ts';

/** Processors say the same in several webhooks; of those close together one is enough to know that the line works. */
const ENOUGH_MS = 60_000;

/** Reports that follow a delivery's own: each says something only where those did not. */
export function heardReports(source: Source, { receivedAt }: RawDelivery, { reports, about = [] }: Reading): Report[] {
  const orders = new Set([
    ...reports.map(({ order }) => order),
    ...about.map((ref) => orderId(source.store, source.id, ref)),
  ]);
  return [...orders].map((order) => ({
    order,
    decide: (held) =>
      held?.source !== source.id || (held.webhookAt !== undefined && receivedAt - held.webhookAt < ENOUGH_MS)
        ? []
        : [{ kind: 'webhook.heard', order, source: source.id, occurred: null, sent: null, data: {} }],
  }));
}
