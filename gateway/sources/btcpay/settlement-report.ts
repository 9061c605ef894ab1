/** BTCPay Server's word that an invoice is paid, and its taking that word back. */
import { paymentFactSchema } from '../../../contract/order.ts';
import type { Order, Payment, PaymentFact } from '../../../contract/order.ts';
import { coveredAt, counts, pays, settledByProcessor } from '../../../contract/settlement.ts';
import { wordsOf } from '../../../contract/words.ts';
import type { EventDraft, Report } from '../../ledger.ts';
import { scaledUnits } from '../amount.ts';
import { cryptoAsset } from '../crypto-asset.ts';
import { hasSettled } from '../processor-word.ts';
import { dropped, namelessId } from './payment-report.ts';
import { aboutOf, isOvertaken } from './sight.ts';
import type { InvoiceSight, Sight } from './sight.ts';

/**
 * `Settled` → `payment.settled` for all that counts; where a person marked an invoice as settled that nobody paid, a
 * payment of what was due is synthesised. A full payment that came late stays `Expired` at BTCPay Server for ever: once
 * it has its confirmations it is settled here too, if it came within the store's grace.
 */
export function settlementReport(sight: InvoiceSight): Report {
  return {
    order: sight.order,
    decide(order) {
      if (!order) return [];
      if (sight.invoice.status === 'Settled') return settleAll(sight, order);
      return isPaidLate(sight, order) ? listedPayments(sight, order).flatMap((each) => settle(sight, each)) : [];
    },
  };
}

/** A webhook says `InvoiceSettled` without naming the payments: those that are known are settled. */
export function settledReport(sight: Sight): Report {
  return {
    order: sight.order,
    decide(order) {
      if (!order || order.ended?.as === 'failed') return [];
      return toldOf(order).flatMap((each) => settle(sight, each));
    },
  };
}

/**
 * The money that BTCPay Server told of; where it told of none, what a node shows in an asset that it asked for. Not what
 * stands in for money that it settled before, and that a node took back.
 */
function toldOf(order: Order): Payment[] {
  const counted = order.payments.filter((each) => counts(each));
  const told = counted.filter((each) => wordsOf(each).processor !== undefined);
  if (told.length > 0 || hasSettled(order)) return told;
  return counted.filter((each) => order.pay.some((option) => pays(option, each)));
}

/**
 * `Invalid` takes a settlement back: money that BTCPay Server does not accept any more is seen, and no more than that.
 */
export function unsettledReport(sight: InvoiceSight): Report {
  return {
    order: sight.order,
    decide(order) {
      if (!order || sight.invoice.status !== 'Invalid' || isOvertaken(sight, order)) return [];
      return order.payments.filter(settledByProcessor).flatMap((payment) => {
        const back = {
          kind: 'payment.detected',
          ...aboutOf(sight)(payment.seenAt),
          data: { payment: paymentFactSchema.parse(payment) },
        };
        const taken = dropped(sight, payment.id, 'BTCPay Server marked the invoice as invalid.');
        return payment.id === namelessId(sight) ? [taken] : [taken, back as EventDraft];
      });
    },
  };
}

/**
 * All that BTCPay Server told of; but where it has the confirmations of some alone, the others, which came on top of what
 * was due, are waited for.
 */
function settleAll(sight: InvoiceSight, order: Order): EventDraft[] {
  const told = toldOf(order);
  const waiting = new Set(sight.payments.filter(({ settled }) => !settled).map(({ fact }) => fact.id));
  const confirmed = told.filter(({ id }) => !waiting.has(id));
  if (told.length === 0 && hasSettled(order)) return [];
  if (told.length > 0) return (confirmed.length > 0 ? confirmed : told).flatMap((each) => settle(sight, each));
  const due = dueFact(sight, order);
  const about = aboutOf(sight)(null);
  return [
    { kind: 'payment.detected', ...about, data: { payment: due } },
    { kind: 'payment.settled', ...about, data: { paymentId: due.id } },
  ];
}

function settle(sight: Sight, payment: Payment): EventDraft[] {
  if (settledByProcessor(payment)) return [];
  return [{ kind: 'payment.settled', ...aboutOf(sight)(null), data: { paymentId: payment.id } }];
}

function listedPayments({ payments }: InvoiceSight, order: Order): Payment[] {
  const ids = new Set(payments.map(({ fact }) => fact.id));
  return order.payments.filter(({ id }) => ids.has(id));
}

/** Older versions say `PaidLate` of a part, too: the amounts decide. */
function isPaidLate({ invoice, payments }: InvoiceSight, order: Order): boolean {
  if (invoice.status !== 'Expired' || invoice.additionalStatus !== 'PaidLate') return false;
  const at = coveredAt(order);
  return payments.every(({ settled }) => settled) && at !== null && at <= order.graceUntil;
}

/** What was due: by the first way to pay, else the price itself. */
function dueFact(sight: InvoiceSight, { pay, price }: Order): PaymentFact {
  const base = { id: namelessId(sight), txHash: null, required: null, witness: 'processor' } as const;
  const [option] = pay;
  if (option) {
    const { chain, asset, symbol, decimals, amount, address } = option;
    return { ...base, chain, asset, symbol, decimals, amount, ...(address !== null && { to: address }) };
  }
  const asset = cryptoAsset(price.currency, null, sight.options);
  // A price may be finer than its currency's coins.
  const decimals = Math.max(asset.decimals ?? 0, price.amount.split('.')[1]?.length ?? 0);
  return { ...base, ...asset, decimals, amount: scaledUnits(price.amount, decimals).toString() };
}
