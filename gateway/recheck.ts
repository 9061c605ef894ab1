import type { Order } from '../contract/order.ts';

/** What a running source or chain can also be: asked to look at one order now. */
export interface Recheckable {
  /** Resolves when it has looked, and what it found is appended. @throws Error whose message says for people why not */
  recheck(order: Order): Promise<void>;
}

export function isRecheckable(running: object): running is Recheckable {
  return 'recheck' in running && typeof running.recheck === 'function';
}
