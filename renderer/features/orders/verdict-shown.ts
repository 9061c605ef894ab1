/** Which verdict the screen may show: RELEASE is only ever told as current, or as what it was [FR4]. */
import type { Order } from '../../../contract/order.ts';

export type VerdictShown = 'release' | 'wait' | 'hold' | 'test' | 'was-release' | 'released' | 'none';

const nothingToGive: ReadonlySet<Order['status']> = new Set<Order['status']>([
  'expired',
  'failed',
  'cancelled',
  'refunding',
  'refunded',
]);

/** @param current false while the desk is not current, however sure the order looks */
export function verdictShown(order: Order, current: boolean): VerdictShown {
  if (order.verdict === 'test') return 'test';
  if (order.verdict === 'hold') return 'hold';
  if (order.releasedAt !== undefined) return 'released';
  if (order.verdict === 'release') return current ? 'release' : 'was-release';
  return nothingToGive.has(order.status) ? 'none' : 'wait';
}
