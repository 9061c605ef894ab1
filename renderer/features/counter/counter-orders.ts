/** Which orders stand on the counter's display, and in which order: what a cashier must act upon first. Pure. */
import type { Order } from '../../../contract/order.ts';
import type { Flash } from '../../store/desk-store.ts';
import type { OrderKey } from '../../store/order-key.ts';
import type { Urgency } from '../../store/urgency.ts';

export interface CounterOrder {
  readonly key: OrderKey;
  readonly order: Order;
  /** True for a while after money for it was seen. */
  readonly fresh: boolean;
}

/** How long new money is called new, in milliseconds: one customer's turn at the counter. */
export const FRESH_MS = 20_000;
/** Handed over, an order leaves the display after this time, in milliseconds. */
export const HANDED_MS = 8000;

interface Held {
  readonly key: OrderKey;
  readonly urgency: Urgency;
}

/** Smaller is more pressing: hand over or hold, then money under way, then who still has to pay. */
function press({ order, fresh }: CounterOrder): number {
  if (order.releasedAt !== undefined) return 5;
  if (fresh) return 0;
  if (order.verdict === 'hold') return 1;
  if (order.verdict === 'release') return 2;
  return order.received.length > 0 || order.status === 'detected' || order.status === 'confirming' ? 3 : 4;
}

/** When something last happened to its money; the newest first, and who has waited longest for those who still have to pay. */
function position({ order }: CounterOrder): number {
  const seen = order.payments.map(({ seenAt }) => seenAt);
  return seen.length > 0 ? -Math.max(...seen) : order.createdAt;
}

function isShown(order: Order, now: number): boolean {
  return order.releasedAt === undefined || now - order.releasedAt < HANDED_MS;
}

/**
 * @param held all that are held, each with how urgent it is; what is done does not stand at the counter
 * @param now the gateway's time, epoch milliseconds
 */
export function counterOrders(
  held: readonly Held[],
  orders: ReadonlyMap<OrderKey, Order>,
  flashes: ReadonlyMap<OrderKey, Flash>,
  { store, now }: { readonly store: string | null; readonly now: number },
): readonly CounterOrder[] {
  return held
    .flatMap(({ key, urgency }): CounterOrder[] => {
      const order = urgency === 'closed' || urgency === 'grace' ? undefined : orders.get(key);
      if (!order || (store !== null && order.store !== store) || !isShown(order, now)) return [];
      const flash = flashes.get(key);
      return [{ key, order, fresh: flash !== undefined && flash.sound !== 'trouble' && now - flash.at < FRESH_MS }];
    })
    .sort((a, b) => press(a) - press(b) || position(a) - position(b) || (a.key < b.key ? -1 : 1));
}
