/** What is happening to an order, in one plain line. */
import type { Flag, Order } from '../../../contract/order.ts';
import { coveredAt } from '../../../contract/settlement.ts';
import type { Format } from '../../strings/format.ts';
import { say } from '../../strings/message.ts';
import type { Message, StringKey } from '../../strings/message.ts';
import type { Words } from '../../strings/translate.ts';
import { chosenOption, depthOf, excess, receivedBy } from './amounts.ts';
import { spanOf } from './span.ts';

type Speech = Pick<Words, 'tell'> & { readonly format: Pick<Format, 'crypto'> };

function part(order: Order, speech: Speech): { received: string; due: string } | null {
  const option = chosenOption(order);
  const received = receivedBy(order, option);
  if (!option || !received || !order.flags.includes('underpaid')) return null;
  return {
    received: speech.format.crypto(received.amount, received.decimals, received.symbol),
    due: speech.format.crypto(option.amount, option.decimals, option.symbol),
  };
}

function paid(order: Order, speech: Speech): Message {
  const extra = excess(order);
  // When the money came decides, as in the fold; it settles later.
  const came = coveredAt(order);
  if (order.flags.includes('late') && came !== null && came > order.expiresAt) {
    return say('line.paidLate', { after: speech.tell(spanOf(came - order.expiresAt)) });
  }
  if (!extra || !order.flags.includes('overpaid')) return say('line.paid');
  return say('line.paidOver', { extra: speech.format.crypto(extra.amount, extra.decimals, extra.symbol) });
}

function expired(order: Order, now: number, speech: Speech): Message {
  const short = part(order, speech);
  if (short) return say('line.expiredPart', short);
  if (order.flags.includes('late')) return say('line.expiredLate');
  return order.graceUntil > now ? say('line.expiredGrace') : say('line.expired');
}

/** Money that was seen and is not there any more, the worst first. */
const undone = [
  ['reorged', 'line.awaitingReorged'],
  ['reverted', 'line.awaitingReverted'],
  ['dropped', 'line.awaitingDropped'],
] as const satisfies readonly (readonly [Flag, StringKey])[];

function awaiting(order: Order, now: number, speech: Speech): Message {
  const short = part(order, speech);
  if (short) return say('line.awaitingPart', short);
  if (now < order.expiresAt) return say(undone.find(([flag]) => order.flags.includes(flag))?.[1] ?? 'line.awaiting');
  return order.graceUntil > now ? say('line.expiredJustNow') : say('line.expired');
}

function byStatus(order: Order, now: number, speech: Speech): Message {
  switch (order.status) {
    case 'awaiting':
      return awaiting(order, now, speech);
    case 'detected':
      return say('line.detected');
    case 'confirming': {
      const depth = depthOf(order);
      return depth ? say('line.confirming', depth) : say('line.confirmingUnknown');
    }
    case 'paid':
      return paid(order, speech);
    case 'expired':
      return expired(order, now, speech);
    case 'failed':
      return say('line.failed');
    case 'cancelled':
      return say('line.cancelled');
    case 'refunding':
      return say('line.refunding');
    case 'refunded':
      return say('line.refunded');
    default:
      return order.status satisfies never;
  }
}

/** @param now the gateway's time, epoch milliseconds */
export function orderLine(order: Order, now: number, speech: Speech): Message {
  return order.provisional ? say('line.provisional') : byStatus(order, now, speech);
}
