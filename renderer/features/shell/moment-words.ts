/** A moment in a few words, by the kind of the event behind it. */
import { isEventKind } from '../../../contract/events.ts';
import type { EventKind } from '../../../contract/events.ts';
import { say } from '../../strings/message.ts';
import type { Message, StringKey } from '../../strings/message.ts';

const short = {
  'order.created': 'event.order.created',
  'order.updated': 'event.order.updated',
  'order.expired': 'event.order.expired',
  'order.cancelled': 'event.order.cancelled',
  'order.failed': 'event.order.failed',
  'payment.detected': 'event.payment.detectedShort',
  'payment.confirmations': 'event.payment.confirmationsShort',
  'payment.settled': 'event.payment.settled',
  'payment.replaced': 'event.payment.replaced',
  'payment.dropped': 'event.payment.droppedShort',
  'payment.reverted': 'event.payment.revertedShort',
  'payment.reorged': 'event.payment.reorgedShort',
  'payment.unmatched': 'event.payment.unmatched',
  'payment.attached': 'event.payment.attached',
  'payment.dismissed': 'event.payment.dismissed',
  'payment.vanished': 'event.payment.vanished',
  'transaction.named': 'event.transaction.namedShort',
  'refund.requested': 'event.refund.requestedShort',
  'refund.completed': 'event.refund.completedShort',
  'refund.failed': 'event.refund.failed',
  'diagnosis.changed': 'event.diagnosis.changed',
  'verdict.changed': 'event.verdict.changedShort',
  'note.added': 'event.note.addedShort',
  'case.claimed': 'event.case.claimed',
  'case.unclaimed': 'event.case.unclaimed',
  'case.resolved': 'event.case.resolvedShort',
  'order.released': 'event.order.released',
  'customer.erased': 'event.customer.erased',
  'webhook.heard': 'event.webhook.heard',
  'source.state': 'event.source.state',
} as const satisfies Record<EventKind, StringKey>;

export function momentWords(kind: string): Message {
  return isEventKind(kind) ? say(short[kind]) : say('event.unknown', { kind });
}
