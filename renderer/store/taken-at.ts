import type { Order } from '../../contract/order.ts';

/**
 * When an order became takings, gateway time; null while it is none. Test orders are none, nor what was refunded, nor an
 * order of which only a refund is known.
 */
export function takenAt({ status, live, provisional, paidAt, updatedAt }: Order): number | null {
  return status === 'paid' && live && provisional !== true ? (paidAt ?? updatedAt) : null;
}
