/** What is still to pay by one of an order's ways. Pure. */
import type { Order, PayOption } from '../../../contract/order.ts';
import { pays } from '../../../contract/settlement.ts';

/** In base units; 0 where all of it came. */
export function stillDue(order: Order, option: PayOption): bigint {
  const came = order.received.filter((received) => pays(option, received));
  const sum = came.reduce((total, { amount }) => total + BigInt(amount), 0n);
  const due = BigInt(option.amount) - sum;
  return due > 0n ? due : 0n;
}
