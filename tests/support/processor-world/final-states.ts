/**
 * What an order must be in the end, read off the processor's own object by the tables of the merchant's pages: they are
 * what is promised, so they are what is tested.
 */
import { paidShare } from '../../../demo/processors/btcpay/invoice.ts';
import type { BtcPayInvoice } from '../../../demo/processors/btcpay/invoice.ts';
import type { Checkout } from '../../../demo/processors/coinbase/checkouts.ts';
import { expiresAt } from '../../../demo/processors/crypto-com-pay/payment.ts';
import type { ProcessorPayment } from '../../../demo/processors/crypto-com-pay/payment.ts';
import { GRACE_MINUTES } from './processor-world.ts';
import { docTable } from './doc-table.ts';

export interface Expected {
  readonly status: string;
  readonly flags?: readonly string[];
  /** What the processor counts, by its transaction or its whole id. */
  readonly money?: readonly string[];
  readonly refunds?: readonly string[];
}

const btcpayTable = docTable('btcpay.md', 'What each status becomes');

export function btcpayExpected(invoice: BtcPayInvoice): Expected {
  const accounted = invoice.payments.filter((payment) => payment.accounted);
  const row = btcpayTable.find(
    (each) => each['Invoice'] === invoice.status && each['Additional'] === additional(invoice),
  );
  const hashes = accounted.map(({ id, method }) => (method === 'BTC-LN' ? `${invoice.id}:${id}` : id.slice(0, 64)));
  // BTCPay Server has one word for an invoice: what is late may be too much, and what is too little may be late.
  const tooMuch = invoice.additional === 'PaidLate' && paidShare(invoice) > 1_000_000n ? ['overpaid'] : [];
  const partly = invoice.status === 'Expired' && invoice.additional === 'PaidPartial';
  const lateToo = partly && accounted.some(({ receivedAt }) => receivedAt > invoice.expiresAt) ? ['late'] : [];
  const nameless = invoice.status === 'Settled' && accounted.length === 0 ? [invoice.id] : [];
  return {
    status: row?.['Order'] ?? `no row for ${invoice.status} ${invoice.additional}`,
    // What a person marked may be less than the price; that is theirs to say.
    ...(invoice.additional !== 'Marked' && {
      flags: [...tooMuch, ...(row?.['Flags'] ?? '').split(' '), ...lateToo].filter(Boolean),
    }),
    money: [...hashes, ...nameless].sort(),
  };
}

function additional({ additional: named, payments, expiresAt: end, methods }: BtcPayInvoice): string {
  if (named !== 'PaidLate') return named;
  const accounted = payments.filter((payment) => payment.accounted).sort((a, b) => a.receivedAt - b.receivedAt);
  const due = methods[0]?.due ?? 0n;
  let sum = 0n;
  const covering = accounted.find(({ value }) => (sum += value) >= due);
  if ((covering?.receivedAt ?? Infinity) > end + GRACE_MINUTES * 60) return 'PaidLate after the grace';
  return `${named}, ${accounted.every(({ settled }) => settled) ? 'confirmed' : 'unconfirmed'}`;
}

const coinbaseTable = docTable('coinbase-business.md', 'What each status becomes');

export function coinbaseExpected(checkout: Checkout): Expected {
  const pending = checkout.refunds.some(({ status }) => status === 'PENDING');
  const row = coinbaseTable.find((each) => each['Checkout'] === checkout.status);
  const kept = checkout.refunds.filter(({ status }) => status !== 'FAILED');
  const money = checkout.status === 'PROCESSING' ? [checkout.id] : [];
  return {
    status: pending ? 'refunding' : (row?.['Order'] ?? `no row for ${checkout.status}`),
    flags: [],
    money: checkout.transactionHash === null ? money : [checkout.transactionHash],
    refunds: kept
      .map(({ id, amount, status }) => `${id} ${trimmed(amount)} ${status === 'PENDING' ? 'requested' : 'completed'}`)
      .sort(),
  };
}

function trimmed(amount: string): string {
  return amount.replace(/\.?0+$/, '');
}

const cryptoComTable = docTable('crypto-com-pay.md', 'What each status becomes');

export function cryptoComExpected(payment: ProcessorPayment): Expected {
  const row = cryptoComTable.find(
    (each) => each['Payment'] === payment.status && each['Beside it'] === beside(payment),
  );
  const { inbound, refunds } = payment;
  const state = { pending: 'requested', succeeded: 'completed' } as const;
  return {
    status: row?.['Order'] ?? `no row for ${payment.status} ${beside(payment)}`,
    ...(inbound && { money: [inbound.txnId] }),
    refunds: refunds.map(({ id, amount, status }) => `${id} ${Number(amount) / 100} ${state[status]}`).sort(),
  };
}

/** A payment's row, at a time when its own has passed. */
function beside(payment: ProcessorPayment): string {
  const { status, inbound, refunds, amount } = payment;
  if (status === 'cancelled') return '';
  if (status === 'succeeded') {
    if (refunds.length === 0) return 'no refund';
    if (refunds.some((refund) => refund.status === 'pending')) return 'a refund that was requested';
    const back = refunds.reduce((sum, refund) => sum + BigInt(refund.amount), 0n);
    return back >= BigInt(amount) ? 'refunds of the whole price' : 'refunds of a part';
  }
  if (!inbound) return 'no money, `expired_at` has passed';
  if (inbound.mismatch === 'Underpaid') return 'less than the price, `expired_at` passed';
  const grace = expiresAt(payment) + GRACE_MINUTES * 60;
  return inbound.at > grace ? 'money that came after the grace' : 'money that covers the price, after expiry';
}
