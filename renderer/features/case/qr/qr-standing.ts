/** Whether a code that asks for money may be shown now, and what is to be said beside it or instead. Pure. */
import type { Order, PayOption } from '../../../../contract/order.ts';
import { say } from '../../../strings/message.ts';
import type { Message } from '../../../strings/message.ts';
import { stillDue } from '../due.ts';
import { paymentUri } from './payment-uri.ts';

export interface QrWay {
  readonly option: PayOption;
  /** Base units. */
  readonly due: bigint;
  readonly uri: string;
}

/** `ready`: shown. `ask`: shown once a person has read why not and still wants it. `no`: never. */
export type QrStanding =
  | { readonly kind: 'ready'; readonly ways: readonly QrWay[]; readonly why: null }
  | { readonly kind: 'ask'; readonly ways: readonly QrWay[]; readonly why: Message }
  | { readonly kind: 'no'; readonly ways: readonly QrWay[]; readonly why: Message };

/** The ways of an order that a wallet can be told, with what each still asks for. */
function waysOf(order: Order): QrWay[] {
  return order.pay.flatMap((option) => {
    const due = stillDue(order, option);
    const uri = paymentUri(option, due);
    return uri === null ? [] : [{ option, due, uri }];
  });
}

export interface QrTimes {
  /** The gateway's time. */
  readonly now: number;
  /** False while the order may have changed since. */
  readonly current: boolean;
  readonly time: (at: number) => string;
}

export function qrStanding(order: Order, { now, current, time }: QrTimes): QrStanding {
  const no = (why: Message): QrStanding => ({ kind: 'no', ways: [], why });
  if (order.status === 'detected' || order.status === 'confirming') return no(say('qr.coming'));
  if (order.status === 'paid') return no(say('qr.paid'));
  const inGrace = now < order.graceUntil && (order.status === 'awaiting' || order.status === 'expired');
  if (!inGrace) return no(say('qr.over'));
  const ways = waysOf(order);
  const allCame = order.pay.length > 0 && order.pay.every((way) => stillDue(order, way) === 0n);
  if (ways.length === 0) return no(say(allCame ? 'qr.paid' : 'qr.unknown'));
  const ask = (why: Message): QrStanding => ({ kind: 'ask', ways, why });
  if (order.status === 'expired' || now >= order.expiresAt)
    return ask(say('qr.late', { time: time(order.graceUntil) }));
  if (!current) return ask(say('qr.notCurrent'));
  return order.live ? { kind: 'ready', ways, why: null } : ask(say('qr.test'));
}
