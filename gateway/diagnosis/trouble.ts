/** What is wrong with an order, as one list: what an override must have known of to stand. */
import { chainFlags, moneyFlags } from '../../contract/order.ts';
import type { Flag, Order, Payment } from '../../contract/order.ts';

const flagOf: Readonly<Partial<Record<Payment['state'], Flag>>> = {
  replaced: 'replaced',
  dropped: 'dropped',
  reorged: 'reorged',
  reverted: 'reverted',
};

/** What payments' states say is wrong with them, in the order of `chainFlags`. */
export function chainFlagsOf(order: Order): Flag[] {
  const given = new Set(order.payments.map(({ state }) => flagOf[state]));
  return chainFlags.filter((flag) => given.has(flag));
}

/** Flags that an override has to know of, and `refund` and `ended` by status. */
export function troublesOf(order: Order): string[] {
  const money = order.flags.filter((flag) => (moneyFlags as readonly Flag[]).includes(flag));
  return [
    ...money,
    ...chainFlagsOf(order),
    ...order.flags.filter((flag) => flag === 'witness-conflict'),
    ...(order.status === 'refunding' || order.status === 'refunded' ? ['refund'] : []),
    ...(hasEnded(order) ? ['ended'] : []),
  ];
}

/** True for an order that ended without being paid. */
export function hasEnded({ status }: Order): boolean {
  return status === 'expired' || status === 'cancelled' || status === 'failed';
}
