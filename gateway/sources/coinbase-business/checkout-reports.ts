/**
 * A checkout → reports. A checkout takes one payment and then ends, so its states have an order, and an older state says
 * nothing after a newer one: ACTIVE, PROCESSING, then EXPIRED, FAILED or DEACTIVATED, or COMPLETED and its refunds.
 */
import type { Order, Payment, PaymentFact } from '../../../contract/order.ts';
import { counts } from '../../../contract/settlement.ts';
import type { EventDraft, Report } from '../../ledger.ts';
import { orderId } from '../../order-id.ts';
import { majorUnits } from '../amount.ts';
import { orderReport } from '../order-report.ts';
import { hasSettled } from '../processor-word.ts';
import type { About, Authority } from '../order-report.ts';
import { assetOf } from './asset.ts';
import type { CoinbaseBusinessOptions } from './options.ts';
import { mapOrder } from './order-fact.ts';
import { refundReports } from './refund-report.ts';
import type { CheckoutObject, CheckoutStatus } from './schema.ts';
import type { CheckoutSight } from './sight.ts';

const paid: ReadonlySet<CheckoutStatus> = new Set(['COMPLETED', 'PARTIALLY_REFUNDED', 'REFUNDED']);

/**
 * @param sent when Coinbase sent it, null for a poll
 * @throws AmountError when an amount is not what is documented
 */
export function checkoutReports(
  options: CoinbaseBusinessOptions,
  checkout: CheckoutObject,
  { polled, sent }: { readonly polled: boolean; readonly sent: number | null },
): Report[] {
  const order = orderId(options.store, options.id, checkout.id);
  const about: About = (occurred) => ({ order, source: options.id, occurred, sent });
  const sight: CheckoutSight = { options, checkout, order, polled, about };
  const occurred = checkout.updatedAt ?? null;
  return [
    orderReport(order, mapOrder(checkout, options), authorityOf(sight), { about, occurred }),
    moneyReport(sight),
    endingReport(sight),
    ...refundReports(sight),
  ];
}

function authorityOf({ checkout: { status }, polled }: CheckoutSight): Authority {
  if (paid.has(status) || status === 'DEACTIVATED') return 'sealing';
  if (status !== 'ACTIVE' && status !== 'PROCESSING') return 'final';
  return polled ? 'current' : 'first';
}

/**
 * Money that Coinbase has or is about to have; and that a checkout which ended without it has not.
 * @throws AmountError when the amount is none: now, not when the ledger asks
 */
function moneyReport(sight: CheckoutSight): Report {
  const { status } = sight.checkout;
  const money = moneyOf(sight);
  return {
    order: sight.order,
    decide(order) {
      if (!order || hasSettled(order)) return [];
      if (paid.has(status)) return settled(sight, money, order);
      if (status === 'PROCESSING') return processing(sight, money, order);
      return status === 'ACTIVE' && !sight.polled ? [] : gone(sight, order);
    },
  };
}

/** While Coinbase processes a payment it names no transaction. */
function processing(sight: CheckoutSight, money: PaymentFact, order: Order): EventDraft[] {
  const known = ownPayment(sight, order);
  const ended = order.ended !== undefined && order.ended.as !== 'expired';
  if (ended || (known && (counts(known) || !sight.polled))) return [];
  return [detected(sight, { ...money, txHash: null })];
}

function settled(sight: CheckoutSight, money: PaymentFact, order: Order): EventDraft[] {
  const known = ownPayment(sight, order);
  const told = known && counts(known) && (money.txHash === null || known.txHash === money.txHash);
  return [
    ...(told ? [] : [detected(sight, money)]),
    { kind: 'payment.settled', ...sight.about(paidAt(sight)), data: { paymentId: sight.checkout.id } },
  ];
}

function gone(sight: CheckoutSight, order: Order): EventDraft[] {
  const known = ownPayment(sight, order);
  if (!known || !counts(known) || known.txHash !== null) return [];
  const reason = 'Coinbase does not process the payment any more.';
  return [
    {
      kind: 'payment.dropped',
      ...sight.about(sight.checkout.updatedAt ?? null),
      data: { paymentId: known.id, reason },
    },
  ];
}

/** A checkout takes one payment, so that is known by the checkout's id before it has a transaction and after. */
function ownPayment({ checkout }: CheckoutSight, order: Order): Payment | undefined {
  return order.payments.find(({ id }) => id === checkout.id);
}

function detected(sight: CheckoutSight, payment: PaymentFact): EventDraft {
  return { kind: 'payment.detected', ...sight.about(paidAt(sight)), data: { payment } };
}

/** What the checkout is paid with, or is to be. */
function moneyOf({ checkout, options }: CheckoutSight): PaymentFact {
  const asset = assetOf(checkout, options);
  const { settlement, currency, transactionHash } = checkout;
  const whole =
    settlement?.currency.toUpperCase() === currency.toUpperCase() ? settlement.totalAmount : checkout.amount;
  const { amount, decimals } = majorUnits(whole, asset.decimals);
  const to = checkout.address?.slice(0, 128);
  return {
    ...asset,
    id: checkout.id,
    decimals,
    amount: amount.toString(),
    txHash: transactionHash?.slice(0, 128) ?? null,
    required: null,
    witness: 'processor',
    ...(to !== undefined && { to }),
  };
}

/** Coinbase takes no payment after the expiry, so what it took came before, whenever it is told or refunded. */
function paidAt({ checkout: { updatedAt, expiresAt } }: CheckoutSight): number | null {
  return updatedAt === undefined ? null : Math.min(updatedAt, expiresAt ?? updatedAt);
}

const endings = {
  EXPIRED: { kind: 'order.expired', as: 'expired' },
  FAILED: { kind: 'order.failed', as: 'failed' },
  DEACTIVATED: { kind: 'order.cancelled', as: 'cancelled' },
} as const satisfies Partial<Record<CheckoutStatus, { kind: EventDraft['kind']; as: string }>>;

/** How a checkout ended without money. The gateway's own scheduler may have called it expired before. */
function endingReport(sight: CheckoutSight): Report {
  const { status, updatedAt } = sight.checkout;
  const ending = status in endings ? endings[status as keyof typeof endings] : null;
  return {
    order: sight.order,
    decide(order) {
      if (!order || !ending || hasSettled(order)) return [];
      const known = order.ended?.as;
      if (known === ending.as || (known !== undefined && known !== 'expired')) return [];
      const occurred = status === 'EXPIRED' ? order.expiresAt : (updatedAt ?? null);
      return [{ kind: ending.kind, ...sight.about(occurred), data: {} }];
    },
  };
}
