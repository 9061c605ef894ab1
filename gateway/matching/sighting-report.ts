/** What a sighting of an order's own money means for the order. Pure; the same sight twice says nothing. */
import type { EventData, EventKind } from '../../contract/events.ts';
import type { Payment } from '../../contract/order.ts';
import type { EventDraft, Report } from '../ledger.ts';
import type { Sighting } from './sighting.ts';

const gone: ReadonlySet<Payment['state']> = new Set(['replaced', 'dropped', 'reorged']);

type Draft = <K extends EventKind>(kind: K, data: EventData<K>) => EventDraft;

export function sightingReport(order: string, sighting: Sighting): Report {
  return {
    order,
    decide: (held) => (held ? drafts(order, held.payments, sighting) : []),
  };
}

/** Money an order does not hold yet, as its payment: seen, and as deep as is known. */
export function firstSight(order: string, sighting: Sighting): EventDraft[] {
  const draft = drafter(order, sighting);
  return [draft('payment.detected', { payment: sighting.payment }), ...depth(undefined, sighting, draft)];
}

/** The chain took back what an order holds, or the pool forgot it. */
export function withdrawal(order: string, paymentId: string, reason: string): Report {
  return {
    order,
    decide(held) {
      const known = held?.payments.find(({ id }) => id === paymentId);
      if (!known || !(known.state === 'seen' || known.state === 'confirming' || known.state === 'settled')) return [];
      const about = { order, source: known.chain ?? 'matching', occurred: null, sent: null };
      return known.block
        ? [{ ...about, kind: 'payment.reorged', data: { paymentId, fromBlock: known.block } }]
        : [{ ...about, kind: 'payment.dropped', data: { paymentId, reason: reason.slice(0, 1000) } }];
    },
  };
}

function drafts(order: string, payments: readonly Payment[], sighting: Sighting): EventDraft[] {
  const known = payments.find(({ id }) => id === sighting.payment.id);
  if (!known) return firstSight(order, sighting);
  const draft = drafter(order, sighting);
  const { block, payment } = sighting;
  // What was outbid comes back only by being mined; a pool may go on showing it.
  const back = gone.has(known.state) && (block !== undefined || known.state !== 'replaced');
  const moved = known.block && block && known.block.hash !== block.hash ? known.block : undefined;
  return [
    ...(moved ? [draft('payment.reorged', { paymentId: known.id, fromBlock: moved })] : []),
    ...(back || moved ? [draft('payment.detected', { payment })] : []),
    ...depth(back || moved ? undefined : known, sighting, draft),
  ];
}

/** @param known the payment as it stands, where it stands in the same block */
function depth(known: Payment | undefined, { payment, block, confirmations }: Sighting, draft: Draft): EventDraft[] {
  if (!block || confirmations < 1) return [];
  if (known?.state === 'reverted') return [];
  const required = payment.required ?? 1;
  const before = known?.block ? (known.confirmations ?? 0) : 0;
  const paymentId = payment.id;
  return [
    ...(confirmations > before ? [draft('payment.confirmations', { paymentId, confirmations, required, block })] : []),
    ...(confirmations >= required && known?.state !== 'settled' ? [draft('payment.settled', { paymentId })] : []),
  ];
}

function drafter(order: string, { payment, seenAt }: Sighting): Draft {
  return (kind, data) => {
    const occurred = kind === 'payment.detected' ? seenAt : null;
    return { kind, order, source: payment.chain, occurred, sent: null, data } as EventDraft;
  };
}
