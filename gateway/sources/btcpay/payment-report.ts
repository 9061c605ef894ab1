/** Money that BTCPay Server counts, and money it does not count any more. */
import type { Order, Payment } from '../../../contract/order.ts';
import { counts } from '../../../contract/settlement.ts';
import { wordsOf } from '../../../contract/words.ts';
import type { EventDraft, Report } from '../../ledger.ts';
import { saidSettled, tookBack } from '../processor-word.ts';
import { aboutOf, isOvertaken } from './sight.ts';
import type { InvoiceSight, SeenPayment, Sight } from './sight.ts';

const revivable: ReadonlySet<Payment['state']> = new Set(['replaced', 'dropped', 'reorged']);

/** `settled`: a poll that says the money is BTCPay Server's for good; `current`: any other poll; `first`: a webhook. */
export type PaymentAuthority = 'first' | 'current' | 'settled';

/**
 * A late webhook may speak of money that was replaced meanwhile: only a poll knows that it is back. It does where BTCPay
 * Server had taken it back itself, or settles it for the first time; that it goes on listing what a node saw vanish is
 * nothing new.
 */
function isBack(known: Payment, authority: PaymentAuthority): boolean {
  if (authority === 'first' || !revivable.has(known.state) || known.witness !== 'processor') return false;
  return tookBack(known) || (authority === 'settled' && !saidSettled(known));
}

/** A payment is told once, again when it is back, and again when its time proves to be earlier. */
export function paymentReport(sight: Sight, seen: SeenPayment, authority: PaymentAuthority): Report {
  return {
    order: sight.order,
    decide(order) {
      if (!order) return [];
      const known = order.payments.find(({ id }) => id === seen.fact.id);
      if (!known) return [detected(sight, seen)];
      // A node saw it first: from here on it is BTCPay Server's payment too, and settles by its word.
      if (counts(known) && wordsOf(known).processor === undefined) return [detected(sight, seen)];
      if (isBack(known, authority)) return [detected(sight, seen, known)];
      return isEarlier(order, known, seen) ? [detected(sight, seen, known)] : [];
    },
  };
}

/**
 * A poll that does not list a payment any more: another transaction took its place, or it was double-spent. BTCPay Server
 * takes the invoice from Processing back to New then, and sends nothing.
 */
export function vanishedReport(sight: InvoiceSight): Report {
  return {
    order: sight.order,
    decide(order) {
      if (!order || isOvertaken(sight, order)) return [];
      const listed = new Set(sight.payments.map(({ fact }) => fact.id));
      const gone = order.payments.filter(
        (payment) => counts(payment) && payment.witness === 'processor' && !listed.has(payment.id),
      );
      return gone
        .filter(({ id }) => id !== namelessId(sight) || sight.payments.length > 0)
        .map(({ id, txHash }) => dropped(sight, id, txHash === null ? NAMED : GONE));
    },
  };
}

const GONE = 'BTCPay Server does not count it any more: it was replaced or double-spent.';
const NAMED = 'The transactions behind it are known now.';

/** Id of the payment of an invoice that a person marked as settled, without a transaction. */
export function namelessId({ invoice }: InvoiceSight): string {
  return invoice.id;
}

/** Only what moves a payment back to before the expiry changes anything. */
function isEarlier({ expiresAt }: Order, known: Payment, { receivedAt }: SeenPayment): boolean {
  return receivedAt !== null && counts(known) && known.seenAt > expiresAt && receivedAt <= expiresAt;
}

export function detected(sight: Sight, { fact, receivedAt }: SeenPayment, known?: Payment): EventDraft {
  // Who saw it first stays its witness.
  const payment = known ? { ...fact, witness: known.witness } : fact;
  return { kind: 'payment.detected', ...aboutOf(sight)(receivedAt), data: { payment } };
}

export function dropped(sight: Sight, paymentId: string, reason: string): EventDraft {
  return { kind: 'payment.dropped', ...aboutOf(sight)(null), data: { paymentId, reason } };
}
