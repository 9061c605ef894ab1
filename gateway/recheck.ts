import type { Order } from '../contract/order.ts';

/** What a running source or chain can also be: asked to look at one order now. */
export interface Recheckable {
  recheck(order: Order): Promise<void>;
}

export function isRecheckable(running: object): running is Recheckable {
  return 'recheck' in running && typeof running.recheck === 'function';
}
