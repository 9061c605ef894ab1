/** Findings about how much came, when and in what. */
import type { Finding, Order, Payment, PayOption } from '../../contract/order.ts';
import { counts, coveredAt, pays } from '../../contract/settlement.ts';
import { amountText, durationText } from './amount-text.ts';

/** A finding before it is known since when. */
export type Observation = Omit<Finding, 'since'>;

export function moneyFindings(order: Order): Observation[] {
  const findings = [underpaid(order), overpaid(order), late(order), inParts(order), wrongAsset(order)];
  return findings.filter((finding) => finding !== null);
}

/** What counts towards an option, as the fold summed it. */
function receivedFor(order: Order, option: PayOption): bigint {
  return order.received.filter((sum) => pays(option, sum)).reduce((total, { amount }) => total + BigInt(amount), 0n);
}

/** The option that money came for, the first where none came. */
function paidOption(order: Order): PayOption | undefined {
  return order.pay.find((option) => receivedFor(order, option) > 0n) ?? order.pay[0];
}

function underpaid(order: Order): Observation | null {
  const option = paidOption(order);
  if (!option || !order.flags.includes('underpaid')) return null;
  const due = BigInt(option.amount);
  const received = receivedFor(order, option);
  return {
    code: 'underpaid',
    severity: 'warning',
    evidence: [
      `${amountText(due - received, option)} are missing`,
      `received ${amountText(received, option)} of ${amountText(due, option)}`,
    ],
    nextStep:
      order.status === 'awaiting'
        ? 'Ask the customer to send the rest before the countdown ends.'
        : 'The time is over: agree with the customer on sending the rest, or refund what came.',
  };
}

function overpaid(order: Order): Observation | null {
  const option = order.pay.find((each) => receivedFor(order, each) > BigInt(each.amount));
  if (!option || !order.flags.includes('overpaid')) return null;
  const due = BigInt(option.amount);
  const received = receivedFor(order, option);
  return {
    code: 'overpaid',
    severity: 'warning',
    evidence: [
      `${amountText(received - due, option)} too much`,
      `received ${amountText(received, option)} of ${amountText(due, option)}`,
    ],
    nextStep: 'Refund the difference to the customer, or agree on a credit.',
  };
}

function late(order: Order): Observation | null {
  if (!order.flags.includes('late')) return null;
  const lateSights = order.payments.filter((each) => counts(each) && each.seenAt > order.expiresAt);
  const at = coveredAt(order) ?? Math.max(...lateSights.map(({ seenAt }) => seenAt));
  return {
    code: 'late',
    severity: 'warning',
    evidence: [`paid ${durationText(at - order.expiresAt)} after the order expired`],
    nextStep: 'Decide whether the price still holds: then an admin overrides the verdict; otherwise refund.',
  };
}

function inParts(order: Order): Observation | null {
  if (!order.flags.includes('multiple')) return null;
  const parts = order.payments.filter(counts);
  const evidence = parts.slice(0, 20).map((part) => paymentText(part));
  return order.flags.includes('overpaid')
    ? {
        code: 'double-payment',
        severity: 'warning',
        evidence,
        nextStep: 'The customer seems to have paid more than once: refund the surplus payment.',
      }
    : { code: 'paid-in-parts', severity: 'info', evidence, nextStep: 'Nothing to do: the parts are added up.' };
}

function wrongAsset(order: Order): Observation | null {
  if (!order.flags.includes('wrong-asset')) return null;
  const wrong = order.payments.filter((each) => counts(each) && !order.pay.some((option) => pays(option, each)));
  const asked = order.pay.map(({ symbol, chain }) => (chain === null ? symbol : `${symbol} on ${chain}`));
  return {
    code: 'wrong-asset',
    severity: 'warning',
    evidence: [...wrong.slice(0, 15).map((each) => paymentText(each)), `asked for: ${asked.join(', ')}`.slice(0, 1000)],
    nextStep: 'Ask the customer to pay in an asset that was asked for, and send the other money back.',
  };
}

/** `0.008 ETH in 0x…` */
export function paymentText(payment: Payment): string {
  const amount = amountText(BigInt(payment.amount), payment);
  return payment.txHash === null ? amount : `${amount} in ${payment.txHash}`;
}
