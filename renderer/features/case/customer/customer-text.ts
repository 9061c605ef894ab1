/** A summary that can be sent to a customer, plain text in the language of the screen. Pure. */
import type { Order } from '../../../../contract/order.ts';
import type { Message } from '../../../strings/message.ts';
import { say } from '../../../strings/message.ts';
import { customerWords } from './customer-words.ts';
import type { CustomerFormat } from './customer-words.ts';

export interface CustomerSpeech {
  readonly tell: (message: Message) => string;
  readonly format: CustomerFormat;
}

function facts(order: Order, { tell, format }: CustomerSpeech): Message[] {
  const { reference, sourceRef, price, provisional } = order;
  return [
    say('customer.order', { reference: reference || sourceRef }),
    ...(provisional ? [] : [say('customer.price', { amount: format.money(price.currency, price.amount) })]),
    ...order.received.map(({ amount, decimals, symbol }) =>
      say('customer.received', { amount: format.cryptoExact(amount, decimals, symbol) }),
    ),
    ...order.payments.flatMap(({ txHash, state }) =>
      txHash === null
        ? []
        : [say('customer.transaction', { hash: txHash, state: tell(say(`payment.state.${state}`)) })],
    ),
  ];
}

/** @param at up to when this is known to be so, gateway time in epoch milliseconds */
export function customerText(order: Order, at: number, speech: CustomerSpeech): string {
  const { tell, format } = speech;
  const known = facts(order, speech).map(tell);
  const next = customerWords(order, at, format).map(tell);
  return [...known, '', ...next, '', tell(say('customer.asOf', { time: format.full(at) }))].join('\n');
}
