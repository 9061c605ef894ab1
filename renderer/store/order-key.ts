import type { Order } from '../../contract/order.ts';

/** Names an order across stores: `store/order`. */
export type OrderKey = `${string}/${string}`;

export function orderKey({ store, id }: Pick<Order, 'store' | 'id'>): OrderKey {
  return `${store}/${id}`;
}
