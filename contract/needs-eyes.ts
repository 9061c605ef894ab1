/** Which orders a person has to look at: one rule for the queue, the badge and the notifications. */
import type { Flag, Order } from './order.ts';

/** Flags that say that money is not as it should be. `multiple` and `replaced` alone settle themselves. */
const alarming: ReadonlySet<Flag> = new Set<Flag>([
  'underpaid',
  'overpaid',
  'late',
  'wrong-asset',
  'dropped',
  'reorged',
  'reverted',
  'fee-too-low',
  'nonce-gap',
  'witness-conflict',
]);

const over: ReadonlySet<Order['status']> = new Set<Order['status']>(['refunded', 'refunding']);

/** True when an order is held, or something is wrong with its money, and nobody has settled it yet. */
export function needsEyes(order: Order): boolean {
  if (order.resolvedAt !== undefined || over.has(order.status) || order.verdict === 'test') return false;
  if (order.verdict === 'hold') return true;
  return order.flags.some((flag) => alarming.has(flag)) || order.diagnosis.some(({ severity }) => severity !== 'info');
}
