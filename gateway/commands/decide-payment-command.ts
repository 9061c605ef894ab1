/** What people decide about unmatched money. Pure. */
import type { Order } from '../../contract/order.ts';
import type { UnmatchedPayment } from '../../contract/unmatched.ts';
import type { EventDraft } from '../ledger.ts';
import { firstSight } from '../matching/sighting-report.ts';
import { sightingOf, unmatchedDraft } from '../matching/unmatched-sighting.ts';
import { CommandError } from './command-error.ts';

const UNKNOWN = 'There is no such unmatched payment in this store.';

/**
 * Gives unmatched money to an order, with what is known of it: from then on it counts as any payment of the order.
 * @throws CommandError `unknown-payment`; `conflict` where it is another order's, or gone
 */
export function attachPayment(order: Order, payment: UnmatchedPayment | undefined): readonly EventDraft[] {
  const sighting = payment && sightingOf(payment);
  if (!payment || !sighting) throw new CommandError('unknown-payment', UNKNOWN);
  if (payment.state === 'attached') {
    throw new CommandError('conflict', `This money belongs to order ${payment.order ?? 'another'} already.`);
  }
  if (payment.state === 'vanished') throw new CommandError('conflict', 'This money is gone: its chain took it back.');
  if (!order.live) throw new CommandError('conflict', 'This is a test order: real money is not for it.');
  if (order.payments.some(({ id }) => id === payment.id)) {
    throw new CommandError('conflict', 'This order holds the payment already.');
  }
  const attached: EventDraft = {
    kind: 'payment.attached',
    order: order.id,
    source: 'desk',
    occurred: null,
    sent: null,
    data: { paymentId: payment.id, order: order.id },
  };
  // A desk may have let go of what was dismissed long ago: it is told anew what was attached.
  const reopened = payment.state === 'dismissed' ? [unmatchedDraft(sighting, payment.candidates)] : [];
  return [...reopened, attached, ...firstSight(order.id, sighting)];
}

/** @throws CommandError `unknown-payment`; `conflict` where it is an order's, or gone */
export function dismissPayment(payment: UnmatchedPayment | undefined, reason: string): readonly EventDraft[] {
  if (!payment) throw new CommandError('unknown-payment', UNKNOWN);
  switch (payment.state) {
    case 'open':
      return [
        { kind: 'payment.dismissed', order: null, source: 'desk', ...untimed, data: { paymentId: payment.id, reason } },
      ];
    case 'dismissed':
      return [];
    case 'attached':
      throw new CommandError('conflict', `This money belongs to order ${payment.order ?? 'another'} already.`);
    case 'vanished':
      throw new CommandError('conflict', 'This money is gone: its chain took it back.');
    default:
      return payment.state satisfies never;
  }
}

const untimed = { occurred: null, sent: null } as const;
