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

/** Nobody stands at the counter for these. */
const absent: ReadonlySet<Urgency> = new Set<Urgency>(['closed', 'grace', 'refunding']);

interface Held {
  readonly key: OrderKey;
  readonly urgency: Urgency;
}

/** An order that is held for longer than this, in milliseconds, is a case, and its customer not at the counter any more. */
export const HELD_MS = 5 * 60_000;

/** When money was last seen for it; when it was made, before. */
function lastMoney({ payments, createdAt }: Order): number {
  return payments.reduce((last, { seenAt }) => Math.max(last, seenAt), createdAt);
}

/** Smaller is more pressing: hand over or hold, then money under way, then who still has to pay. */
function press({ order, fresh }: CounterOrder, now: number): number {
  if (order.releasedAt !== undefined) return 5;
  if (fresh) return 0;
  if (order.verdict === 'hold') return now - lastMoney(order) < HELD_MS ? 1 : 6;
  if (order.verdict === 'release') return 2;
  return order.received.length > 0 || order.status === 'detected' || order.status === 'confirming' ? 3 : 4;
}

/** The newest first; of those who still have to pay the one who has waited longest. */
function position({ order }: CounterOrder): number {
  return order.payments.length > 0 ? -lastMoney(order) : order.createdAt;
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
      const order = absent.has(urgency) ? undefined : orders.get(key);
      if (!order || (store !== null && order.store !== store) || !isShown(order, now)) return [];
      const flash = flashes.get(key);
      return [{ key, order, fresh: flash !== undefined && flash.sound !== 'trouble' && now - flash.at < FRESH_MS }];
    })
    .sort((a, b) => press(a, now) - press(b, now) || position(a) - position(b) || (a.key < b.key ? -1 : 1));
}
