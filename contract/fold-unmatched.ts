/**
 * Events → unmatched payments: one pure function for the gateway's projection and the desk's store, as `fold` is for
 * orders. It reads no clock, and is idempotent, because a payment skips what is not newer than its `updatedSeq`.
 */
import { knownEvent } from './events.ts';
import type { Event, KnownEvent } from './events.ts';
import type { UnmatchedPayment } from './unmatched.ts';

type UnmatchedEvent = Extract<
  KnownEvent,
  { kind: 'payment.unmatched' | 'payment.attached' | 'payment.dismissed' | 'payment.vanished' }
>;

/**
 * Reads an event that is about unmatched money.
 * @returns null for every other event
 * @throws z.ZodError when its data does not fit
 */
export function unmatchedEvent(event: Event): UnmatchedEvent | null {
  switch (event.kind) {
    case 'payment.unmatched':
    case 'payment.attached':
    case 'payment.dismissed':
    case 'payment.vanished':
      return knownEvent(event) as UnmatchedEvent;
    default:
      return null;
  }
}

/** Which payment an event about unmatched money is about. */
export function unmatchedId(event: UnmatchedEvent): string {
  return event.kind === 'payment.unmatched' ? event.data.payment.id : event.data.paymentId;
}

/**
 * A payment after an event about it.
 * @param before undefined where none is known yet
 * @returns the same object when the event says nothing new; undefined when there is still none, because only its end
 *   is told
 */
export function foldUnmatched(
  before: UnmatchedPayment | undefined,
  event: UnmatchedEvent,
): UnmatchedPayment | undefined {
  if (before && event.seq <= before.updatedSeq) return before;
  if (event.kind === 'payment.unmatched') return seen(before, event);
  return before && { ...ended(before, event), updatedAt: event.at.received, updatedSeq: event.seq };
}

/** Whatever was decided before is void when it is told anew; the earliest sight counts. */
function seen(
  before: UnmatchedPayment | undefined,
  event: Extract<UnmatchedEvent, { kind: 'payment.unmatched' }>,
): UnmatchedPayment {
  const { data } = event;
  return {
    ...data,
    id: data.payment.id,
    store: event.store,
    seenAt: Math.min(before?.seenAt ?? data.seenAt, data.seenAt),
    state: 'open',
    updatedAt: event.at.received,
    updatedSeq: event.seq,
  };
}

function ended(
  before: UnmatchedPayment,
  event: Exclude<UnmatchedEvent, { kind: 'payment.unmatched' }>,
): UnmatchedPayment {
  const { order: _order, reason: _reason, by: _by, ...fact } = before;
  const by = event.actor && { by: event.actor };
  switch (event.kind) {
    case 'payment.attached':
      return { ...fact, state: 'attached', order: event.data.order, ...by };
    case 'payment.dismissed':
      return { ...fact, state: 'dismissed', reason: event.data.reason, ...by };
    case 'payment.vanished':
      return { ...fact, state: 'vanished', reason: event.data.reason };
    default:
      return event satisfies never;
  }
}
