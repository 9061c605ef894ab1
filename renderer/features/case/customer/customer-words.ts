/**
 * How an order stands and what to do next, as a customer may be told: nothing of notes, of who works on it, or of what
 * the store decides about its goods. Pure.
 */
import type { FindingCode } from '../../../../contract/diagnosis.ts';
import type { Order } from '../../../../contract/order.ts';
import type { Format } from '../../../strings/format.ts';
import { say } from '../../../strings/message.ts';
import type { Message, StringKey } from '../../../strings/message.ts';
import { chosenOption, depthOf, excess } from '../../orders/amounts.ts';
import { stillDue } from '../due.ts';

export type CustomerFormat = Pick<Format, 'cryptoExact' | 'money' | 'full'>;

/** Findings that a customer can do something about, or has to know of, by what they are told; the gravest first. */
const told = [
  ['reverted', 'customer.reverted'],
  ['cancelled-by-sender', 'customer.cancelledBySender'],
  ['dropped', 'customer.dropped'],
  ['not-broadcast', 'customer.notBroadcast'],
  ['not-paid-here', 'customer.notPaidHere'],
  ['nonce-gap', 'customer.nonceGap'],
  ['fee-too-low', 'customer.feeTooLow'],
  ['wrong-asset', 'customer.wrongMoney'],
  ['wrong-chain', 'customer.wrongMoney'],
  ['fake-token', 'customer.wrongMoney'],
  ['reorged', 'customer.reorged'],
] as const satisfies readonly (readonly [FindingCode, StringKey])[];

function trouble(order: Order): Message[] {
  const found = told.find(([code]) => order.diagnosis.some((finding) => finding.code === code));
  return found ? [say(found[1])] : [];
}

/** What is asked for: the rest where a part came. */
function toPay(order: Order, format: CustomerFormat): Message[] {
  const option = chosenOption(order);
  const due = option && stillDue(order, option);
  if (!option || !due) return [];
  const amount = format.cryptoExact(due.toString(), option.decimals, option.symbol);
  const until = format.full(order.expiresAt);
  const key = order.received.length > 0 ? 'customer.payRest' : 'customer.pay';
  const where = option.address === null ? [] : [say('customer.payTo', { address: option.address })];
  return [say(key, { amount, until }), ...where];
}

function awaiting(order: Order, now: number, format: CustomerFormat): Message[] {
  if (now >= order.expiresAt) return expired(order, now);
  // Whoever waits for a transaction of theirs must not be asked to pay twice.
  const known = trouble(order);
  return known.length > 0 ? known : toPay(order, format);
}

function expired(order: Order, now: number): Message[] {
  if (order.received.length > 0) return [say('customer.expiredMoney')];
  const known = trouble(order);
  return [say(now < order.graceUntil ? 'customer.expiredGrace' : 'customer.expired'), ...known];
}

function underWay(order: Order): Message[] {
  const depth = depthOf(order);
  const seen = depth ? say('customer.confirming', depth) : say('customer.detected');
  const known = trouble(order);
  if (known.length > 0) return [seen, ...known];
  return [seen, say(order.verdict === 'hold' ? 'customer.checking' : 'customer.nothingToDo')];
}

function paid(order: Order, format: CustomerFormat): Message[] {
  const extra = excess(order);
  const over = extra && order.flags.includes('overpaid');
  if (over) {
    return [say('customer.paidOver', { extra: format.cryptoExact(extra.amount, extra.decimals, extra.symbol) })];
  }
  if (order.verdict !== 'hold' || order.releasedAt !== undefined) return [say('customer.paid')];
  return [say(order.flags.includes('late') ? 'customer.paidLate' : 'customer.paidChecking')];
}

function refunds({ refunds: all }: Order, format: CustomerFormat): Message[] {
  return all.map(({ currency, amount, state }) =>
    say(`customer.refund.${state}`, { amount: format.money(currency, amount) }),
  );
}

/** @param now the gateway's time, epoch milliseconds */
export function customerWords(order: Order, now: number, format: CustomerFormat): Message[] {
  if (!order.live) return [say('customer.test')];
  switch (order.status) {
    case 'awaiting':
      return awaiting(order, now, format);
    case 'detected':
    case 'confirming':
      return underWay(order);
    case 'paid':
      return paid(order, format);
    case 'expired':
      return expired(order, now);
    case 'failed':
    case 'cancelled':
      return [say(order.received.length > 0 ? 'customer.endedMoney' : 'customer.ended')];
    case 'refunding':
    case 'refunded':
      return refunds(order, format);
    default:
      return order.status satisfies never;
  }
}
