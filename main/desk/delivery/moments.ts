import type { EventKind } from '../../../contract/events.ts';
import type { Moment } from '../../../contract/ipc.ts';
import type { Order } from '../../../contract/order.ts';
import type { ArrivedEvent } from '../journal/journal.ts';

/** Kinds a person wants to notice; the others only change what a row says. */
const momentous: ReadonlySet<string> = new Set<EventKind>([
  'order.created',
  'order.expired',
  'order.cancelled',
  'order.failed',
  'payment.detected',
  'payment.settled',
  'payment.replaced',
  'payment.dropped',
  'payment.reverted',
  'payment.reorged',
  'refund.requested',
  'refund.completed',
  'refund.failed',
  'verdict.changed',
  'note.added',
  'case.claimed',
  'case.unclaimed',
  'case.resolved',
  'order.released',
]);

/**
 * What is worth a flash, a chime or a line in the digest, in log order [FR3].
 * @param orderOf the orders as they are after the events
 */
export function momentsOf(
  events: readonly ArrivedEvent[],
  orderOf: (id: string) => Order | undefined,
  missed: boolean,
): Moment[] {
  return events.flatMap(({ event }) => {
    const order = event.order === null ? undefined : orderOf(event.order);
    if (!order || !momentous.has(event.kind)) return [];
    const { store, seq, kind } = event;
    return [{ store, seq, order: order.id, reference: order.reference, kind, at: event.at.received, missed }];
  });
}
