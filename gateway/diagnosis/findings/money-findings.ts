/** Findings about how much came, and when. */
import type { Order, PayOption } from '../../../contract/order.ts';
import { counts, coveredAt, distinct, pays } from '../../../contract/settlement.ts';
import { amountText, durationText, paymentText } from '../amount-text.ts';
import type { Found, View } from '../view.ts';

export function moneyFindings({ order }: View): Found[] {
  const found = [underpaid(order), overpaid(order), late(order), inParts(order)].flat();
  return isSettled(order) ? found.filter(({ code }) => code === 'paid-in-parts') : found;
}

/** Only a person can settle what too much, too little or too late money asks for; money that comes later asks anew. */
function isSettled(order: Order): boolean {
  const { resolvedAt, status } = order;
  if (resolvedAt === undefined || status === 'awaiting') return false;
  return order.payments.every((payment) => !counts(payment) || payment.seenAt <= resolvedAt);
}

/** What counts towards an option, as the fold summed it. */
function receivedFor(order: Order, option: PayOption): bigint {
  return order.received.filter((sum) => pays(option, sum)).reduce((total, { amount }) => total + BigInt(amount), 0n);
}

/** The option that money came for, the first where none came. */
function paidOption(order: Order): PayOption | undefined {
  return order.pay.find((option) => receivedFor(order, option) > 0n) ?? order.pay[0];
}

function underpaid(order: Order): Found[] {
  const option = paidOption(order);
  if (!option || !order.flags.includes('underpaid')) return [];
  const [due, received] = [BigInt(option.amount), receivedFor(order, option)];
  const facts = {
    missing: amountText(due - received, option),
    received: amountText(received, option),
    due: amountText(due, option),
  };
  const evidence = [`${facts.missing} are missing`, `received ${facts.received} of ${facts.due}`];
  const nextStep =
    order.status === 'awaiting'
      ? 'Ask the customer to send the rest before the countdown ends.'
      : 'The time is over: agree with the customer on sending the rest, or refund what came.';
  return [{ code: 'underpaid', evidence, nextStep, facts }];
}

function overpaid(order: Order): Found[] {
  const option = order.pay.find((each) => receivedFor(order, each) > BigInt(each.amount));
  if (!option || !order.flags.includes('overpaid')) return [];
  const [due, received] = [BigInt(option.amount), receivedFor(order, option)];
  const facts = {
    surplus: amountText(received - due, option),
    received: amountText(received, option),
    due: amountText(due, option),
  };
  const evidence = [`${facts.surplus} too much`, `received ${facts.received} of ${facts.due}`];
  const nextStep = 'Refund the difference to the customer, or agree on a credit.';
  return [{ code: 'overpaid', evidence, nextStep, facts }];
}

function late(order: Order): Found[] {
  if (!order.flags.includes('late')) return [];
  const lateSights = order.payments.filter((each) => counts(each) && each.seenAt > order.expiresAt);
  const at = coveredAt(order) ?? Math.max(...lateSights.map(({ seenAt }) => seenAt));
  const byMs = at - order.expiresAt;
  return [
    {
      code: 'late',
      evidence: [`paid ${durationText(byMs)} after the order expired`],
      nextStep: 'Decide whether the price still holds: then an admin overrides the verdict; otherwise refund.',
      facts: { byMs: String(byMs) },
    },
  ];
}

function inParts(order: Order): Found[] {
  const right = order.payments.filter((each) => counts(each) && order.pay.some((option) => pays(option, each)));
  const parts = distinct(right);
  if (!order.flags.includes('multiple') || parts.length < 2) return [];
  const evidence = parts.slice(0, 20).map((part) => paymentText(part));
  const facts = { count: String(parts.length) };
  return [
    order.flags.includes('overpaid')
      ? {
          code: 'double-payment',
          evidence,
          nextStep: 'The customer seems to have paid more than once: refund the surplus payment.',
          facts,
        }
      : { code: 'paid-in-parts', evidence, nextStep: 'Nothing to do: the parts are added up.', facts },
  ];
}
