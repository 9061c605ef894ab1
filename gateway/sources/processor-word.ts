/**
 * What a processor has said of an order, whatever a node said since. A node that takes money back contradicts; that the
 * processor is asked again and repeats itself is nothing new, and must not hide it.
 */
import type { Order, Payment } from '../../contract/order.ts';
import { wordsOf } from '../../contract/words.ts';

/** True while the processor's word stands that it has the money. */
export function hasSettled({ payments }: Pick<Order, 'payments'>): boolean {
  return payments.some((payment) => saidSettled(payment));
}

/** True while the processor's word stands that this payment is settled. */
export function saidSettled(payment: Payment): boolean {
  const { processor } = wordsOf(payment);
  return processor?.settledAt !== undefined && processor.lostAt === undefined;
}

/** True where the processor itself said that a payment is gone. */
export function tookBack(payment: Payment): boolean {
  return wordsOf(payment).processor?.lostAt !== undefined;
}
