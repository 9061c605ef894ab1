/** What stands in a row's first column: a ring and a word or figure, the state at a glance from two metres. */
import type { Order } from '../../../contract/order.ts';
import { clockFace, countdownOf } from '../../store/countdown.ts';
import { EXPIRING_MS } from '../../store/urgency.ts';
import { say } from '../../strings/message.ts';
import type { Message } from '../../strings/message.ts';
import type { RingShape } from '../../ui/progress-ring.tsx';
import type { Tone } from '../../ui/tone.ts';
import { depthOf } from './amounts.ts';

export interface OrderStateShown {
  readonly tone: Tone;
  readonly shape: RingShape;
  /** 0 to 1, in steps of a hundredth, so that nothing is drawn for less than can be seen. */
  readonly share: number;
  readonly text: Message;
  /** In full, on hover. */
  readonly title: Message;
}

type Shown = Omit<OrderStateShown, 'share' | 'title'> & { readonly share?: number; readonly title?: Message };

/** A face that is only nearly right says so. */
function face(leftMs: number, approximate: boolean): string {
  return approximate ? `≈ ${clockFace(leftMs)}` : clockFace(leftMs);
}

function countdown(order: Order, now: number, approximate: boolean): Shown {
  const left = countdownOf(order, now);
  switch (left.phase) {
    case 'open': {
      const time = face(left.leftMs, approximate);
      const tone = left.leftMs <= EXPIRING_MS ? 'warn' : 'calm';
      return {
        tone,
        shape: 'ring',
        share: left.share,
        text: say('time.ago', { ago: time }),
        title: say('ring.open', { time }),
      };
    }
    case 'grace': {
      const time = face(left.leftMs, approximate);
      const text = say('ring.graceShort', { time });
      return { tone: 'warn', shape: 'dashed', share: left.share, text, title: say('ring.grace', { time }) };
    }
    case 'over':
      return { tone: 'quiet', shape: 'cross', text: say('ring.expired') };
    default:
      return left satisfies never;
  }
}

function confirming(order: Order): Shown {
  const depth = depthOf(order);
  if (!depth) return { tone: 'calm', shape: 'dashed', text: say('ring.confirmingUnknown') };
  const share = depth.required === 0 ? 1 : Math.min(1, depth.confirmations / depth.required);
  const title = say('ring.confirming', depth);
  return { tone: 'calm', shape: 'ring', share, text: say('ring.confirmingShort', depth), title };
}

function stateOf(order: Order, now: number, approximate: boolean): Shown {
  switch (order.status) {
    case 'awaiting':
      return countdown(order, now, approximate);
    case 'detected':
      return { tone: 'calm', shape: 'dashed', text: say('ring.seen') };
    case 'confirming':
      return confirming(order);
    case 'paid':
      return { tone: 'good', shape: 'check', text: say('ring.paid') };
    case 'expired':
      return now < order.graceUntil
        ? countdown(order, Math.max(now, order.expiresAt), approximate)
        : { tone: 'quiet', shape: 'cross', text: say('ring.expired') };
    case 'failed':
    case 'cancelled':
      return { tone: 'quiet', shape: 'cross', text: say(`ring.${order.status}`) };
    case 'refunding':
    case 'refunded':
      return { tone: 'odd', shape: 'back', text: say(`ring.${order.status}`) };
    default:
      return order.status satisfies never;
  }
}

/** @param now the gateway's time, epoch milliseconds */
export function orderState(order: Order, now: number, approximate: boolean): OrderStateShown {
  const shown = stateOf(order, now, approximate);
  return { ...shown, share: Math.round((shown.share ?? 1) * 100) / 100, title: shown.title ?? shown.text };
}
