/** "Did they pay?" of one order, in words: yes, in part, not yet or no, and what that means at the counter. Pure. */
import type { Order } from '../../../contract/order.ts';
import { say } from '../../strings/message.ts';
import type { Message } from '../../strings/message.ts';
import type { Tone } from '../../ui/tone.ts';
import { verdictShown } from '../orders/verdict-shown.ts';

export interface PaidAnswer {
  readonly text: Message;
  readonly tone: Tone;
}

function ofPaid(order: Order, line: string, current: boolean): PaidAnswer {
  switch (verdictShown(order, current)) {
    case 'hold':
      return { text: say('finder.paidHold', { line }), tone: 'bad' };
    case 'released':
      return { text: say('finder.paidReleased', { line }), tone: 'quiet' };
    case 'release':
      return { text: say('finder.paidRelease', { line }), tone: 'good' };
    default:
      return { text: say('finder.paid', { line }), tone: 'calm' };
  }
}

function ofSeen(order: Order, line: string, current: boolean): PaidAnswer {
  const shown = verdictShown(order, current);
  if (shown === 'hold') return { text: say('finder.paidHold', { line }), tone: 'bad' };
  // A verdict that is not current is nobody's leave to hand over [FR4].
  if (shown === 'release') return { text: say('finder.seenRelease', { line }), tone: 'good' };
  return { text: say('finder.seen', { line }), tone: 'calm' };
}

/**
 * @param line what is happening to it, in a line; @param current false while the desk is not, however sure the order looks
 */
export function paidAnswer(order: Order, line: string, current: boolean): PaidAnswer {
  if (!order.live || order.verdict === 'test') return { text: say('finder.test', { line }), tone: 'odd' };
  const money = order.received.length > 0;
  switch (order.status) {
    case 'paid':
      return ofPaid(order, line, current);
    case 'detected':
    case 'confirming':
      return ofSeen(order, line, current);
    case 'awaiting':
      return money
        ? { text: say('finder.part', { line }), tone: 'warn' }
        : { text: say('finder.notYet', { line }), tone: 'calm' };
    case 'expired':
    case 'failed':
    case 'cancelled':
      return money
        ? { text: say('finder.moneyAllTheSame', { line }), tone: 'bad' }
        : { text: say('finder.no', { line }), tone: 'quiet' };
    case 'refunding':
    case 'refunded':
      return { text: say('finder.refund', { line }), tone: 'odd' };
    default:
      return order.status satisfies never;
  }
}
