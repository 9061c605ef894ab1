/**
 * Who said what of a payment. One payment has one entry, whoever tells of it: the processor's word and the node's stand
 * side by side in it. Pure; a part of the fold.
 */
import type { KnownEvent } from './events.ts';
import type { Payment } from './order.ts';

export type Witness = Payment['witness'];
/** What one witness says of a payment. */
export type Word = NonNullable<NonNullable<Payment['words']>[Witness]>;

type PaymentEvent = Extract<
  KnownEvent,
  {
    kind:
      | 'payment.detected'
      | 'payment.confirmations'
      | 'payment.settled'
      | 'payment.replaced'
      | 'payment.dropped'
      | 'payment.reverted'
      | 'payment.reorged';
  }
>;

/** The payment with what an event's source thereby says of it. Times are the gateway's. */
export function withWord(payment: Payment, event: PaymentEvent, orderSource: string): Payment {
  const witness = speaker(payment, event, orderSource);
  const words = wordsOf(payment);
  const word = wordAfter(words[witness], event);
  return { ...payment, words: word ? { ...words, [witness]: word } : words };
}

/** A chain speaks for itself, whoever told of the payment first. */
function speaker({ chain, witness }: Payment, event: PaymentEvent, orderSource: string): Witness {
  if (event.source === chain) return 'node';
  return event.source === orderSource && event.kind !== 'payment.detected' ? 'processor' : witness;
}

/** Who never saw a payment has nothing to take back when it stays away. */
function wordAfter(before: Word | undefined, event: PaymentEvent): Word | undefined {
  const now = event.at.received;
  const { at = now, settledAt } = before ?? {};
  switch (event.kind) {
    case 'payment.detected':
      return before && before.lostAt === undefined ? before : { at: now };
    case 'payment.confirmations': {
      const { confirmations, required } = event.data;
      const settled = settledAt ?? (required > 0 && confirmations >= required ? now : undefined);
      return { at, ...(settled !== undefined && { settledAt: settled }) };
    }
    case 'payment.settled':
      return { at, settledAt: settledAt ?? now };
    case 'payment.replaced':
    case 'payment.dropped':
      return before && { at, lostAt: now };
    case 'payment.reverted':
    case 'payment.reorged':
      return { at, lostAt: now };
    default:
      return event satisfies never;
  }
}

const lost: ReadonlySet<Payment['state']> = new Set(['replaced', 'dropped', 'reverted', 'reorged']);

/** The words of a payment; of one that was stored before words were kept, as far as its state tells them. */
export function wordsOf(payment: Payment): NonNullable<Payment['words']> {
  const { words, witness, state, seenAt, settledBy, block } = payment;
  if (words) return words;
  const settled = state === 'settled' ? { settledAt: seenAt } : {};
  const first: Word = { at: seenAt, ...(lost.has(state) ? { lostAt: seenAt } : settled) };
  if (witness === 'node') {
    return { node: first, ...(settledBy === 'processor' && { processor: { at: seenAt, ...settled } }) };
  }
  return { processor: first, ...(block && { node: { at: seenAt } }) };
}
